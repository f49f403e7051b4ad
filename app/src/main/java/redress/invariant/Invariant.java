package redress.invariant;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Something that must always hold. {@code sentence} says what, {@code over} is the table whose rows are examined, and
 * {@code sql} selects what breaks it: home, dispute (both null where there is none) and {@code what} else names the
 * offender, without personal data. {@code judge} has the last word on each of these rows.
 */
public record Invariant(String name, String sentence, String over, String sql, Judge judge) {

  /** Looks at one selected row and tells whether it breaks the invariant. */
  public interface Judge {
    boolean breaks(ResultSet row) throws SQLException;
  }

  /** One whose query selects offenders only. */
  Invariant(String name, String sentence, String over, String sql) {
    this(name, sentence, over, sql, _ -> true);
  }
}
