package redress.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;

/** {@code ./redress check}: asks a database whether everything holds in it that must always hold. */
@Command(name = "check", mixinStandardHelpOptions = true,
    description = "Asks a database whether everything holds that must always hold; servers may be working on it."
        + " Exit code 1 if anything does not.")
public final class Check implements Callable<Integer> {
  @Spec CommandSpec spec;

  @ArgGroup Where where = new Where();

  /** Which database. */
  static final class Where {
    @Option(names = "--data", paramLabel = "FOLDER",
        description = "A server's data folder, whether it runs or not; 'data' when left out.") Path data =
            Path.of("data");

    @Option(names = "--database-url", paramLabel = "URL",
        description = "A PostgreSQL elsewhere, as a role that may read everything; user and password also from"
            + " PGUSER and PGPASSWORD.")
    @Nullable String databaseUrl;
  }

  @Override public Integer call() {
    if (where.databaseUrl != null) return examine(Addresses.external(where.databaseUrl, System.getenv()));
    if (!Files.isDirectory(where.data.resolve("postgres"))) {
      throw new Trouble("there is no database in " + where.data.toAbsolutePath().normalize()
          + "; name another with --data or --database-url");
    }
    var running = EmbeddedPostgres.running(where.data);
    if (running.isPresent()) return examine(running.get());
    try (var postgres = EmbeddedPostgres.start(where.data, Options.lasting())) {
      return examine(postgres.database());
    }
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
