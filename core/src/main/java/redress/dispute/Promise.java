package redress.dispute;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One promise of an offer, a proposal or a ruling. {@code minor} is what is paid (minor units, 0 in kind),
 * {@code valueIfBroken} what a broken promise in kind is worth, {@code within} how long after the start it is due
 * (null: the rule set's length), {@code after} the number (from 1) of the promise of the same terms that must be kept
 * first, 0 for none.
 */
public record Promise(Obligation.Kind kind, long minor, @Nullable Executor executor, long valueIfBroken,
    @Nullable Duration within, int after) {

  /** A payment. */
  public static Promise pay(Obligation.Kind kind, long minor, Executor executor, int after) {
    return new Promise(kind, minor, executor, 0, null, after);
  }

  /** Something done in kind, worth {@code valueIfBroken} when it is not. */
  public static Promise inKind(Obligation.Kind kind, long valueIfBroken, int after) {
    return new Promise(kind, 0, null, valueIfBroken, null, after);
  }
}
