package redress.store;

import java.util.Locale;
import redress.dispute.Command.Pot;
import redress.dispute.Home;
import redress.dispute.Payment;

/** Which reserve: of a merchant (empty for the fund), in one currency (ISO 4217), for live or for test payments. */
public record Reserve(Pot pot, String merchant, String currency, boolean live) {

  /** The reserve that stands behind {@code payment}. */
  public static Reserve behind(Payment payment, Pot pot) {
    return new Reserve(pot, pot == Pot.FUND ? "" : payment.merchant(), payment.currency(), payment.live());
  }

  /** Where it lives. */
  public int home() {
    return Home.of(toString());
  }

  /** Its id, such as {@code deposit:live:EUR:shop-1}. */
  @Override public String toString() {
    return pot.name().toLowerCase(Locale.ROOT) + ":" + (live ? "live" : "test") + ":" + currency
        + (merchant.isEmpty() ? "" : ":" + merchant);
  }
}
