package redress.lab.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import redress.lab.bench.Load.Result;
import redress.lab.bench.LogHall.Spent;
import redress.lab.bench.LogHall.Way;

/** What a bench of the log saw, and what it comes to. */
final class LogFindings {
  private static final long AIM_MS = 10_000;
  private static final long AIM_TENTHS = 150;

  private final int callers;
  private final int seconds;
  private final Map<Way, List<Result>> rounds = new EnumMap<>(Way.class);
  private final List<Spent> verified = new ArrayList<>();
  private long entries;

  LogFindings(int callers, int seconds) {
    this.callers = callers;
    this.seconds = seconds;
  }

  void add(Way way, Result result) {
    rounds.computeIfAbsent(way, _ -> new ArrayList<>()).add(result);
  }

  void entries(long many) {
    entries = many;
  }

  void verified(Spent spent) {
    verified.add(spent);
  }

  private List<Result> rounds(Way way) {
    return rounds.getOrDefault(way, List.of());
  }

  private static long median(List<Long> all) {
    var sorted = all.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  private long median(Way way, ToLongFunction<Result> figure) {
    return median(rounds(way).stream().map(figure::applyAsLong).toList());
  }

  /** How much more processor time a command takes than without a log: the median of what each round says, in tenths. */
  private long dearer(Way way) {
    return median(IntStream.range(0, rounds(way).size()).mapToObj(round -> {
      long without = rounds(Way.BARE).get(round).cpu();
      return 1_000 * (rounds(way).get(round).cpu() - without) / Math.max(1, without);
    }).toList());
  }

  /** How many fewer commands there are in a second than without a log, likewise. */
  private long fewer(Way way) {
    return median(IntStream.range(0, rounds(way).size()).mapToObj(round -> {
      long without = rounds(Way.BARE).get(round).commandsPerSecond();
      return 1_000 * (without - rounds(way).get(round).commandsPerSecond()) / Math.max(1, without);
    }).toList());
  }

  private static String percent(long tenths) {
    return (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10;
  }

  private long verifiedMs() {
    return median(verified.stream().map(Spent::nanos).toList()) / 1_000_000;
  }

  private long verifiedCpuMs() {
    return median(verified.stream().map(Spent::cpu).toList()) / 1_000_000;
  }

  String lastLine() {
    return "bench-log: entries=%d verify_ms=%d verify_cpu_ms=%d fewer_commands_percent=%s dearer_commands_percent=%s"
        .formatted(entries, verifiedMs(), verifiedCpuMs(), percent(fewer(Way.SIGNED)), percent(dearer(Way.SIGNED)));
  }

  String document() {
    return table() + notes() + aims() + "\n```\n" + lastLine() + "\n```\n";
  }

  private String table() {
    var table = new StringBuilder("""
        | commands at the desk | commands/s | fewer | p50 ms | p99 ms | processor µs each | dearer |
        |---|--:|--:|--:|--:|--:|--:|
        """);
    for (var way : Way.values()) {
      table.append("| %s | %d | %s %% | %s | %s | %d | %s %% |%n".formatted(way.words,
          median(way, Result::commandsPerSecond), percent(fewer(way)), ms(median(way, Result::p50)),
          ms(median(way, Result::p99)), median(way, Result::cpu), percent(dearer(way))));
    }
    return table.toString();
  }

  private static String ms(long micros) {
    return micros / 1_000 + "." + micros / 100 % 10;
  }

  private String notes() {
    return """

        Whole lives at the desk, in process, %d callers, medians of %d rounds of %d s each after a warm-up, the ways
        taking turns within each round; "fewer" and "dearer" are medians of what each round says, so that they need not
        follow from the medians beside them. Without a log, events are written without salt and hash, and the index by
        which the sequencer finds them is missing; no configuration turns the log off like that. With it, the sequencer
        has its turn every second instead of every thirty, and goes through as much that is old in each minute as ever.

        Then the lives went on until there were %,d entries (events, and the acts that register payments), and
        `./redress verify-log` went through them: every event, what was booked for it and every act read as they are
        stored, their entries worked out anew, held against the leaves, the leaves against the tiles and every signed
        checkpoint, and all rows looked through for what no entry leads to. Median of %d: %,d ms, %,d ms of processor
        time, PostgreSQL's included; JVM and server were running.

        """.formatted(callers, rounds(Way.BARE).size(), seconds, entries, verified.size(), verifiedMs(),
        verifiedCpuMs());
  }

  private String aims() {
    var aims = new StringBuilder("| aim | seen | |\n|---|---|---|\n");
    aim(aims, "1,000,000 entries verified in ≤ 10 s", "%,d entries in %,d ms".formatted(entries, verifiedMs()),
        entries >= 1_000_000 && verifiedMs() <= AIM_MS);
    aim(aims, "the log costs ≤ 15 % of the commands", percent(fewer(Way.SIGNED)) + " %",
        fewer(Way.SIGNED) <= AIM_TENTHS);
    aim(aims, "and ≤ 15 % of processor time", percent(dearer(Way.SIGNED)) + " %", dearer(Way.SIGNED) <= AIM_TENTHS);
    return aims.toString();
  }

  private static void aim(StringBuilder aims, String what, String seen, boolean met) {
    aims.append("| ").append(what).append(" | ").append(seen).append(" | ").append(met ? "met" : "**missed**")
        .append(" |\n");
  }
}
