package redress.connect;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as most providers write them: decimal numbers with as many places as the currency has. */
public final class Decimals {
  private Decimals() {}

  /** 1234 minor units are 12.34 of CNY, 1234 of JPY and 1.234 of KWD. */
  public static String of(long minor, String currency) {
    return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
  }

  /**
   * The minor units that {@code text} stands for: 1234 for 12.34 of CNY, also for 12.340. Throws
   * IllegalArgumentException for what is no number, finer than the currency's smallest unit, or too large.
   */
  public static long minor(String text, String currency) {
    try {
      return new BigDecimal(text.strip()).movePointRight(digits(currency)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("no amount of " + currency + ": " + text, e);
    }
  }

  private static int digits(String currency) {
    return Currency.getInstance(currency).getDefaultFractionDigits();
  }
}
