package redress.lab.judge;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redress.dispute.Actor;
import redress.dispute.Command;

/**
 * One entry of the journal as the judge gets it: in which dispute, when, by whom, and which deadline acted, if one did.
 */
record Moment(Shadow shadow, Instant at, Actor by, Command.@Nullable Pass fired) {
  /** Throws unless {@code holds}; what was seen is put into words only then. */
  void require(boolean holds, Invariant invariant, Supplier<String> seen) {
    if (!holds) throw new Violation(invariant, seen.get());
  }

  /** Throws unless {@code holds}. */
  void require(boolean holds, Invariant invariant, Object seen) {
    if (!holds) throw new Violation(invariant, String.valueOf(seen));
  }
}
