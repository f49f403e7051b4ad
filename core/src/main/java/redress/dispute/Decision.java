package redress.dispute;

import java.util.List;

/** The rules' answer: what happens, possibly nothing, or why not. */
public sealed interface Decision {
  /** It happens. No events: it was stale and passes in silence. */
  record Yes(List<Event> events) implements Decision {
    public Yes {
      events = List.copyOf(events);
    }
  }

  /** It does not, and nothing changes. {@code field} names the offending field of the command, empty for none. */
  record No(Refusal why, String field) implements Decision {}

  /** It happens. */
  static Decision yes(Event... events) {
    return new Yes(List.of(events));
  }

  /** It happens. */
  static Decision yes(List<Event> events) {
    return new Yes(events);
  }

  /** It does not. */
  static Decision no(Refusal why) {
    return new No(why, "");
  }

  /** It does not, because of this field. */
  static Decision no(Refusal why, String field) {
    return new No(why, field);
  }
}
