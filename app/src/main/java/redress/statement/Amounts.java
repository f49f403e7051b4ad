package redress.statement;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Amounts as people write them, read exactly into minor units of their currency (ISO 4217). */
final class Amounts {
  private static final int MOST_DIGITS = 15;
  /** With zeros that are no digits of the currency. */
  private static final int LONGEST = 100;
  private static final Map<String, Integer> DIGITS = new ConcurrentHashMap<>();
  private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("人民币", "CNY"), Map.entry("RMB", "CNY"),
      Map.entry("CNH", "CNY"), Map.entry("¥", "CNY"), Map.entry("￥", "CNY"), Map.entry("美元", "USD"),
      Map.entry("港币", "HKD"), Map.entry("港元", "HKD"), Map.entry("欧元", "EUR"), Map.entry("日元", "JPY"),
      Map.entry("英镑", "GBP"), Map.entry("澳大利亚元", "AUD"), Map.entry("加拿大元", "CAD"), Map.entry("$", "USD"),
      Map.entry("€", "EUR"), Map.entry("£", "GBP"));

  private Amounts() {}

  /** The ISO code of what a file calls a currency. */
  static String currency(String name, String where) throws Bad {
    var stripped = name.strip();
    var code = NAMES.getOrDefault(stripped, stripped.toUpperCase(Locale.ROOT));
    if (DIGITS.computeIfAbsent(code, Amounts::digits) < 0) throw new Bad("CURRENCY", where + ": an ISO 4217 currency");
    return code;
  }

  private static int digits(String code) {
    try {
      return Currency.getInstance(code).getDefaultFractionDigits();
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /**
   * The amount in minor units. {@code decimal} is the decimal mark; other marks, spaces and signs of currencies between
   * the digits are passed over, zeros beyond the currency's digits too. Anything else beyond them is refused: nothing
   * is
   * rounded.
   */
  static long minor(String text, String currency, char decimal, String where) throws Bad {
    Integer known = DIGITS.get(currency);
    int digits = known == null ? digits(currency) : known;
    try {
      var plain = plain(text, decimal);
      if (plain.length() <= MOST_DIGITS) return small(plain, digits, currency, where);
      if (plain.length() > LONGEST) throw new Bad("AMOUNT", where + ": an amount of this world");
      var minor = new BigDecimal(plain).movePointRight(digits).stripTrailingZeros();
      if (minor.scale() > 0) throw tooFine(currency, where);
      if (minor.precision() - minor.scale() > MOST_DIGITS) throw new Bad("AMOUNT", where + ": an amount of this world");
      return minor.longValueExact();
    } catch (NumberFormatException e) {
      throw new Bad("AMOUNT", where + ": an amount");
    }
  }

  private static Bad tooFine(String currency, String where) {
    return new Bad("PRECISION", where + ": more digits than " + currency + " has");
  }

  /** Few enough digits for a long, with the currency's own appended. */
  private static long small(String plain, int digits, String currency, String where) throws Bad {
    int point = plain.indexOf('.');
    int end = plain.length();
    if (point >= 0) while (end > point + 1 + digits && plain.charAt(end - 1) == '0') end--;
    int decimals = point < 0 ? 0 : end - point - 1;
    if (decimals > digits) throw tooFine(currency, where);
    var all = new StringBuilder(plain).delete(end, plain.length());
    if (point >= 0) all.deleteCharAt(point);
    return Long.parseLong(all.append("0".repeat(digits - decimals)).toString());
  }

  /** Digits, a point and a sign. */
  private static String plain(String text, char decimal) {
    var plain = new StringBuilder(text.length());
    boolean negative = false;
    boolean point = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') plain.append(c);
      else if (c == decimal && !point) {
        plain.append('.');
        point = true;
      } else if (c == '-' || c == '−' || c == '(') {
        if (negative) throw new NumberFormatException("two signs");
        negative = true;
      } else if (c == decimal || !isPassedOver(c)) throw new NumberFormatException("not an amount");
    }
    if (plain.length() == (point ? 1 : 0)) throw new NumberFormatException("no digit");
    if (plain.charAt(0) == '.') plain.insert(0, '0');
    if (negative) plain.insert(0, '-');
    return plain.toString();
  }

  private static boolean isPassedOver(char c) {
    return switch (c) {
      case ',', '.', '\'', '’', ' ', '\u00a0', '\u202f', '+', ')', '¥', '￥', '$', '€', '£', '元', '`' -> true;
      default -> false;
    };
  }
}
