package redress.dispute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One promise of a settlement or ruling, with what became of it. {@code id} is the settlement's number times ten plus
 * the
 * promise's, so that it is unique over all rounds;
 * {@code after} is the obligation that must be kept first (0 for none); {@code due} is null until that is known.
 */
public record Obligation(int id, Promise promise, int after, State state, @Nullable Instant due, Words reference) {

  /** What is promised. */
  public enum Kind {
    REFUND, COMPENSATION, RETURN_ITEM, ACKNOWLEDGE_RETURN, SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER;

    /** Whether it is paid in money. */
    public boolean isPayment() {
      return this == REFUND || this == COMPENSATION;
    }

    /** Who has to keep it. */
    public Side debtor() {
      return this == RETURN_ITEM ? Side.BUYER : Side.MERCHANT;
    }
  }

  /** Where a promise stands. */
  public enum State {
    PENDING, SHIPPED, REPORTED_DONE, VERIFIED, OVERDUE, BROKEN, ENFORCED, LAPSED, WAIVED_BY_CREDITOR;

    /** Whether nothing more is expected of anybody. */
    public boolean isOver() {
      return switch (this) {
        case VERIFIED, BROKEN, ENFORCED, LAPSED, WAIVED_BY_CREDITOR -> true;
        case PENDING, SHIPPED, REPORTED_DONE, OVERDUE -> false;
      };
    }
  }

  /** The kind of its promise. */
  public Kind kind() {
    return promise.kind();
  }

  /** What is missing in money when it is not kept: the amount, or what a promise in kind is worth. */
  public long worth() {
    return promise.kind().isPayment() ? promise.minor() : promise.valueIfBroken();
  }

  Obligation in(State next) {
    return new Obligation(id, promise, after, next, due, reference);
  }

  Obligation dueAt(@Nullable Instant instant) {
    return new Obligation(id, promise, after, state, instant, reference);
  }

  Obligation referring(Words proof) {
    return new Obligation(id, promise, after, state, due, proof);
  }
}
