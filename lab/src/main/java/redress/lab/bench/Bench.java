package redress.lab.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./redress bench}: what a command costs at the desk and over HTTP, beside a plain baseline in the same run. */
@Command(name = "bench", mixinStandardHelpOptions = true,
    description = "Commands and whole lives per second, at the desk and over HTTP, beside a plain baseline.")
public final class Bench implements Callable<Integer> {
  @Option(names = "--seconds", defaultValue = "4",
      description = "How long each run lasts (default ${DEFAULT-VALUE}).") private int seconds;

  @Option(names = "--runs", defaultValue = "3",
      description = "How many runs the medians are of (${DEFAULT-VALUE}).") private int runs;

  @Option(names = "--figures",
      description = "Where to write the figures; if not said, docs/figures.md.") private @Nullable Path figures;

  @Spec private CommandSpec spec;

  @Override public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here(FiguresFile.root());
    out.println(machine);
    var findings = measure(out);
    var command = "./redress bench --seconds " + seconds + " --runs " + runs;
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    var file = figures == null ? FiguresFile.ofProject() : new FiguresFile(figures);
    file.put("Commands and whole lives",
        "`" + command + "`, commit " + machine.commit() + ", " + day + ".  \n" + machine
            + ".\n\n" + findings.document());
    out.println(findings.lastLine());
    out.flush();
    return 0;
  }

  private Findings measure(PrintWriter out) throws Exception {
    try (var stand = TestStand.open(Duration.ofSeconds(seconds), out)) {
      var generator = stand.generator();
      stand.warmUp();
      int pool = stand.bestPool();
      var findings = new Findings(pool, stand.pools(), generator);
      for (int run = 1; run <= runs; run++) {
        for (int callers : Findings.CALLERS) {
          findings.add(Findings.Way.DESK, callers, stand.desk(callers));
          findings.add(Findings.Way.NAIVE, callers, stand.naive(callers, pool));
          findings.add(Findings.Way.HTTP, callers, stand.http(callers));
        }
      }
      stand.verify();
      return findings;
    }
  }
}
