package redress.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import redress.Ground;
import redress.postgres.Database;
import redress.statement.Importer;
import redress.statement.Importer.Report;
import redress.statement.Refusal;
import redress.store.Statements;

/** {@code ./redress import-statement}: takes in what providers and banks say they moved. */
@Command(name = "import-statement", mixinStandardHelpOptions = true,
    description = "Takes in statement files of providers and banks; servers may be working on the database. What a file"
        + " is, is found out from what it holds; docs/statements.md lists what is known. Exit code 1 if one was"
        + " refused.")
public final class ImportStatement implements Callable<Integer> {
  private static final int CONNECTIONS = 2;
  private static final int FLAWS_SHOWN = 50;

  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.") List<Path> files = List.of();

  @Option(names = "--book", defaultValue = "", paramLabel = "NAME",
      description = "The account at a provider, as payments name it in 'provider'; as the file or its format names it"
          + " when left out.") String book;

  @Option(names = "--mapping", paramLabel = "FILE",
      description = "How to read a table of a layout that is not known: JSON, as docs/statements.md describes it.")
  @Nullable Path mapping;

  @Option(names = "--test", description = "The files are about test payments.") boolean test;

  @ArgGroup Where where = new Where();

  @Override public Integer call() {
    Terminal.quiet();
    return where.on(this::take);
  }

  private int take(Database database) {
    try (var pool = Ground.open(database, CONNECTIONS)) {
      return take(new Importer(new Statements(pool), Clock.systemUTC()));
    } catch (SQLException e) {
      throw new Trouble("the database cannot be used: " + e.getMessage());
    }
  }

  private int take(Importer importer) {
    var out = spec.commandLine().getOut();
    var sum = new long[5];
    int refused = 0;
    for (var file : files) {
      try {
        var report = take(importer, file, out);
        tell(file, report, out);
        add(sum, report);
      } catch (Refusal refusal) {
        refused++;
        out.println(file.getFileName() + ": refused, " + refusal.reason() + ". " + refusal.getMessage());
      } catch (IOException e) {
        throw new Trouble("the file " + file + " cannot be read: " + e);
      }
      out.flush();
    }
    if (files.size() > 1) {
      out.println(Report.summary("several", sum[0], sum[1], sum[2], sum[3], sum[4]) + " refused=" + refused);
      out.flush();
    }
    return refused == 0 ? 0 : 1;
  }

  private Report take(Importer importer, Path file, PrintWriter out) throws IOException {
    try (var bar = new ReadingBar(out, String.valueOf(file.getFileName()))) {
      var wish = new Importer.Wish(String.valueOf(file.getFileName()), book, mapping, !test, "command line");
      return importer.take(file, wish, bar);
    }
  }

  private static void tell(Path file, Report report, PrintWriter out) {
    if (report.again()) out.println(file.getFileName() + ": imported before, nothing is new");
    var flaws = report.flaws();
    if (!flaws.isEmpty()) out.printf("%10s  %-7s %-12s %s%n", "line", "what", "reason", "detail");
    for (var flaw : flaws.subList(0, Math.min(FLAWS_SHOWN, flaws.size()))) {
      out.printf("%,10d  %-7s %-12s %s%n", flaw.line(), flaw.kind(), flaw.reason(), flaw.detail());
    }
    long more = report.statement().broken() + report.statement().mismatches() - Math.min(FLAWS_SHOWN, flaws.size());
    if (more > 0) out.printf("%10s  and %,d more%n", "…", more);
    out.println(report.summary());
  }

  private static void add(long[] sum, Report report) {
    var it = report.statement();
    sum[0] += it.lines();
    sum[1] += report.again() ? 0 : it.fresh();
    sum[2] += report.again() ? it.lines() - it.broken() : it.duplicate();
    sum[3] += it.broken();
    sum[4] += it.mismatches();
  }
}
