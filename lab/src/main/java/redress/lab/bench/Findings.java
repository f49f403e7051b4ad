package redress.lab.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import redress.lab.bench.Load.Result;

/** All runs of a bench, and what they come to: medians, compared with what we aim for. */
final class Findings {
  static final List<Integer> CALLERS = List.of(1, 32, 128);
  private static final int MOST = 128;

  /** How commands were asked. */
  enum Way {
    DESK("desk, in process"), NAIVE("baseline, in process"), HTTP("HTTP with keys");

    final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private final int pool;
  private final Map<Integer, Long> pools;
  private final TestStand.Generator generator;
  private final Map<Way, Map<Integer, List<Result>>> runs = new EnumMap<>(Way.class);

  Findings(int pool, Map<Integer, Long> pools, TestStand.Generator generator) {
    this.pool = pool;
    this.pools = new TreeMap<>(pools);
    this.generator = generator;
  }

  void add(Way way, int callers, Result result) {
    runs.computeIfAbsent(way, _ -> new TreeMap<>()).computeIfAbsent(callers, _ -> new ArrayList<>()).add(result);
  }

  private long median(Way way, int callers, ToLongFunction<Result> figure) {
    var sorted = runs.getOrDefault(way, Map.of()).getOrDefault(callers, List.of()).stream().mapToLong(figure).sorted()
        .toArray();
    return sorted[sorted.length / 2];
  }

  private long commands(Way way) {
    return median(way, MOST, Result::commandsPerSecond);
  }

  private long lives(Way way) {
    return median(way, MOST, Result::livesPerSecond);
  }

  private long cpu(Way way) {
    return median(way, MOST, Result::cpu);
  }

  private static String ratio(long one, long other) {
    return String.format(Locale.ROOT, "%.2f", (double) one / Math.max(1, other));
  }

  private static String ms(long micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1_000.0);
  }

  String lastLine() {
    return ("bench: http_commands_per_s=%d desk_commands_per_s=%d naive_commands_per_s=%d ratio=%s lives_per_s=%d"
        + " p99_ms=%s").formatted(commands(Way.HTTP), commands(Way.DESK), commands(Way.NAIVE),
            ratio(commands(Way.DESK), commands(Way.NAIVE)), lives(Way.DESK),
            ms(median(Way.HTTP, MOST, Result::p99)));
  }

  String document() {
    return table() + "\n" + notes() + "\n" + aims() + "\n```\n" + lastLine() + "\n```\n";
  }

  private String table() {
    var table = new StringBuilder("""
        | asked | callers | commands/s | p50 ms | p99 ms | longest ms | processor µs each | whole lives/s |
        |---|--:|--:|--:|--:|--:|--:|--:|
        """);
    for (var way : Way.values()) {
      for (int callers : CALLERS) {
        table.append("| %s | %d | %d | %s | %s | %s | %d | %s |%n".formatted(way.words, callers,
            median(way, callers, Result::commandsPerSecond), ms(median(way, callers, Result::p50)),
            ms(median(way, callers, Result::p99)), ms(median(way, callers, Result::max)),
            median(way, callers, Result::cpu), way == Way.HTTP ? "–" : median(way, callers, Result::livesPerSecond)));
      }
    }
    return table.toString();
  }

  private String notes() {
    return """
        Medians of %d runs, the three ways taking turns, after a warm-up. A life is %d steps: file, message, offer,
        counter-offer, accept, three confirmations, audit, answer, conclude; the last lets the three days pass with the
        second audit between them, so a life is %d commands in all. Over HTTP the %d commands that people say are sent
        (file, message, offer, counter-offer, accept, statement), each with an API key and an idempotency key, by a lean
        keep-alive client on virtual threads in the server's own process; answers are the full view of the dispute.

        The baseline serves each command in one transaction on one of a pool of connections: select for update, the
        same rules, the same rows in the same tables of a second database on the same server, prepared statements, same
        durability, same planner settings. Commands/s at %d callers by pool size: %s; the table shows the best, %d.

        "Processor" is the processor time a command took, ours and PostgreSQL's together, in microseconds. Other
        work on the machine makes it dearer too, though less than it slows the rates.

        Notices, payouts and other errands are written in the same transaction, and wait on a test clock: doing them is
        not part of these figures. The generator against a server that answers at once without doing anything: %d
        requests/s at %d callers, %d µs of processor time each (client and empty server together).
        """.formatted(runs.getOrDefault(Way.DESK, Map.of()).getOrDefault(MOST, List.of()).size(), 11, Life.COMMANDS,
        Callers.Calling.COMMANDS, MOST, pools, pool, generator.perSecond(), MOST, generator.microsEach());
  }

  private String aims() {
    var aims = new StringBuilder("| aim | seen | |\n|---|---|---|\n");
    var http = median(Way.HTTP, MOST, Result::p99);
    aim(aims, "desk ≥ 3 × baseline, commands", ratio(commands(Way.DESK), commands(Way.NAIVE)) + " ×",
        commands(Way.DESK) >= 3 * commands(Way.NAIVE));
    aim(aims, "baseline ≥ 3 × desk, processor time of a command", ratio(cpu(Way.NAIVE), cpu(Way.DESK)) + " ×",
        cpu(Way.NAIVE) >= 3 * cpu(Way.DESK));
    aim(aims, "desk ≥ 3 × baseline, whole lives", ratio(lives(Way.DESK), lives(Way.NAIVE)) + " ×",
        lives(Way.DESK) >= 3 * lives(Way.NAIVE));
    aim(aims, "1,200 whole lives/s at the desk", lives(Way.DESK) + "/s", lives(Way.DESK) >= 1_200);
    aim(aims, "8,000 commands/s over HTTP at 128 callers", commands(Way.HTTP) + "/s", commands(Way.HTTP) >= 8_000);
    aim(aims, "p99 ≤ 50 ms over HTTP at 128 callers", ms(http) + " ms", http <= 50_000);
    return aims.toString();
  }

  private static void aim(StringBuilder aims, String what, String seen, boolean met) {
    aims.append("| ").append(what).append(" | ").append(seen).append(" | ").append(met ? "met" : "**missed**")
        .append(" |\n");
  }
}
