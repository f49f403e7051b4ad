package redress.command;

import java.io.PrintWriter;
import java.sql.SQLException;
import redress.invariant.Examination;
import redress.postgres.Database;

/** What the invariants say of a database once a story or a replay is over. */
record Judgement(int invariants, long rows, long violations) {

  /** Asks them all and names to the reader what does not hold. */
  static Judgement of(Database database, PrintWriter out) {
    try {
      var report = Examination.of(database, found -> {
        if (!found.holds()) out.println("broken: " + found.invariant().sentence() + " " + found.examples());
      });
      return new Judgement(report.found().size(), report.rows(), report.violations());
    } catch (SQLException e) {
      throw new Trouble("the invariants cannot be asked: " + e.getMessage());
    }
  }

  /** For people. */
  String words() {
    return "%d invariants over %,d rows: %s".formatted(invariants, rows,
        violations == 0 ? "all hold" : violations + " violations");
  }
}
