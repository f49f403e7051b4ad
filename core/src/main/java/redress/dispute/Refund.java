package redress.dispute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way to the buyer for one obligation. What it is drawn from is fixed when it is requested: {@code
 * fromHold}, {@code fromAvailable}, {@code fromDeposit}, {@code fromFund} add up to {@code minor} (all 0 when the
 * merchant paid outside). {@code compensation} tells that it does not count against what was captured.
 */
public record Refund(int id, int obligation, long minor, Executor executor, State state, boolean compensation,
    boolean enforcement, long fromHold, long fromAvailable, long fromDeposit, long fromFund, @Nullable Instant arrival,
    String outsideReference, boolean complained) {

  /** Where a refund stands. UNKNOWN: the provider is silent; a state with an enquiry loop, never an exception. */
  public enum State {
    REQUESTED, PROCESSING, SUCCEEDED, FAILED, REVERSED, UNKNOWN;

    /** Whether the provider may still pay it. */
    public boolean isInFlight() {
      return this == REQUESTED || this == PROCESSING || this == UNKNOWN;
    }
  }

  /** A refund going from one state to another. */
  record Change(State was, State is) {
    /** Whether what counted as paid or on its way does not any more: the money goes back to where it came from. */
    boolean ends() {
      boolean live = was.isInFlight() || was == State.SUCCEEDED;
      return live && (is == State.FAILED || is == State.REVERSED);
    }
  }

  /** Whether it is paid or may still be: live refunds count against what is refundable. */
  public boolean isLive() {
    return state.isInFlight() || state == State.SUCCEEDED;
  }

  /** The reference under which the provider is asked; it never changes, however often it is asked. */
  public String reference(DisputeId dispute) {
    return outsideReference.isEmpty() ? dispute + "-r" + id : outsideReference;
  }

  /** Whether a provider's record with this reference is a refund of some dispute of ours. */
  static boolean isOurs(String reference) {
    int end = reference.lastIndexOf("-r");
    return end > 0 && DisputeId.parse(reference.substring(0, end)).isPresent();
  }

  Refund in(State next, @Nullable Instant when) {
    return new Refund(id, obligation, minor, executor, next, compensation, enforcement, fromHold, fromAvailable,
        fromDeposit,
        fromFund, when, outsideReference, complained);
  }

  Refund complainedOf() {
    return new Refund(id, obligation, minor, executor, state, compensation, enforcement, fromHold, fromAvailable,
        fromDeposit, fromFund, arrival, outsideReference, true);
  }
}
