package redress.lab.explore;

import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.dispute.Status;

/**
 * What the walk through one small world showed: from how many open states the end comes by deadlines alone, with the
 * answers of checks and providers, or with staff that is alerted; and what must not be: open states without a way to
 * the end, loops, and states that were taken for others ({@code strangers}).
 */
record Findings(Walk walk, int byDeadlines, int byAnswers, int byStaff, List<String> deadEnds, List<String> loops,
    List<String> strangers) {
  Findings {
    deadEnds = List.copyOf(deadEnds);
    loops = List.copyOf(loops);
    strangers = List.copyOf(strangers);
  }

  /**
   * How far the walk went: states, the steps between them, what was tried for that, the commands that were accepted and
   * the rows of the transition table that were taken. {@code complete}: every state was left in every way.
   */
  record Walk(String world, int states, int edges, long tried, Map<Status, Integer> statuses, Set<String> commands,
      Set<Integer> rows, boolean complete) {
    Walk {
      statuses = Map.copyOf(statuses);
      commands = Set.copyOf(commands);
      rows = Set.copyOf(rows);
    }
  }

  /** Whether nothing is left to explore and nothing is wrong. */
  boolean isGood() {
    return walk.complete() && deadEnds.isEmpty() && loops.isEmpty() && strangers.isEmpty();
  }

  /** All of them in one line, for machines. */
  static String line(List<Findings> all, long seconds) {
    return "explore: worlds=%d states=%d edges=%d seconds=%d dead_ends=%d loops=%d strangers=%d complete=%b".formatted(
        all.size(), all.stream().mapToLong(it -> it.walk.states()).sum(),
        all.stream().mapToLong(it -> it.walk.edges()).sum(), seconds,
        all.stream().mapToInt(it -> it.deadEnds.size()).sum(), all.stream().mapToInt(it -> it.loops.size()).sum(),
        all.stream().mapToInt(it -> it.strangers.size()).sum(), all.stream().allMatch(it -> it.walk.complete()));
  }
}
