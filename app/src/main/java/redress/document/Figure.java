package redress.document;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A number as people write it: its digits and how many of them stand behind the mark. */
record Figure(long digits, int decimals) {
  private static final int MOST_DIGITS = 15;
  private static final int GROUP = 3;
  private static final Set<String> IN_THOUSANDTHS = Set.of("KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD");

  /**
   * Reads digits parted by marks: 1,234.50 · 1.234,50 · 1'234.50 · 12,5. A single mark before three digits parts
   * thousands, unless the currency has three decimals or nothing but a zero stands before it. Null when it is none.
   */
  static @Nullable Figure of(String written, String currency) {
    int last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
    int behind = last < 0 ? 0 : written.length() - last - 1;
    boolean repeated = last >= 0 && written.indexOf(written.charAt(last)) != last;
    boolean mixed = written.substring(0, Math.max(0, last)).chars().anyMatch(c -> !Character.isDigit(c));
    boolean zero = last == 1 && written.charAt(0) == '0';
    boolean thousands = behind == GROUP && !mixed && !zero && !IN_THOUSANDTHS.contains(currency);
    int decimals = last < 0 || repeated || thousands ? 0 : behind;
    var digits = new StringBuilder();
    written.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) return null;
    return new Figure(Long.parseLong(digits.toString()), decimals);
  }

  /** The same ten thousand times (万). */
  Figure myriad() {
    return decimals >= 4 ? new Figure(digits, decimals - 4) : new Figure(digits * pow(4 - decimals), 0);
  }

  private static long pow(int tens) {
    long power = 1;
    for (int i = 0; i < tens; i++) power *= 10;
    return power;
  }
}
