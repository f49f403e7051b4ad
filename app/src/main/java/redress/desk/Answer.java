package redress.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Refusal;
import redress.store.Receipt;

/** What became of a command. Only {@link Done} changed anything, and that is durable when it is given. */
public sealed interface Answer {
  /**
   * It happened {@code at} that instant (UTC, by the payment's clock); no events: it was stale and passed in silence.
   */
  record Done(Matter after, Instant at, List<Event> events) implements Answer {
    /** The dispute's version after it. */
    public int version() {
      return after.dispute().version();
    }
  }

  /** The rules said no. {@code now} is where it stands, null when dispute or payment are unknown. */
  record Refused(Refusal why, String field, @Nullable Matter now) implements Answer {}

  /** The same was asked under the same key before, and this came of it. */
  record Repeated(Receipt receipt) implements Answer {}

  /** The key was used before for something else (422). */
  record KeyReused() implements Answer {}

  /** The same key is being served right now (409). */
  record KeyInFlight() implements Answer {}

  /** The dispute has moved on to {@code actual} since the caller saw it (412). */
  record VersionMismatch(int actual) implements Answer {}

  /**
   * The desk cannot serve now (503): ask again, with the same key. It may have happened only if the database was
   * lost while it was being written.
   */
  record Busy() implements Answer {}
}
