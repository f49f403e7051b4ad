package redress.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redress.check.Saying.Amount;
import redress.check.Saying.Place;
import redress.check.Saying.Sum;

/**
 * Finds the amounts of a line: numbers with a currency before or behind them, and bare ones that are written like
 * money,
 * with two decimals. What they are called on the line decides what they claim to be.
 */
final class Sums {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:[,.'’\u00a0\u202f]\\d{3})+(?!\\d)(?:[.,]\\d{1,4})?"
      + "(?!\\d)|\\d{1,15}(?:[.,]\\d{1,4})?(?!\\d)|[.]\\d{1,2}(?!\\d)");
  private static final Pattern LIKE_MONEY = Pattern.compile(".*\\d[.,]\\d{2}");
  private static final int NEAR = 14;

  private static final Pattern NO_TOTAL = Pattern.compile("(?i)sub-?\\s?total|zwischensumme|小计|zuschläge|abschläge"
      + "|ohne|excl|before tax|net total|taxable|total (?:tax|vat|discount|savings|items|qty|weight|hours)|税额");
  private static final Pattern DUE = Pattern.compile("(?i)(?:amount|balance|total) (?:due|payable)|due payable"
      + "|zahlbetrag|zu zahlen|应付|待付|net à payer");
  private static final Pattern PREPAID =
      Pattern.compile("(?i)prepaid|anzahlung|already paid|预付|定金|已付");
  private static final Pattern TOTAL = Pattern.compile("(?i)\\b(?:grand )?total\\b|\\bamount paid\\b|bruttosumme"
      + "|gesamtbetrag|gesamtsumme|rechnungsbetrag|endbetrag|总计|合计|总额|总金额|实付|付款金额|支付金额|montant ttc");
  private static final Pattern FEE = Pattern.compile("(?i)\\bfees?\\b|commission|surcharge|gebühr|手续费|服务费");

  private final String line;
  private final Place place;
  private final List<Amount> found = new ArrayList<>();
  private int taken;

  private Sums(String line, Place place) {
    this.line = line;
    this.place = place;
  }

  /** The amounts of this line, in their order. */
  static List<Amount> of(String line, Place place) {
    var sums = new Sums(line, place);
    var numbers = NUMBER.matcher(line);
    while (numbers.find()) sums.take(numbers);
    return sums.found;
  }

  /** What the line calls the amounts behind its label; ANY when it has none. */
  static Sum label(String line) {
    if (NO_TOTAL.matcher(line).find()) return Sum.ANY;
    if (DUE.matcher(line).find()) return Sum.DUE;
    if (PREPAID.matcher(line).find()) return Sum.PREPAID;
    if (TOTAL.matcher(line).find()) return Sum.TOTAL;
    return FEE.matcher(line).find() ? Sum.FEE : Sum.ANY;
  }

  private void take(Matcher number) {
    int from = number.start();
    int to = number.end();
    var before = Currencies.BEFORE.matcher(line.substring(Math.max(taken, from - NEAR), from));
    var after = Currencies.AFTER.matcher(line.substring(to, Math.min(line.length(), to + NEAR)));
    boolean leads = before.find();
    boolean follows = after.find();
    if (!leads && (!standsAlone(from) || (!follows && !isLikeMoney(number)))) return;
    var currency = leads ? Currencies.name(before.group(1)) : follows ? Currencies.name(after.group(2)) : "";
    var figure = Figure.of(number.group(), currency);
    if (figure == null) return;
    if (follows && after.group(1) != null) figure = figure.myriad();
    if (follows) taken = to + after.end();
    boolean negative = isNegative(leads ? from - (before.group().length() - 1) : from, from, to);
    found.add(new Amount(place, negative ? -figure.digits() : figure.digits(), figure.decimals(), currency,
        Sum.ANY));
  }

  /** Not the tail of a word, of a longer number, of a day or a time. */
  private boolean standsAlone(int from) {
    if (from == 0) return true;
    char before = line.charAt(from - 1);
    if ((Character.isLetterOrDigit(before) && before < 0x2e80) || before == '_' || before == '#') return false;
    boolean joint = ".,:/-".indexOf(before) >= 0;
    return !joint || from == 1 || !Character.isLetterOrDigit(line.charAt(from - 2));
  }

  private boolean isLikeMoney(Matcher number) {
    if (!LIKE_MONEY.matcher(number.group()).matches()) return false;
    var rest = line.substring(number.end(), Math.min(line.length(), number.end() + 3)).stripLeading();
    if (rest.isEmpty()) return true;
    char next = line.charAt(number.end());
    boolean joined = ".,:/-".indexOf(next) >= 0 && number.end() + 1 < line.length()
        && Character.isDigit(line.charAt(number.end() + 1));
    return !joined && !Character.isLetter(next) && rest.charAt(0) != '%';
  }

  /** A minus before the currency or the number, or behind it as book-keepers write it; or in brackets. */
  private boolean isNegative(int outer, int from, int to) {
    char first = outer > 0 ? line.charAt(outer - 1) : ' ';
    char second = from > 0 ? line.charAt(from - 1) : ' ';
    char behind = to < line.length() ? line.charAt(to) : ' ';
    boolean trailing = behind == '-' && (to + 1 == line.length() || line.charAt(to + 1) == ' ');
    return isMinus(first) || isMinus(second) || trailing || (second == '(' && behind == ')');
  }

  private static boolean isMinus(char c) {
    return c == '-' || c == '−';
  }
}
