package redress.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import redress.check.Saying.Naming;
import redress.check.Saying.Place;
import redress.check.Saying.Reference;

/**
 * Finds the references of a line: those that show by their form what they are, those that are called what they are, and
 * those that are looked for.
 */
final class Names {
  private static final int SHORTEST = 4;
  private static final int SHORTEST_NUMBER = 8;
  private static final int SHORTEST_WORD = 12;
  private static final String NUMBER = "\\s{0,2}(?:id|no|nr|num(?:ber)?|ref(?:erence)?|code|号码|单号|编号|流水号|号)?"
      + "\\.?\\s{0,2}[:：#]?\\s{0,3}((?=[\\w/.-]{0,30}\\d)[A-Za-z0-9][\\w/-]{3,39})";

  // @formatter:off
  private static final List<Map.Entry<Naming, Pattern>> FORMS = List.of(
      Map.entry(Naming.DISPUTE,  Pattern.compile("\\b(dsp_[0-9a-f]{19}(?:-[ro]\\d{1,9})?)(?![0-9A-Za-z])")),
      // Alipay trade and WeChat Pay transaction numbers: 28 digits, the former beginning with the day
      Map.entry(Naming.PAYMENT,  Pattern.compile("(?<!\\d)(20\\d{2}[01]\\d[0-3]\\d\\d{20})(?!\\d)")),
      Map.entry(Naming.PAYMENT,  Pattern.compile("(?<!\\d)(4[23]\\d{26})(?!\\d)")),
      // Stripe
      Map.entry(Naming.PAYMENT,  Pattern.compile("\\b((?:ch|pi|py|txn)_[A-Za-z0-9]{8,40})\\b")),
      Map.entry(Naming.REFUND,   Pattern.compile("\\b((?:re|pyr)_[A-Za-z0-9]{8,40})\\b")),
      // PayPal
      Map.entry(Naming.PAYMENT,  Pattern.compile("\\b((?=[A-Z0-9]{0,16}[A-Z])(?=[A-Z0-9]{0,16}\\d)[A-Z0-9]{17})\\b")),
      // UPS; the Universal Postal Union's S10; SF Express and others of China
      Map.entry(Naming.TRACKING, Pattern.compile("\\b(1Z[0-9A-Z]{16})\\b")),
      Map.entry(Naming.TRACKING, Pattern.compile("\\b([A-Z]{2}\\d{9}[A-Z]{2})\\b")),
      Map.entry(Naming.TRACKING, Pattern.compile("\\b((?:SF|YT|JT|ZTO|STO|JD)[A-Z]{0,2}\\d{10,15})\\b")),
      Map.entry(Naming.INVOICE,  called("invoice|(?:handels)?rechnung|rechnungskorrektur|gutschrift(?: \\([^)]{0,40}\\))?|发票")),
      Map.entry(Naming.PAYMENT,  called("payment|transaction|txn|zahlung|交易|支付|付款|商户单")),
      Map.entry(Naming.REFUND,   called("refund|erstattung|退款")),
      Map.entry(Naming.ORDER,    called("order|bestellung|订单")),
      Map.entry(Naming.TRACKING, called("tracking|waybill|sendungs?|运单|快递|物流")));
  // @formatter:on

  private Names() {}

  private static Pattern called(String what) {
    return Pattern.compile("(?i)(?:" + what + ")(?: \\(\\d{3}\\))?" + NUMBER);
  }

  /** The references of this line, each once. */
  static List<Reference> of(String line, Place place, Set<String> wanted) {
    var found = new LinkedHashMap<String, Naming>();
    for (var form : FORMS) {
      form.getValue().matcher(line).results().forEach(it -> found.putIfAbsent(it.group(1), form.getKey()));
    }
    for (var name : wanted) {
      if (isTelling(name) && stands(name, line)) found.putIfAbsent(name, Naming.ANY);
    }
    var references = new ArrayList<Reference>();
    found.forEach((value, naming) -> references.add(new Reference(place, value, naming)));
    return references;
  }

  /** Whether it is hardly there by chance: a short number or a plain word is. */
  private static boolean isTelling(String name) {
    boolean digits = name.chars().anyMatch(Character::isDigit);
    boolean letters = name.chars().anyMatch(Character::isLetter);
    return name.length() >= (digits && letters ? SHORTEST : digits ? SHORTEST_NUMBER : SHORTEST_WORD);
  }

  /** Whether it stands there by itself, not as part of a longer name. */
  private static boolean stands(String name, String line) {
    for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean begins = at == 0 || !belongs(line.charAt(at - 1));
      if (begins && (end == line.length() || !belongs(line.charAt(end)))) return true;
    }
    return false;
  }

  private static boolean belongs(char c) {
    return c == '_' || c == '-' || (c < 0x2e80 && Character.isLetterOrDigit(c));
  }
}
