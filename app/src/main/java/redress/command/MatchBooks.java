package redress.command;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.Ground;
import redress.Ledgers;
import redress.check.Match.Verdict;
import redress.match.Reconciliation.Report;
import redress.postgres.Database;
import redress.store.Matches;
import redress.store.Matches.Standing;

/** {@code ./redress match}: holds every promise to pay against the books, and says why. */
@Command(name = "match", mixinStandardHelpOptions = true,
    description = "Holds every promise to pay against the books: the wallet's own and the statements that were"
        + " imported. Servers may be working on the database. Run again it changes nothing.")
public final class MatchBooks implements Callable<Integer> {
  private static final int CONNECTIONS = 2;

  @Spec CommandSpec spec;

  @Option(names = "--show", defaultValue = "10", paramLabel = "N",
      description = "How many promises of each verdict are told one by one. ${DEFAULT-VALUE} when left out.") int show;

  @ArgGroup Where where = new Where();

  @Override public Integer call() {
    Terminal.quiet();
    return where.on(this::match);
  }

  private int match(Database database) {
    long began = System.nanoTime();
    var out = spec.commandLine().getOut();
    try (var ground = Ground.open(database, CONNECTIONS);
        var ledgers = new Ledgers(database, ground, Clock.systemUTC())) {
      var report = ledgers.matchmaker().run();
      for (var verdict : Verdict.values()) tell(ledgers.matches(), verdict, out);
      strays(ledgers.matches(), out);
      out.println();
      out.println(summary(report) + " seconds=" + Duration.ofNanos(System.nanoTime() - began).toSeconds());
      out.flush();
      return 0;
    } catch (SQLException e) {
      throw new Trouble("the database cannot be used: " + e.getMessage());
    }
  }

  static String summary(Report report) {
    return "match: owed=" + report.owed() + " exact=" + report.of(Verdict.EXACT) + " under=" + report.of(Verdict.UNDER)
        + " over=" + report.of(Verdict.OVER) + " missing=" + report.of(Verdict.MISSING) + " unexplained="
        + report.unexplained() + " pending=" + report.of(Verdict.PENDING) + " changed=" + report.changed();
  }

  private void tell(Matches matches, Verdict verdict, PrintWriter out) {
    for (boolean live : new boolean[] {true, false}) {
      for (var standing : matches.list(Set.of(verdict), live, 0, show)) line(standing, out);
    }
  }

  private static void line(Standing standing, PrintWriter out) {
    var it = standing.found();
    out.printf("%-8s %s-o%d  owed %,d paid %,d %s%s%n", it.verdict().name().toLowerCase(Locale.ROOT), it.dispute(),
        it.obligation(), it.owed(), it.paid(), it.currency(), it.live() ? "" : " (test)");
    for (var part : it.why().parts()) {
      out.printf("           %,d by record %s (statement %.12s line %d): %s%s%n", part.minor(), part.record(),
          part.statement(), part.line(), part.rule().english, part.counts() ? "" : "; it does not count");
    }
    for (var remark : it.why().remarks()) {
      out.printf("           %s: %,d%s%n", remark.kind().english, remark.minor(),
          remark.record().isEmpty() ? "" : " (" + remark.record() + ")");
    }
  }

  private void strays(Matches matches, PrintWriter out) {
    for (boolean real : new boolean[] {true, false}) {
      for (var stray : matches.strays(false, real, 0, show)) {
        var it = stray.record();
        out.printf("%-8s record %s of %s about payment %s: %,d %s, %s (statement %.12s line %d)%s%n", "stray", it.id(),
            it.book(), stray.payment(), it.minor(), it.currency(), it.state().name().toLowerCase(Locale.ROOT),
            it.statement(), it.line(), stray.owner().isEmpty() ? "" : ", " + stray.owner() + " looks into it");
      }
    }
  }
}
