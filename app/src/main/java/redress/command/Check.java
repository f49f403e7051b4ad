package redress.command;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.invariant.Examination;
import redress.invariant.Examination.Found;
import redress.postgres.Database;
import redress.store.Recount;

/** {@code ./redress check}: asks a database whether everything holds in it that must always hold. */
@Command(name = "check", mixinStandardHelpOptions = true,
    description = "Asks a database whether everything holds that must always hold; servers may be working on it."
        + " Exit code 1 if anything does not.")
public final class Check implements Callable<Integer> {
  private static final int THREADS = 2;
  private static final int EXAMPLES = 5;

  @Spec CommandSpec spec;

  @ArgGroup Where where = new Where();

  @Option(names = "--bytes", description = "Hashes every file in the vault again as well, which takes as long as"
      + " reading them all.") boolean bytes;

  @Option(names = "--vault", paramLabel = "PLACE", defaultValue = "${env:REDRESS_VAULT}",
      description = "Where the server keeps files, if not in the data folder; also from REDRESS_VAULT.")
  @Nullable String vault;

  @Override public Integer call() {
    return where.on(database -> Math.max(examine(database), bytes ? hash(database) : 0));
  }

  /** Hashes everything again that must be there. */
  private int hash(Database database) {
    var out = spec.commandLine().getOut();
    var place = vault == null || vault.isBlank() ? where.data.resolve("vault").toString() : vault.strip();
    var found = Rehash.of(database, place, broken -> {
      out.println("    broken: " + broken.sha256() + " " + String.join(", ", broken.uses()));
      out.flush();
    });
    out.printf("%nbytes: files=%d bytes=%d broken=%d%n", found.files(), found.bytes(), found.broken());
    out.flush();
    return found.broken() == 0 ? 0 : 1;
  }

  private int examine(Database database) {
    var out = spec.commandLine().getOut();
    out.printf("%-32s %12s %10s%n", "invariant", "rows", "violations");
    try {
      var report = Examination.of(database, found -> print(out, found));
      var logged = Recount.of(database::connect, THREADS);
      print(out, logged);
      out.println();
      out.println("check: invariants=" + (report.found().size() + 1) + " rows=" + (report.rows() + logged.entries())
          + " violations=" + (report.violations() + logged.wrongs()));
      out.flush();
      return report.violations() + logged.wrongs() == 0 ? 0 : 1;
    } catch (SQLException e) {
      throw new Trouble("the database cannot be examined: " + e.getMessage());
    }
  }

  private static void print(PrintWriter out, Recount.Report logged) {
    out.printf("%-32s %,12d %,10d%n", "log_entries_say_what_is_stored", logged.entries(), logged.wrongs());
    if (logged.wrongs() > 0) {
      out.println(
          "    broken: Every event and every act has its entry in the log, chained without a gap, and each says what"
              + " is stored.");
      logged.wrong().stream().limit(EXAMPLES).forEach(offender -> out.println("    " + offender));
      if (logged.wrongs() > EXAMPLES) out.println("    …");
    }
    if (logged.early() > 0) out.printf("    %,d events are from before there was a log%n", logged.early());
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
