package redress.document;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import redress.check.Saying;
import redress.check.Saying.Amount;
import redress.check.Saying.Day;
import redress.check.Saying.Naming;
import redress.check.Saying.Place;
import redress.check.Saying.Reference;
import redress.check.Saying.Sum;
import redress.check.Saying.When;
import redress.xml.SafeXml;

/**
 * An electronic invoice: UN/CEFACT Cross Industry Invoice as in ZUGFeRD 1 and 2, Factur-X and XRechnung, and OASIS UBL
 * 2.1 (EN 16931-1 names the fields). Its totals, currency, days and numbers; who buys and sells is passed over.
 */
final class InvoiceXml {
  private static final int LONGEST_TEXT = 200;
  private static final int MOST_DIGITS = 15;
  private static final Set<String> ROOTS =
      Set.of("CrossIndustryInvoice", "CrossIndustryDocument", "Invoice", "CreditNote");
  /** UNTDID 1001: 381 credit note, 396 factored credit note, 261 self-billed credit note. */
  private static final Set<String> CREDIT_NOTES = Set.of("381", "396", "261", "CreditNote");

  private static final Map<String, Sum> SUMS = Map.of("GrandTotalAmount", Sum.TOTAL, "DuePayableAmount", Sum.DUE,
      "TotalPrepaidAmount", Sum.PREPAID, "TaxInclusiveAmount", Sum.TOTAL, "PayableAmount", Sum.DUE, "PrepaidAmount",
      Sum.PREPAID);
  private static final Set<String> TOTALS = Set.of("SpecifiedTradeSettlementHeaderMonetarySummation",
      "SpecifiedTradeSettlementMonetarySummation", "LegalMonetaryTotal");
  private static final Map<String, When> DAYS = Map.of("IssueDateTime", When.ISSUED, "DueDateDateTime", When.DUE,
      "OccurrenceDateTime", When.DELIVERED, "IssueDate", When.ISSUED, "DueDate", When.DUE, "ActualDeliveryDate",
      When.DELIVERED);
  private static final Map<String, Naming> NAMES = Map.ofEntries(Map.entry("ExchangedDocument/ID", Naming.INVOICE),
      Map.entry("HeaderExchangedDocument/ID", Naming.INVOICE), Map.entry("Invoice/ID", Naming.INVOICE),
      Map.entry("CreditNote/ID", Naming.INVOICE), Map.entry("OrderReference/ID", Naming.ORDER),
      Map.entry("BuyerOrderReferencedDocument/ID", Naming.ORDER),
      Map.entry("BuyerOrderReferencedDocument/IssuerAssignedID", Naming.ORDER),
      Map.entry("ApplicableHeaderTradeSettlement/PaymentReference", Naming.PAYMENT),
      Map.entry("ApplicableSupplyChainTradeSettlement/PaymentReference", Naming.PAYMENT),
      Map.entry("PaymentMeans/PaymentID", Naming.PAYMENT));

  private final String part;
  private final Set<String> wanted;
  private final Deque<String> path = new ArrayDeque<>();
  private final Deque<StringBuilder> texts = new ArrayDeque<>();
  private final List<Saying> sayings = new ArrayList<>();
  private String currency = "";
  private String own = "";
  private boolean credit;

  private InvoiceXml(String part, Set<String> wanted) {
    this.part = part;
    this.wanted = wanted;
  }

  /**
   * What the invoice says; nothing when it is another kind of message. {@code part} is the name under which it lies in
   * its document. Throws XMLStreamException when it is no XML, has a document type, or is larger than any invoice.
   */
  static List<Saying> read(InputStream bytes, String part, Set<String> wanted) throws XMLStreamException {
    var in = SafeXml.reader(bytes, SafeXml.Most.INVOICE);
    try {
      return new InvoiceXml(part, wanted).all(in);
    } finally {
      in.close();
    }
  }

  private List<Saying> all(XMLStreamReader in) throws XMLStreamException {
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (path.isEmpty() && !ROOTS.contains(in.getLocalName())) return List.of();
          begin(in);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          var text = texts.peek();
          if (text != null && text.length() < LONGEST_TEXT) text.append(in.getText());
        }
        case XMLStreamConstants.END_ELEMENT -> end(in.getLocation().getLineNumber());
        default -> {}
      }
    }
    return sayings.stream().map(it -> it instanceof Amount amount ? told(amount) : it).toList();
  }

  private void begin(XMLStreamReader in) {
    path.push(in.getLocalName());
    texts.push(new StringBuilder());
    var told = in.getAttributeValue(null, "currencyID");
    own = told == null ? "" : told.strip();
    if (path.size() == 1) credit = CREDIT_NOTES.contains(in.getLocalName());
  }

  private void end(int line) {
    var name = path.pop();
    var text = texts.pop().toString().strip();
    var parent = path.isEmpty() ? "" : path.getFirst();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) return;
    var place = new Place(part, 0, line);
    if (name.equals("InvoiceCurrencyCode") || name.equals("DocumentCurrencyCode")) currency = text;
    if (name.equals("TypeCode") && parent.endsWith("ExchangedDocument")) credit = CREDIT_NOTES.contains(text);
    var sum = TOTALS.contains(parent) ? SUMS.get(name) : null;
    if (sum != null) sum(text, sum, place);
    var when = DAYS.get(name.equals("DateTimeString") ? parent : name);
    if (when != null) day(text, when, place);
    name(parent + "/" + name, text, place);
  }

  private void sum(String text, Sum sum, Place place) {
    if (text.length() > 2 * MOST_DIGITS) return;
    try {
      var number = new BigDecimal(text);
      if (number.precision() > MOST_DIGITS || number.scale() < 0 || number.scale() > MOST_DIGITS) return;
      sayings.add(new Amount(place, number.unscaledValue().longValueExact(), number.scale(), own, sum));
    } catch (NumberFormatException e) {
      // An amount that is no number says nothing.
    }
  }

  /**
   * What the amounts are in, where they do not say it themselves; and a credit note's totals are what is given back.
   */
  private Amount told(Amount it) {
    var sum = credit && it.sum() != Sum.PREPAID ? Sum.CREDIT : it.sum();
    return new Amount(it.at(), it.digits(), it.decimals(), it.currency().isEmpty() ? currency : it.currency(), sum);
  }

  /** UNTDID 2379 format 102 (20260306), or ISO 8601. */
  private void day(String text, When when, Place place) {
    try {
      var form = text.length() == 8 ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_LOCAL_DATE;
      var day = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text, form);
      sayings.add(new Day(place, day, day, when));
    } catch (DateTimeException e) {
      // Nor does a day that is none.
    }
  }

  private void name(String where, String text, Place place) {
    var naming = NAMES.get(where);
    if (naming != null) sayings.add(new Reference(place, text, naming));
    else for (var name : wanted) if (text.equals(name)) sayings.add(new Reference(place, text, Naming.ANY));
  }
}
