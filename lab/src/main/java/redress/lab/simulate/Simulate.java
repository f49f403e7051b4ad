package redress.lab.simulate;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.lab.life.Advertised;
import redress.lab.life.Tracks;
import redress.policy.RuleSet;

/** {@code ./redress simulate}: random lives of the rules, every invariant after every step. */
@Command(name = "simulate", mixinStandardHelpOptions = true,
    description = "Random lives of the rules in a simulated world, every invariant after every step.")
public final class Simulate implements Callable<Integer> {
  @Option(names = "--lives", defaultValue = "100000",
      description = "How many lives (default: ${DEFAULT-VALUE}).") private long lives;

  @Option(names = "--seed", defaultValue = "1",
      description = "The same seed lives the same lives (default: ${DEFAULT-VALUE}).") private long seed;

  @Option(names = "--threads", description = "How many threads (default: one for each core).") private int threads =
      Runtime.getRuntime().availableProcessors();

  @Option(names = "--stop-after", defaultValue = "5",
      description = "Stops after so many broken lives (default: ${DEFAULT-VALUE}).") private int stopAfter;

  @Option(names = "--tell", defaultValue = "3",
      description = "Tells so many of them in their shortest form (default: ${DEFAULT-VALUE}).") private int tell;

  @Option(names = "--life", defaultValue = "-1",
      description = "Tells this one life of the seed in words.") private long life;

  @Option(names = "--story", defaultValue = "-1",
      description = "Tells this one life in its shortest form, if it is broken.") private long story;

  @Spec private CommandSpec spec;

  @Override public Integer call() {
    var out = spec.commandLine().getOut();
    if (life >= 0) return Stories.tellOne(out, seed, life);
    if (story >= 0) return Stories.tellShortest(out, seed, story);
    var shown = new AtomicLong();
    var simulation = new Simulation(lives, seed, threads, stopAfter, RuleSet.STANDARD);
    var result = simulation.run(done -> progress(out, shown, done));
    table(out, result.tracks());
    for (var broken : result.broken()) Stories.name(out, seed, broken);
    for (var broken : result.broken().stream().limit(tell).toList()) Stories.tell(out, seed, broken);
    summary(out, result);
    return result.broken().isEmpty() ? 0 : 1;
  }

  private void progress(PrintWriter out, AtomicLong shown, long done) {
    long tenth = Math.min(10, done * 10 / Math.max(1, lives));
    long before = shown.getAndAccumulate(tenth, Math::max);
    if (tenth > before && lives >= 10_000) {
      out.println("… " + Math.min(done, lives) + " lives");
      out.flush();
    }
  }

  private static void table(PrintWriter out, Tracks tracks) {
    out.println("Row    taken       from → to");
    for (int row = 1; row <= Tracks.ROWS; row++) {
      var first = true;
      for (var path : tracks.paths(row).entrySet()) {
        out.printf("%-6s %-11s %s %,d%n", first ? "T" + row : "", first ? "%,d".formatted(tracks.taken(row)) : "",
            path.getKey(), path.getValue());
        first = false;
      }
      if (first) out.printf("%-6s %-11s%n", "T" + row, "0");
    }
    out.println("What went wrong outside:");
    tracks.faults().forEach((kind, count) -> out.printf("  %-28s %,d%n", kind, count));
    out.println("What reserves gave:");
    tracks.met().forEach((kind, count) -> out.printf("  %-28s %,d%n", kind, count));
    out.flush();
  }

  private void summary(PrintWriter out, Simulation.Result result) {
    var tracks = result.tracks();
    int taken = 0;
    for (int row = 1; row <= Tracks.ROWS; row++) if (tracks.taken(row) > 0) taken++;
    out.printf("%,d steps, %,d events, %,d refused, %,d stale; actions checked after one step in %d: %,d commands; "
        + "mean life %d days; hash %016x%n", tracks.steps(), tracks.events(), tracks.refused(), tracks.silent(),
        Advertised.RATE, tracks.checks(), result.horizon().toDays(), tracks.hash());
    out.printf("simulate: lives=%d per_minute=%d transitions=%d violations=%d%n", tracks.lives(), result.perMinute(),
        taken,
        result.broken().size());
    out.flush();
  }
}
