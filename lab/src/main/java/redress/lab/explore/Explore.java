package redress.lab.explore;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./redress explore}: every reachable state of small worlds, through the real rules. */
@Command(name = "explore", mixinStandardHelpOptions = true,
    description = "Every state of small worlds that the real rules can reach: no dead ends, no endless loops.")
public final class Explore implements Callable<Integer> {
  @Option(names = "--most", defaultValue = "5000000",
      description = "Gives up a world beyond so many states (default: ${DEFAULT-VALUE}).") private int most;

  @Spec private CommandSpec spec;

  @Override public Integer call() {
    var out = spec.commandLine().getOut();
    out.println(
        "One payment, one dispute, caps of one or two, deadlines of one or two days; every command, deadline and "
            + "answer in every state …");
    out.flush();
    long began = System.nanoTime();
    var all = Explorer.explore(SmallWorld.ALL, most);
    for (var found : all) tell(out, found);
    out.println(Findings.line(all, (System.nanoTime() - began) / 1_000_000_000));
    out.flush();
    return all.stream().allMatch(Findings::isGood) ? 0 : 1;
  }

  private static void tell(PrintWriter out, Findings found) {
    var walk = found.walk();
    out.printf("%n%s: %,d states, %,d steps between them, %,d tried%n", walk.world(), walk.states(), walk.edges(),
        walk.tried());
    walk.statuses().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
        .forEach(it -> out.printf("  %-18s %,9d%n", it.getKey(), it.getValue()));
    out.printf("  the end comes by deadlines alone from %,d open states, with the answers of checks and providers from "
        + "%,d more, with staff that is alerted from the other %,d%n", found.byDeadlines(), found.byAnswers(),
        found.byStaff());
    for (var end : found.deadEnds()) out.println("  ✗ " + end);
    for (var loop : found.loops()) out.println("  ↻ " + loop);
    for (var stranger : found.strangers()) out.println("  ≠ " + stranger);
  }
}
