package redress.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redress.lab.bench.Load.Result;
import redress.lab.bench.Multitude.Lateness;

/** {@code -Dredress.open=} and {@code -Dredress.seconds=} make it smaller; only the whole of it writes figures. */
@Tag("long")
class MultitudeTest {
  private static final int FEW = 10_000;
  private static final int WHOLE = 1_000_000;
  private static final int MANY = Integer.getInteger("redress.open", WHOLE);
  private static final int SECONDS = Integer.getInteger("redress.seconds", 60);
  private static final int PER_SECOND = 200;
  private static final long DUE = (long) SECONDS * PER_SECOND;
  private static final int CALLERS = 32;
  private static final int WARM_UPS = 3;
  private static final int RUNS = 5;
  private static final Duration SPAN = Duration.ofSeconds(5);

  @Test void a_million_open_disputes_neither_delay_deadlines_nor_make_commands_dearer() throws Exception {
    try (var some = new Multitude(); var multitude = new Multitude()) {
      some.grow(FEW);
      multitude.grow(Math.toIntExact(MANY - DUE));
      var few = new ArrayList<Result>();
      var many = new ArrayList<Result>();
      // Taking turns, so that both see the same machine and the same compiled code.
      for (int run = -WARM_UPS; run < RUNS; run++) {
        var one = some.commands(CALLERS, SPAN);
        var other = multitude.commands(CALLERS, SPAN);
        if (run >= 0) few.add(one);
        if (run >= 0) many.add(other);
      }
      var late = multitude.deadlines(PER_SECOND, SECONDS);
      report(multitude.open(), few, many, late);
      assertThat(multitude.open()).isEqualTo(MANY);
      assertThat(late.passed()).as("deadlines that acted").isEqualTo(DUE);
      assertThat(late.disputes()).as("each once").isEqualTo(late.passed());
      assertThat(late.early()).as("none early").isZero();
    }
  }

  /** Speed is reported and not asserted: what else the machine does is not ours to judge. */
  private static void report(int open, List<Result> few, List<Result> many, Lateness late) {
    var machine = Machine.here(FiguresFile.root());
    var line = "multitude: open=%d per_second=%d passed=%d early=%d p50_ms=%d p99_ms=%d worst_ms=%d cost_ratio=%s"
        .formatted(open, PER_SECOND, late.passed(), late.early(), late.p50(), late.p99(), late.worst(),
            ratio(cpu(many), cpu(few)));
    System.out.println(line);
    if (MANY != WHOLE) return;
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    FiguresFile.ofProject().put("A million open disputes", """
        `./redress test --long`, commit %s, %s.\s\s
        %s.

        | open disputes | processor µs of a command | p50 ms | p99 ms | commands/s |
        |--:|--:|--:|--:|--:|
        %s%s
        Whole lives at the desk, in process, %d callers, medians of %d runs of %d s each after a warm-up, two centres
        taking turns; the lives on a test clock, so that what they cause outside waits. The open disputes are copies of
        the rows of disputes that were filed at the desk.

        Then %d deadlines were due in each of %d seconds, at the centre's own runner.

        | aim | seen | |
        |---|---|---|
        | each deadline acts once | %d of %d | %s |
        | never early | %d early | %s |
        | p99 of the lateness ≤ 1 s | %d ms (p50 %d ms, worst %d ms) | %s |
        | a command costs ≤ 1.3 × what it costs at 10,000 | %s × in processor time | %s |

        ```
        %s
        ```
        """.formatted(machine.commit(), day, machine, row(FEW, few), row(open, many), CALLERS, RUNS, SPAN.toSeconds(),
        PER_SECOND, SECONDS, late.disputes(), DUE,
        met(late.disputes() == DUE && late.passed() == late.disputes()), late.early(),
        met(late.early() == 0), late.p99(), late.p50(), late.worst(), met(late.p99() <= 1_000),
        ratio(cpu(many), cpu(few)), met(10 * cpu(many) <= 13 * cpu(few)), line));
  }

  private static String row(int open, List<Result> runs) {
    return "| %,d | %d | %s | %s | %d |%n".formatted(open, cpu(runs), ratio(median(runs.stream().mapToLong(Result::p50)
        .toArray()), 1_000), ratio(median(runs.stream().mapToLong(Result::p99).toArray()), 1_000),
        median(runs.stream().mapToLong(Result::commandsPerSecond).toArray()));
  }

  private static long cpu(List<Result> runs) {
    return median(runs.stream().mapToLong(Result::cpu).toArray());
  }

  private static long median(long[] all) {
    java.util.Arrays.sort(all);
    return all[all.length / 2];
  }

  private static String ratio(long one, long other) {
    return String.format(Locale.ROOT, "%.2f", (double) one / Math.max(1, other));
  }

  private static String met(boolean met) {
    return met ? "met" : "**missed**";
  }
}
