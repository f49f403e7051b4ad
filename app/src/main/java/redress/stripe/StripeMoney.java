package redress.stripe;

import java.util.Currency;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts as Stripe counts them (https://docs.stripe.com/currencies): the currency's smallest unit, but not always that
 * of ISO 4217.
 */
final class StripeMoney {
  /** Without fractions in ISO 4217, yet Stripe still counts hundredths of them. */
  private static final Set<String> HUNDREDTHS = Set.of("ISK", "UGX");
  /** With hundredths in ISO 4217, yet Stripe counts whole ones. */
  private static final Set<String> WHOLE = Set.of("MGA");

  private StripeMoney() {}

  /** ISO 4217 minor units as Stripe counts them; empty for an amount that cannot be paid through it. */
  static OptionalLong toStripe(long minor, String currency) {
    if (HUNDREDTHS.contains(currency)) return OptionalLong.of(Math.multiplyExact(minor, 100));
    if (WHOLE.contains(currency)) return minor % 100 == 0 ? OptionalLong.of(minor / 100) : OptionalLong.empty();
    // Where there are thousandths, the last digit has to be 0.
    boolean fits = digits(currency) < 3 || minor % 10 == 0;
    return fits ? OptionalLong.of(minor) : OptionalLong.empty();
  }

  /** What Stripe counts as ISO 4217 minor units. Throws ArithmeticException for a fraction of one. */
  static long toMinor(long stripe, String currency) {
    if (WHOLE.contains(currency)) return Math.multiplyExact(stripe, 100);
    if (!HUNDREDTHS.contains(currency)) return stripe;
    if (stripe % 100 != 0) throw new ArithmeticException("a fraction of " + currency);
    return stripe / 100;
  }

  private static int digits(String currency) {
    try {
      return Currency.getInstance(currency).getDefaultFractionDigits();
    } catch (IllegalArgumentException e) {
      return 2;
    }
  }
}
