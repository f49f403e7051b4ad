package redress.paypal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import redress.connect.Decimals;
import tools.jackson.databind.JsonNode;

/**
 * Amounts as PayPal writes them (https://developer.paypal.com/reference/currency-codes/): decimal texts, without
 * decimals in some currencies that have them in ISO 4217.
 */
final class PayPalMoney {
  private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

  private PayPalMoney() {}

  /** Minor units as a text; empty for an amount that PayPal cannot pay. */
  static Optional<String> text(long minor, String currency) {
    var decimal = new BigDecimal(Decimals.of(minor, currency));
    if (!WHOLE.contains(currency)) return Optional.of(decimal.toPlainString());
    try {
      return Optional.of(decimal.setScale(0, RoundingMode.UNNECESSARY).toPlainString());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The minor units of {@code {"currency_code", "value"}}. Throws IllegalArgumentException for what is no amount. */
  static long minor(JsonNode money) {
    return Decimals.minor(money.path("value").asString(""), currency(money));
  }

  /** ISO 4217. */
  static String currency(JsonNode money) {
    return money.path("currency_code").asString("");
  }
}
