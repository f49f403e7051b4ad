package redress.lab.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.lab.bench.LogHall.Way;

/** {@code ./redress bench-log}: what the log costs commands, and how long it takes to verify all of it. */
@Command(name = "bench-log", mixinStandardHelpOptions = true,
    description = "Commands with and without their log entries, taking turns in one run; then the verification of very"
        + " many entries.")
public final class LogBench implements Callable<Integer> {
  private static final int WARM_UPS = 2;

  @Option(names = "--entries", defaultValue = "1000000", paramLabel = "N",
      description = "How many entries are verified (default ${DEFAULT-VALUE}).") private int entries;

  @Option(names = "--seconds", defaultValue = "5",
      description = "How long each run of commands lasts (default ${DEFAULT-VALUE}).") private int seconds;

  @Option(names = "--runs", defaultValue = "9", paramLabel = "N",
      description = "How many rounds of commands the medians are of (${DEFAULT-VALUE}).") private int runs;

  @Option(names = "--verifications", defaultValue = "3", paramLabel = "N",
      description = "How many verifications the median is of (${DEFAULT-VALUE}).") private int verifications;

  @Option(names = "--callers", defaultValue = "128", paramLabel = "N",
      description = "How many callers ask at the same time (${DEFAULT-VALUE}).") private int callers;

  @Option(names = "--figures",
      description = "Where to write the figures; if not said, docs/figures.md.") private @Nullable Path figures;

  @Spec private CommandSpec spec;

  @Override public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here(FiguresFile.root());
    out.println(machine);
    var findings = measure(out);
    var command = "./redress bench-log --entries " + entries + " --seconds " + seconds + " --runs " + runs
        + " --verifications " + verifications + " --callers " + callers;
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    var file = figures == null ? FiguresFile.ofProject() : new FiguresFile(figures);
    file.put("The log", "`" + command + "`, commit " + machine.commit() + ", " + day + ".  \n" + machine + ".\n\n"
        + findings.document());
    out.println(findings.lastLine());
    out.flush();
    return 0;
  }

  private LogFindings measure(PrintWriter out) throws Exception {
    var span = Duration.ofSeconds(seconds);
    var findings = new LogFindings(callers, seconds);
    try (var hall = new LogHall()) {
      for (int run = -WARM_UPS; run < runs; run++) {
        for (var way : inTurn(run)) {
          var result = hall.run(way, callers, span);
          if (run >= 0) findings.add(way, result);
          out.printf("round %3d  %-45s %6d commands/s  p50 %6d µs  p99 %7d µs  %5d µs of processor time%n", run + 1,
              way.words, result.commandsPerSecond(), result.p50(), result.p99(), result.cpu());
          out.flush();
        }
        hall.cover();
      }
      findings.entries(hall.grow(entries, callers, out));
      for (int i = 0; i < verifications; i++) {
        var spent = hall.verify();
        findings.verified(spent);
        out.printf("verified in %,d ms, %,d ms of processor time%n", spent.nanos() / 1_000_000,
            spent.cpu() / 1_000_000);
        out.flush();
      }
    }
    return findings;
  }

  /** Every other round the other way round, so that a machine that slows down wrongs none of them. */
  private static List<Way> inTurn(int run) {
    var ways = new ArrayList<>(List.of(Way.values()));
    return run % 2 == 0 ? ways : ways.reversed();
  }
}
