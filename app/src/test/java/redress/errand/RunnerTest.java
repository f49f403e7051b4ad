package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.dispute.Errand;
import redress.store.Errands.Due;

class RunnerTest {
  private static World world;

  @BeforeAll static void open() {
    world = new World();
  }

  @AfterAll static void close() {
    world.close();
  }

  @AfterEach void clear() {
    world.database.sql.sql("delete from errand").update();
    world.meters.clear();
  }

  @Test void what_is_due_is_done_and_struck_off_and_what_is_not_due_waits() {
    var now = world.refunding("due-now", null);
    var later = world.refunding("due-later", null);
    world.order(now, World.MORNING);
    world.order(later, World.MORNING.plusSeconds(1));
    try (var runner = world.runner(world.clock, Pace.STANDARD)) {
      runner.start();
      Waiting.until("the first is struck off", () -> world.waiting() == 1 && world.ended("Pay", "done") == 1);
    }
    assertThat(world.paid("due-now", World.MORNING)).hasSize(1);
    assertThat(world.paid("due-later", World.MORNING)).isEmpty();
  }

  @Test void two_runners_that_race_for_five_hundred_overdue_errands_do_each_once() {
    int many = 500;
    for (int i = 0; i < many; i++) world.order(world.refunding("race-" + i, null), World.MORNING.minusSeconds(i));
    try (var one = world.runner(world.clock, Pace.STANDARD); var other = world.runner(world.clock, Pace.STANDARD)) {
      one.start();
      other.start();
      Waiting.until("all are struck off", () -> world.waiting() == 0);
    }
    for (int i = 0; i < many; i++) assertThat(world.paid("race-" + i, World.MORNING)).hasSize(1);
    assertThat(world.ended("Pay", "done")).isEqualTo(many);
    assertThat(world.wallet.unbalanced()).isEmpty();
  }

  @Test void an_errand_whose_runner_died_comes_due_again_and_takes_effect_once() {
    var dispute = world.refunding("abandoned", null);
    world.order(dispute, World.MORNING);
    var patience = Duration.ofSeconds(30);
    var claimed = world.database.errands.claim(World.MORNING, 10, patience);
    assertThat(claimed).hasSize(1);
    // It was carried out, and died before it could say so.
    var matter = world.carrier.matter(claimed.getFirst());
    world.carrier.carry(claimed.getFirst(), new Errand.Pay(World.MORNING, 1), matter, World.MORNING);
    assertThat(world.database.errands.claim(World.MORNING.plusSeconds(29), 10, patience)).extracting(Due::key)
        .doesNotContain("pay");
    try (var runner = world.runner(Clock.fixed(World.MORNING.plusSeconds(90), ZoneOffset.UTC), Pace.STANDARD)) {
      runner.start();
      Waiting.until("it is struck off", () -> world.waiting() == 0);
    }
    assertThat(world.paid("abandoned", World.MORNING)).hasSize(1);
  }

  @Test void an_errand_that_always_fails_is_parked_and_can_be_resumed() {
    var nowhere = world.refunding("parked", null);
    world.order(nowhere, World.MORNING);
    world.database.sql
        .sql("update dispute set rules = 'never published', stage = jsonb_set(stage::jsonb, '{filing,rules}', '\"?\"')"
            + " where id = ?")
        .param(nowhere.number()).update();
    try (var runner = world.runner(Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), World.QUICK)) {
      runner.start();
      Waiting.until("it lies aside", () -> world.database.errands.countParked() == 1);
      var parked = world.database.errands.parked(10).getFirst();
      assertThat(parked.due().dispute()).isEqualTo(nowhere);
      assertThat(parked.due().tries()).isEqualTo(3);
      assertThat(parked.why()).contains("no rule set ?");
      world.database.sql
          .sql("update dispute set stage = jsonb_set(stage::jsonb, '{filing,rules}', '\"2026-1\"') where id = ?")
          .param(nowhere.number()).update();
      assertThat(world.database.errands.resume(nowhere, "pay", World.MORNING)).isTrue();
      Waiting.until("it is struck off", () -> world.waiting() == 0);
    }
    assertThat(world.paid("parked", World.MORNING)).hasSize(1);
  }

  @Test void an_errand_that_has_become_pointless_ends_quietly() {
    var dispute = world.refunding("pointless", null);
    world.database.errands.add(dispute, "audit", World.MORNING, new Errand.Audit(World.MORNING));
    world.database.errands.add(dispute, "pay", World.MORNING, new Errand.Pay(World.MORNING, 7));
    try (var runner = world.runner(world.clock, Pace.STANDARD)) {
      runner.start();
      Waiting.until("both are struck off", () -> world.waiting() == 0);
    }
    assertThat(world.ended("Audit", "dropped")).isEqualTo(1);
    assertThat(world.ended("Pay", "dropped")).isEqualTo(1);
  }

  @Test void an_idle_runner_uses_next_to_no_processor_time() {
    try (var runner = world.runner(world.clock, Pace.STANDARD)) {
      runner.start();
      var threads = java.lang.management.ManagementFactory.getThreadMXBean();
      long id = Thread.getAllStackTraces().keySet().stream().filter(it -> it.getName().equals("runner")).findFirst()
          .orElseThrow().threadId();
      long spent = threads.getThreadCpuTime(id);
      long began = System.nanoTime();
      Waiting.until("a second has passed", () -> System.nanoTime() - began > 1_000_000_000L);
      assertThat(Duration.ofNanos(threads.getThreadCpuTime(id) - spent)).isLessThan(Duration.ofMillis(300));
    }
  }

  @Test void a_silent_provider_is_asked_after_five_minutes_an_hour_and_then_daily() {
    var since = World.MORNING;
    var asked = new ArrayList<Duration>();
    for (var at = since; asked.size() < 5; at = Pace.enquiry(since, at)) asked.add(Duration.between(since, at));
    assertThat(asked).containsExactly(Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(25),
        Duration.ofHours(49));
  }
}
