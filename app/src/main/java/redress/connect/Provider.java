package redress.connect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import redress.check.Facts;

/**
 * Whoever holds the money of a payment and can pay it back: a port, asked outside any database transaction. {@code at}
 * is now on the payment's clock (UTC); {@code payment} is what the provider calls the payment. A provider never throws
 * for what it answers; silence is an answer too.
 */
public interface Provider {

  /** The name payments are registered under, for example {@code WALLET}. */
  String name();

  /** The payment as the provider's own books tell it now; {@code available} is false when the provider is silent. */
  Facts.Transaction find(String payment, Instant at);

  /** Pays, at most once for one reference: the same order under the same reference gives the answer it gave before. */
  Answer refund(RefundOrder order, Instant at);

  /** How the refund that {@code order} asked for stands now; nothing is paid by asking. */
  Answer ask(RefundOrder order, Instant at);

  /** Every refund of the payment in the provider's own books, whoever ordered it; empty when the provider is silent. */
  Optional<List<RefundRecord>> records(String payment, Instant at);

  /**
   * The same, told also what Redress itself {@code ordered} of the payment: a provider that publishes no list of a
   * payment's refunds can at least be asked about each of these.
   */
  default Optional<List<RefundRecord>> records(String payment, List<RefundOrder> ordered, Instant at) {
    return records(payment, at);
  }

  /** What somebody sent to this provider's callback address: nothing of it counts before its signature was proved. */
  Heard read(Callback callback, Instant at);

  /** How a callback is answered: one that was not {@code taken} is to be sent again. */
  default Reply reply(boolean taken) {
    return new Reply(taken ? 200 : 503, "text/plain", taken ? "ok" : "later");
  }

  /** An HTTP answer in the provider's own form. */
  record Reply(int status, String type, String body) {}
}
