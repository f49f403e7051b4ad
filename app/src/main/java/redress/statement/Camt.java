package redress.statement;

import java.io.IOException;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * ISO 20022 reports of accounts: camt.052, camt.053 and camt.054 in all their versions, read as a stream. A document
 * type is
 * refused, and nothing outside the file is read. Layout: ISO 20022, Bank-to-Customer Cash Management (iso20022.org).
 */
final class Camt implements Format {
  private static final Pattern REPORT =
      Pattern.compile(".*(camt\\.05[234]\\.|<(\\w+:)?BkToCstmr(AcctRpt|Stmt|DbtCdtNtfctn)).*");

  @Override public String name() {
    return "camt";
  }

  @Override public boolean recognises(Sample sample) {
    return sample.isText() && sample.firstLine().startsWith("<")
        && sample.lines().stream().anyMatch(line -> REPORT.matcher(line).matches());
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    try (var bytes = source.open()) {
      var in = Xml.factory().createXMLStreamReader(bytes, source.charset().name());
      read(in, new CamtStatement(ledger), ledger);
      in.close();
    } catch (XMLStreamException e) {
      throw new Refusal("FILE_BROKEN", "The message is no well-formed XML.");
    }
  }

  private static void read(XMLStreamReader in, CamtStatement statement, Ledger ledger) throws IOException {
    boolean any = false;
    try {
      while (in.hasNext()) {
        int event = in.next();
        if (event == XMLStreamReader.DTD || event == XMLStreamReader.ENTITY_REFERENCE) throw hostile();
        if (event == XMLStreamReader.END_ELEMENT && isReport(in.getLocalName())) statement.end();
        if (event != XMLStreamReader.START_ELEMENT) continue;
        switch (in.getLocalName()) {
          case "Stmt", "Rpt", "Ntfctn" -> {
            statement.begin();
            any = true;
          }
          case "Acct" -> statement.account(Xml.read(in));
          case "Bal" -> statement.balance(Xml.read(in));
          case "TxsSummry" -> statement.summary(Xml.read(in));
          case "Ntry" -> new CamtEntry(statement).read(in);
          case "GrpHdr", "RltdAcct" -> Xml.read(in);
          case "CreDtTm" -> statement.created(in.getElementText());
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      if (!any || String.valueOf(e.getMessage()).contains("DOCTYPE")) throw broken(e);
      ledger.broken(Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getLineNumber()), "XML",
          "well-formed XML from here to the end");
    }
    if (!any) throw new Refusal("FILE_BROKEN", "The message holds no statement, report or notification.");
  }

  private static boolean isReport(String name) {
    return name.equals("Stmt") || name.equals("Rpt") || name.equals("Ntfctn");
  }

  private static Refusal broken(XMLStreamException e) {
    return String.valueOf(e.getMessage()).matches("(?s).*(DOCTYPE|DTD|entity|ENTITY).*") ? hostile()
        : new Refusal("FILE_BROKEN", "The message is no well-formed XML.");
  }

  static Refusal hostile() {
    return new Refusal("XML_REFUSED", "The file declares a document type or entities, which no statement needs.");
  }
}
