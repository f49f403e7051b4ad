package redress.command;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import redress.invariant.Examination;
import redress.invariant.Examination.Found;
import redress.postgres.Database;

/** {@code ./redress check}: asks a database whether everything holds in it that must always hold. */
@Command(name = "check", mixinStandardHelpOptions = true,
    description = "Asks a database whether everything holds that must always hold; servers may be working on it."
        + " Exit code 1 if anything does not.")
public final class Check implements Callable<Integer> {
  @Spec CommandSpec spec;

  @ArgGroup Where where = new Where();

  @Override public Integer call() {
    return where.on(this::examine);
  }

  private int examine(Database database) {
    var out = spec.commandLine().getOut();
    out.printf("%-32s %12s %10s%n", "invariant", "rows", "violations");
    try {
      var report = Examination.of(database, found -> print(out, found));
      out.println();
      out.println(report.summary());
      out.flush();
      return report.violations() == 0 ? 0 : 1;
    } catch (SQLException e) {
      throw new Trouble("the database cannot be examined: " + e.getMessage());
    }
  }

  private static void print(PrintWriter out, Found found) {
    out.printf("%-32s %,12d %,10d%n", found.invariant().name(), found.rows(), found.violations());
    if (!found.holds()) {
      out.println("    broken: " + found.invariant().sentence());
      found.examples().forEach(offender -> out.println("    " + offender));
      if (found.violations() > found.examples().size()) out.println("    …");
    }
    out.flush();
  }
}
