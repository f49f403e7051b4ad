package redress.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redress.lab.bench.LogHall.Way;

class LogHallTest {
  private static final Duration SPAN = Duration.ofMillis(1_500);
  private static final int CALLERS = 8;

  @Test void only_the_bench_s_bare_town_has_events_without_entries_and_the_other_s_log_verifies() throws Exception {
    try (var hall = new LogHall()) {
      for (var way : Way.values()) assertThat(hall.run(way, CALLERS, SPAN).commands()).as(way.words).isPositive();
      var entries = hall.grow(500, CALLERS, new PrintWriter(new StringWriter()));
      assertThat(hall.unlogged(Way.BARE)).as("events in the bare town").isPositive();
      assertThat(hall.unlogged(Way.SIGNED)).as("events without entry in the other").isZero();
      assertThat(entries).isEqualTo(hall.logged());
      assertThat(hall.verify().nanos()).isPositive();
    }
  }
}
