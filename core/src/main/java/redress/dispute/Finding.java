package redress.dispute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;

/**
 * Something a check found, about one obligation or about the whole dispute (obligation 0). {@code next} is the instant
 * at which the cure time ends, or the next attempt or alert is due; null when nothing waits for time.
 */
public record Finding(int id, FindingCode code, int obligation, Instant at, State state, @Nullable Instant next) {

  /** Where a finding stands. ENFORCING: the cure time is over and the platform acts. */
  public enum State {
    OPEN, ENFORCING, CURED, REFUTED, RESOLVED, SIGNED, ENFORCED, SUPERSEDED;

    /** Whether it still stands. */
    public boolean isOpen() {
      return this == OPEN || this == ENFORCING;
    }
  }

  /** Whether it stops the dispute now. */
  public boolean blocksNow() {
    return code.blocks() && state.isOpen();
  }

  Finding in(State to, @Nullable Instant when) {
    return new Finding(id, code, obligation, at, to, when);
  }
}
