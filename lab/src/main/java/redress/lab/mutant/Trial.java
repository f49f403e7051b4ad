package redress.lab.mutant;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.dispute.Home;
import redress.lab.judge.Violation;
import redress.lab.life.Life;
import redress.lab.life.Tracks;
import redress.policy.RuleSet;

/**
 * {@code ./redress trial}: lives are lived once more through desks on a real database, every command keyed, repeated
 * and
 * raced; what comes of them must be what the rules alone made of them.
 */
@Command(name = "trial", mixinStandardHelpOptions = true,
    description = "Lives through desks on a real database: the same as without, every command once.")
public final class Trial implements Callable<Integer> {
  @Option(names = "--lives", defaultValue = "40",
      description = "How many lives (default: ${DEFAULT-VALUE}).") private int lives;

  @Option(names = "--seed", defaultValue = "11",
      description = "The same seed lives the same lives (default: ${DEFAULT-VALUE}).") private long seed;

  @Spec private CommandSpec spec;

  @Override public Integer call() {
    var out = spec.commandLine().getOut();
    int commands = 0;
    var homes = new HashSet<Integer>();
    try (var counter = Counter.open()) {
      for (int number = 0; homes.size() < lives; number++) {
        var tracks = new Tracks(true);
        var life = new Life(seed, number, RuleSet.STANDARD, tracks).live();
        if (!homes.add(Home.of(life.world().payment().id()))) continue;
        commands += counter.serve(life, tracks.effective());
      }
      counter.check();
    } catch (Violation violation) {
      out.println("The database breaks " + violation.getMessage());
      return summary(out, commands, 1);
    }
    return summary(out, commands, 0);
  }

  private int summary(PrintWriter out, int commands, int violations) {
    out.printf("trial: lives=%d commands=%d violations=%d%n", lives, commands, violations);
    out.flush();
    return violations;
  }
}
