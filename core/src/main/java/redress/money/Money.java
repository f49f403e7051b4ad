package redress.money;

import java.util.Currency;

/** An amount in the smallest unit of its currency (minor units, ISO 4217): never a fraction, never negative. */
public record Money(long minor, String currency) {
  public Money {
    if (minor < 0) throw new IllegalArgumentException("negative money: " + minor);
    Currency.getInstance(currency);
  }
}
