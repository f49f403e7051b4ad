package redress.lab.explore;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./redress explore}: every reachable state of a small world, through the real rules. */
@Command(name = "explore", mixinStandardHelpOptions = true,
    description = "Every state of a small world that the real rules can reach: no dead ends, no endless loops.")
public final class Explore implements Callable<Integer> {
  @Option(names = "--most", defaultValue = "5000000",
      description = "Gives up beyond so many states (default: ${DEFAULT-VALUE}).") private int most;

  @Spec private CommandSpec spec;

  @Override public Integer call() {
    var out = spec.commandLine().getOut();
    long began = System.nanoTime();
    var found = new Explorer(most).explore();
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    found.statuses().forEach((status, count) -> out.printf("%-18s %,9d states%n", status, count));
    for (var end : found.deadEnds()) out.println("✗ " + end);
    for (var loop : found.loops()) out.println("↻ " + loop);
    out.printf(
        "%,d commands and deadlines tried; the end is reached by deadlines and checks alone from %,d open states, with "
            + "alerted staff from %,d more%n",
        found.tried(), found.byDeadlines(), found.byStaff());
    out.printf("explore: states=%d transitions=%d dead_ends=%d loops=%d complete=%b seconds=%d%n", found.states(),
        found.transitions(), found.deadEnds().size(), found.loops().size(), found.complete(), seconds);
    out.flush();
    return found.complete() && found.deadEnds().isEmpty() && found.loops().isEmpty() ? 0 : 1;
  }
}
