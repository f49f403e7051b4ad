package redress.dispute;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a dispute: its home and a random number, so that where it lives is always known. Written {@code dsp_…}. */
public record DisputeId(int home, long number) implements Comparable<DisputeId> {
  private static final int HOME_DIGITS = 3;
  private static final int NUMBER_DIGITS = 16;
  private static final String PREFIX = "dsp_";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{" + (HOME_DIGITS + NUMBER_DIGITS) + "}");
  private static final HexFormat HEX = HexFormat.of();

  public DisputeId {
    if (home < 0 || home >= Home.COUNT || number <= 0) throw new IllegalArgumentException(home + ":" + number);
  }

  /** Reads what {@link #toString} writes; empty for anything else. */
  public static Optional<DisputeId> parse(String text) {
    if (!FORM.matcher(text).matches()) return Optional.empty();
    int home = Integer.parseInt(text, PREFIX.length(), PREFIX.length() + HOME_DIGITS, 16);
    long number = Long.parseUnsignedLong(text, PREFIX.length() + HOME_DIGITS, text.length(), 16);
    return number <= 0 ? Optional.empty() : Optional.of(new DisputeId(home, number));
  }

  @Override public int compareTo(DisputeId other) {
    return home != other.home ? Integer.compare(home, other.home) : Long.compare(number, other.number);
  }

  @Override public String toString() {
    return PREFIX + HEX.toHexDigits(home, HOME_DIGITS) + HEX.toHexDigits(number, NUMBER_DIGITS);
  }
}
