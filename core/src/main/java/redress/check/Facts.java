package redress.check;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up, asked afresh at its source. Verdicts are drawn from these by {@link Checks}, never by who asks.
 */
public sealed interface Facts {

  /**
   * Who agreed and who paid: {@code agreedAccount} is the account of the token that agreed, {@code payerAccount} the
   * account registered for the payment's payer; both null when not registered. Levels count from 0 (unverified).
   */
  record Identity(@Nullable String agreedAccount, @Nullable String payerAccount, int level,
      @Nullable Instant verifiedAt,
      boolean available) implements Facts {}

  /**
   * The payment as its provider tells it now, in minor units. {@code available} false: the provider did not answer;
   * {@code found} false: it does not know the payment.
   */
  record Transaction(boolean available, boolean found, boolean captured, long amount, @Nullable String currency,
      long chargedBack) implements Facts {}

  /** What day 1 and day 3 looked at: every record of the provider's own books that refers to this payment. */
  record Audit(boolean complete, String termsHash, int evidenceChecked, List<Integer> evidenceBroken,
      List<Integer> evidenceContradicts, Transaction transaction, List<Entry> records) implements Facts {
    public Audit {
      evidenceBroken = List.copyOf(evidenceBroken);
      evidenceContradicts = List.copyOf(evidenceContradicts);
      records = List.copyOf(records);
    }
  }

  /**
   * One refund record in the provider's own books. {@code refund} is our refund's number when the reference is ours,
   * else 0; {@code obligation} the promise it names, else 0.
   */
  record Entry(String reference, int refund, int obligation, long minor, String currency, String payee, State state,
      @Nullable Instant arrival) implements Facts {}

  /** How a provider's record stands. */
  enum State { PROCESSING, SUCCEEDED, FAILED, REVERSED, UNKNOWN }
}
