package redress.posting;

import java.util.List;
import redress.dispute.Event;
import redress.dispute.Payment;
import redress.money.Transfer;

/** What each event does to the ledger: a pure function of the event. */
public final class Postings {

  /** The entries that {@code event} causes in {@code currency}; none for most events. */
  public static List<Transfer> after(String currency, String provider, Event event) {
    throw new UnsupportedOperationException();
  }

  /** The entry that a registered payment opens its books with. */
  public static Transfer registered(Payment payment) {
    throw new UnsupportedOperationException();
  }

  private Postings() {}
}
