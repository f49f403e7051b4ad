package redress.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database did not do what it was asked to; {@code kind} tells what can be done about it. */
public final class StoreException extends RuntimeException {
  private final Kind kind;

  /** The session is gone, the same can simply be tried again, or something in it is bad. */
  public enum Kind {
    AWAY, PASSING, POISON
  }

  StoreException(SQLException cause) {
    super(cause.getMessage(), cause);
    this.kind = kind(cause.getSQLState());
  }

  /** What can be done about it. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether {@code failure}, or what caused it, only says that the database is away or in a hurry: the same can be
   * tried
   * again, and nothing is broken.
   */
  public static boolean isPassing(Throwable failure) {
    for (@Nullable Throwable why = failure; why != null; why = why.getCause()) {
      if (why instanceof SQLException refused) return kind(refused.getSQLState()) != Kind.POISON;
    }
    return false;
  }

  private static Kind kind(@Nullable String state) {
    if (state == null) return Kind.AWAY;
    return switch (state) {
      case "40001", "40P01", "55P03", "57014" -> Kind.PASSING;
      default -> isAway(state.substring(0, 2)) ? Kind.AWAY : Kind.POISON;
    };
  }

  /** A broken connection, exhausted resources, an operator's intervention, a failing system, a session out of step. */
  private static boolean isAway(String group) {
    return switch (group) {
      case "08", "53", "57", "58", "25", "XX" -> true;
      default -> false;
    };
  }
}
