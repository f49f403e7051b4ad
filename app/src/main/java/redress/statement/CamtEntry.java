package redress.statement;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import redress.check.Facts.State;
import redress.store.Movement.Kind;

/**
 * One entry of an account: a record, or one for each of its transactions where there are several and all of them tell
 * their own amount in the entry's currency.
 */
final class CamtEntry {
  private static final Pattern NOTHING = Pattern.compile("(?i)|NOTPROVIDED|NONREF|NOREF");

  private final CamtStatement statement;
  private final Ledger ledger;
  private final List<Xml> parts = new ArrayList<>();
  private final List<Xml> transactions = new ArrayList<>();
  private long line;

  CamtEntry(CamtStatement statement) {
    this.statement = statement;
    this.ledger = statement.ledger;
  }

  /** Reads the entry at which {@code in} stands, to its end. */
  void read(XMLStreamReader in) throws XMLStreamException, IOException {
    line = in.getLocation().getLineNumber();
    int depth = 1;
    while (depth > 0 && in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamReader.END_ELEMENT) depth--;
      if (event != XMLStreamReader.START_ELEMENT) continue;
      switch (in.getLocalName()) {
        case "NtryDtls" -> depth++;
        case "TxDtls" -> transactions.add(Xml.read(in));
        default -> parts.add(Xml.read(in));
      }
    }
    var entry = new Xml("Ntry", "", line, new StringBuilder(), parts);
    try {
      write(entry);
    } catch (Bad bad) {
      statement.count();
      ledger.broken(line, bad);
    }
  }

  /** Everything is read before anything is written: an entry is taken as a whole or not at all. */
  private void write(Xml entry) throws Bad, IOException {
    long minor = signed(entry.find("Amt"), entry.at("CdtDbtInd"));
    var currency = currency(entry.find("Amt"));
    var drafts = new ArrayList<Draft>();
    var amounts = each(currency);
    long sum = 0;
    for (int i = 0; i < amounts.size(); i++) {
      var side = transactions.get(i).at("CdtDbtInd");
      long own = signed(amounts.get(i), side.isEmpty() ? entry.at("CdtDbtInd") : side);
      sum += own;
      drafts.add(draft(entry, transactions.get(i), currency, own));
    }
    if (drafts.isEmpty()) {
      drafts.add(draft(entry, transactions.size() == 1 ? transactions.getFirst() : entry, currency, minor));
    } else ledger.total(line, "DETAILS", "transactions of an entry", minor, sum);
    if (state(entry) == State.SUCCEEDED) statement.count(currency, minor);
    for (var draft : drafts) ledger.take(draft);
  }

  /** The amounts of several transactions, if all have one in this currency; none otherwise. */
  private List<Xml> each(String currency) throws Bad {
    if (transactions.size() < 2) return List.of();
    var amounts = new ArrayList<Xml>();
    for (var transaction : transactions) {
      var amount = transaction.find("Amt");
      if (amount == null) amount = transaction.find("AmtDtls", "TxAmt", "Amt");
      if (amount == null || !currency(amount).equals(currency)) return List.of();
      amounts.add(amount);
    }
    return amounts;
  }

  private Draft draft(Xml entry, Xml about, String currency, long minor) throws Bad {
    var draft = new Draft(about.line());
    draft.currency = currency;
    draft.minor = minor;
    draft.at = at(entry);
    draft.state = state(entry);
    draft.kind = kind(entry, about, minor);
    var bank = about.at("Refs", "AcctSvcrRef");
    draft.providerId = told(bank.isEmpty() ? entry.at("AcctSvcrRef") : bank);
    var instruction = told(about.at("Refs", "InstrId"));
    var end = told(about.at("Refs", "EndToEndId"));
    draft.called = end.isEmpty() ? told(about.at("Refs", "UETR")) : end;
    draft.alias = first(about.at("RmtInf", "Strd", "CdtrRefInf", "Ref"), about.at("Refs", "TxId"), instruction);
    draft.reference = first(instruction, end, about.at("Refs", "TxId"));
    var names = minor < 0 ? about.find("RltdPties", "Cdtr") : about.find("RltdPties", "Dbtr");
    draft.counterparty = names == null ? "" : first(names.at("Nm"), names.at("Pty", "Nm"));
    draft.memo = first(about.all("Ustrd"), about.at("AddtlTxInf"), entry.at("AddtlNtryInf"));
    if (!draft.providerId.isEmpty()) {
      draft.own = String.join("|", draft.providerId, draft.called, draft.alias, instruction, currency, minor + "");
    }
    return draft;
  }

  private static String first(String... texts) {
    for (var text : texts) if (!told(text).isEmpty()) return told(text);
    return "";
  }

  private static String told(String text) {
    return NOTHING.matcher(text).matches() ? "" : text;
  }

  private static Kind kind(Xml entry, Xml about, long minor) {
    boolean back = entry.at("RvslInd").equals("true") || about.find("RtrInf") != null;
    if (back) return minor < 0 ? Kind.CHARGEBACK : Kind.OTHER;
    return minor < 0 ? Kind.OTHER : Kind.PAYMENT;
  }

  private static State state(Xml entry) {
    return switch (entry.at("Sts") + entry.at("Sts", "Cd")) {
      case "PDNG", "INFO", "FUTR" -> State.PROCESSING;
      default -> State.SUCCEEDED;
    };
  }

  private @Nullable Instant at(Xml entry) {
    for (var path : List.of("BookgDt", "ValDt")) {
      var text = entry.at(path, "DtTm").isEmpty() ? entry.at(path, "Dt") : entry.at(path, "DtTm");
      var instant = text.isEmpty() ? null : CamtStatement.instant(text);
      if (instant != null) return instant;
    }
    return statement.created();
  }

  private static long signed(@Nullable Xml amount, String side) throws Bad {
    return switch (side) {
      case "CRDT" -> minor(amount);
      case "DBIT" -> -minor(amount);
      default -> throw new Bad("SIDE", "CdtDbtInd: CRDT or DBIT");
    };
  }

  static long minor(@Nullable Xml amount) throws Bad {
    if (amount == null) throw new Bad("AMOUNT", "Amt: an amount");
    return Amounts.minor(amount.text().toString().strip(), currency(amount), '.', "Amt");
  }

  static String currency(@Nullable Xml amount) throws Bad {
    if (amount == null) throw new Bad("AMOUNT", "Amt: an amount");
    return Amounts.currency(amount.currency(), "Ccy");
  }
}
