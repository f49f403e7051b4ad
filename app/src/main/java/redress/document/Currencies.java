package redress.document;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What people write for a currency, as its ISO 4217 code, or as the sign that several share: $, ¥, 元, £. */
final class Currencies {
  private static final String CODES = "USD|EUR|CNY|RMB|CNH|HKD|TWD|JPY|GBP|AUD|CAD|CHF|SGD|NZD|KRW|INR|BRL|MXN|SEK|NOK"
      + "|DKK|PLN|CZK|HUF|KWD|BHD|OMR|JOD|TND|AED|SAR|THB|IDR|MYR|PHP|VND|ZAR|RUB|ILS|TRY|MOP";
  private static final String LOWER = "usd|eur|cny|rmb|hkd|jpy|gbp";
  private static final String SIGNS = "US\\$|HK\\$|A\\$|C\\$|S\\$|NT\\$|NZ\\$|R\\$|[$€£¥￥]|人民币|美元|港币|港元|欧元|日元|英镑";
  private static final String WORDS =
      "元|圆|块钱|块|(?i:dollare?s?)\\b|(?i:euros?)\\b|(?i:pounds)\\b|(?i:yuan)\\b|(?i:yen)\\b";

  private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("RMB", "CNY"), Map.entry("CNH", "CNY"),
      Map.entry("人民币", "CNY"), Map.entry("美元", "USD"), Map.entry("港币", "HKD"), Map.entry("港元", "HKD"),
      Map.entry("欧元", "EUR"), Map.entry("日元", "JPY"), Map.entry("英镑", "GBP"), Map.entry("€", "EUR"),
      Map.entry("￥", "¥"), Map.entry("US$", "USD"), Map.entry("HK$", "HKD"), Map.entry("A$", "AUD"),
      Map.entry("C$", "CAD"), Map.entry("S$", "SGD"), Map.entry("NT$", "TWD"), Map.entry("NZ$", "NZD"),
      Map.entry("R$", "BRL"), Map.entry("圆", "元"), Map.entry("块", "元"), Map.entry("块钱", "元"),
      Map.entry("DOLLAR", "$"), Map.entry("DOLLARE", "$"), Map.entry("DOLLARS", "$"), Map.entry("EURO", "EUR"),
      Map.entry("EUROS", "EUR"), Map.entry("POUNDS", "£"), Map.entry("YUAN", "CNY"), Map.entry("YEN", "JPY"));

  /** At the end of what stands before a number. */
  static final Pattern BEFORE =
      Pattern.compile("(?:^|[^A-Za-z])(" + CODES + "|" + LOWER + "|" + SIGNS + ")[ \u00a0]{0,2}[-−(]?$");

  /** At the beginning of what stands after a number; 万 before it makes it ten thousand times as much. */
  static final Pattern AFTER = Pattern.compile("^[ \u00a0]{0,2}(万)?[ \u00a0]?((?:" + CODES + "|" + LOWER
      + ")(?![A-Za-z])|" + SIGNS + "|" + WORDS + ")");

  /** A line that says in which currency a document reckons. */
  static final Pattern DECLARED = Pattern.compile(
      "(?i:currency|währung|devise|币种|货币)\\s{0,3}[:：]?\\s{0,3}(" + CODES + "|" + SIGNS + ")(?![A-Za-z])");

  /** One name for what was written. */
  static String name(String written) {
    var upper = written.toUpperCase(Locale.ROOT);
    return NAMES.getOrDefault(upper, upper);
  }

  private Currencies() {}
}
