package redress.connect;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as most providers write them: decimal numbers with as many places as the currency has. */
public final class Decimals {
  /** Beyond so many digits, or zeros said by an exponent, nothing is an amount, and finding out takes time. */
  private static final int MOST_DIGITS = 60;

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
      return whole(text.strip(), digits(currency));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("no amount of " + currency + ": " + text, e);
    }
  }

  /**
   * The whole number that {@code text} is with its point moved to the right by {@code places}. Throws
   * NumberFormatException for what is no number, and ArithmeticException for what is then not whole or too large; in no
   * more time than the text is long, whatever exponent it names.
   */
  public static long whole(String text, int places) {
    if (text.length() > MOST_DIGITS) throw new ArithmeticException("more digits than any amount has");
    var number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > MOST_DIGITS) throw new ArithmeticException("more digits than any amount has");
    return number.movePointRight(places).longValueExact();
  }

  private static int digits(String currency) {
    return Currency.getInstance(currency).getDefaultFractionDigits();
  }
}
