package redress.store;

import java.time.Instant;
import redress.check.Facts;

/**
 * One movement of money as a line of a statement tells it. {@code minor} is signed as the account's owner sees it, in
 * minor units of {@code currency}: what came in is positive, what went out negative; {@code fee} is what the provider
 * kept of it. {@code called} and {@code alias} are what the file calls the payment, {@code reference} is the payer's
 * own
 * reference of this movement and {@code providerId} the provider's. {@code own} is what makes it this movement and no
 * other in its book; empty when the file has no such id, then its content does.
 */
public record Movement(String book, Kind kind, Facts.State state, String own, String reference, String providerId,
    String called, String alias, long minor, String currency, long fee, String counterparty, String memo, Instant at,
    long line) {

  /** What kind of movement it is. */
  public enum Kind {
    PAYMENT, REFUND, CHARGEBACK, FEE,
    /** Between accounts of the same owner: payouts, top-ups. */
    TRANSFER, OTHER
  }

  /** The longest name an index can hold with certainty. */
  public static final int LONGEST_NAME = 256;

  public Movement {
    for (var name : new String[] {book, reference, providerId, called, alias}) {
      if (name.length() > LONGEST_NAME) throw new IllegalArgumentException("a name is too long");
    }
    if (state == Facts.State.UNKNOWN) throw new IllegalArgumentException("a statement knows how it stands");
  }
}
