package redress.errand;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.dispute.Matter;

/** What came of an errand. An exception instead means that it failed, and is tried again until it is parked. */
sealed interface Course {

  /** It is done; {@code after} is where its dispute stands then, null when nobody looked. */
  record Done(@Nullable Matter after) implements Course {}

  /** There is nothing to do any more; {@code why} goes to the log. */
  record Dropped(String why) implements Course {}

  /** It is not over: the same is to be done at {@code at}. Waiting is no failure. */
  record Later(Instant at, String why) implements Course {}
}
