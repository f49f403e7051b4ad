package redress.posting;

import java.util.List;
import redress.dispute.Event;
import redress.dispute.Payment;
import redress.money.Transfer;

/** What each event does to the ledger: a pure function of the event. */
public final class Postings {

  /** The entries that {@code event} causes in {@code currency}; none for most events. */
  public static List<Transfer> after(String currency, String provider, Event event) {
    return List.of();
  }

  /** The entry that a registered payment opens its books with. */
  public static Transfer registered(Payment payment) {
    return Transfer.of("payment", payment.currency(), redress.money.Account.PROVIDER_SETTLEMENT,
        redress.money.Account.MERCHANT_AVAILABLE, payment.captured());
  }

  private Postings() {}
}
