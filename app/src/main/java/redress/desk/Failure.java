package redress.desk;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failed round means: the session is gone, the round can simply be tried again, or something in it is bad. */
enum Failure {
  AWAY, PASSING, POISON;

  static Failure of(Exception failed) {
    if (!(failed instanceof SQLException)) return POISON;
    var state = state(failed);
    if (state == null) return AWAY;
    return switch (state) {
      case "40001", "40P01", "55P03", "57014" -> PASSING;
      default -> isAway(state) ? AWAY : POISON;
    };
  }

  /**
   * Classes 08 connection, 53 out of resources, 57 operator intervention, 58 system, 25 a session in a wrong state.
   */
  private static boolean isAway(String state) {
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.startsWith("58")
        || state.startsWith("25") || state.startsWith("XX");
  }

  private static @Nullable String state(@Nullable Throwable failed) {
    for (var cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) return sql.getSQLState();
    }
    return null;
  }
}
