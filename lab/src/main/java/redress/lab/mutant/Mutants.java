package redress.lab.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./redress mutants}: breaks the code on purpose, one mistake at a time, and shows which invariant notices. */
@Command(name = "mutants", mixinStandardHelpOptions = true,
    description = "Breaks the rules, postings and desk on purpose and shows which invariant notices.")
public final class Mutants implements Callable<Integer> {
  @Option(names = "--lives", defaultValue = "300000",
      description = "Lives each mutant of the rules is put through at the most.") private long lives;

  @Option(names = "--seed", defaultValue = "7",
      description = "The seed of these lives (default: ${DEFAULT-VALUE}).") private long seed;

  @Option(names = "--only", defaultValue = "",
      description = "Only mutants whose name contains this.") private String only;

  @Spec private CommandSpec spec;

  @Override public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var planted = Planted.ALL.stream().filter(m -> m.name().contains(only)).toList();
    int caught = 0;
    for (var verdict : judge(planted, lives, seed)) {
      if (verdict.caught()) caught++;
      out.printf("%-8s %-58s %-22s %,6d ms%n", verdict.caught() ? "caught" : "SURVIVED", verdict.mutant().name(),
          verdict.invariant(), verdict.millis());
      out.printf("         %s%n", shortened(verdict.seen()));
      out.flush();
    }
    out.printf("mutants: planted=%d caught=%d survived=%d%n", planted.size(), caught, planted.size() - caught);
    out.flush();
    return caught == planted.size() ? 0 : 1;
  }

  private static String shortened(String seen) {
    return seen.length() <= 150 ? seen : seen.substring(0, 149) + "…";
  }

  /** Plants each mistake by itself and puts it on trial, two at a time. */
  static List<Trials.Verdict> judge(List<Mutant> planted, long lives, long seed) throws IOException {
    var bench = Files.createTempDirectory("redress-mutants");
    var workshop = new Workshop(Workshop.root(), bench);
    var trials = new Trials(lives, seed);
    try (var pool = Executors.newFixedThreadPool(2)) {
      var waiting = new ArrayList<Future<Trials.Verdict>>();
      for (var mutant : planted) waiting.add(pool.submit(() -> trials.of(mutant, workshop.make(mutant))));
      var verdicts = new ArrayList<Trials.Verdict>();
      for (var one : waiting) verdicts.add(one.get());
      return verdicts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a mutant could not be tried: " + e.getMessage(), e);
    } finally {
      clear(bench);
    }
  }

  private static void clear(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    }
  }
}
