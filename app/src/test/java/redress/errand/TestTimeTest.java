package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.connect.Behaviour;
import redress.errand.TestTime.Advance;

class TestTimeTest {
  private static final Instant MORNING = World.MORNING;
  private static World world;

  @BeforeAll static void open() {
    world = new World();
  }

  @AfterAll static void close() {
    world.close();
  }

  @Test void an_advance_does_what_falls_due_on_the_way_and_only_on_its_clock() {
    clock("mine");
    clock("yours");
    world.order(world.refunding("mine-1", "mine"), MORNING.plus(Duration.ofDays(1)));
    world.order(world.refunding("mine-2", "mine"), MORNING.plus(Duration.ofDays(3)));
    world.order(world.refunding("yours-1", "yours"), MORNING.plus(Duration.ofDays(1)));
    world.order(world.refunding("real-1", null), MORNING.minusSeconds(5));
    var target = MORNING.plus(Duration.ofDays(2));
    assertThat(world.testTime().advance("mine", target)).isEqualTo(new Advance.Advanced(target, 1, 2));
    assertThat(world.paid("mine-1", target)).singleElement()
        .satisfies(record -> assertThat(record.arrival()).isEqualTo(MORNING.plus(Duration.ofDays(1))));
    assertThat(world.paid("mine-2", target)).isEmpty();
    assertThat(world.paid("yours-1", target)).isEmpty();
    assertThat(world.paid("real-1", target)).isEmpty();
    assertThat(world.database.clocks.now("mine")).contains(target);
    assertThat(world.database.clocks.now("yours")).contains(MORNING);
  }

  @Test void time_never_goes_back_and_an_unknown_clock_is_unknown() {
    clock("forward");
    assertThat(world.testTime().advance("forward", MORNING)).isEqualTo(new Advance.Advanced(MORNING, 0, 0));
    assertThat(world.testTime().advance("forward", MORNING.minusSeconds(1))).isEqualTo(new Advance.Backwards(MORNING));
    assertThat(world.testTime().advance("nobody's", MORNING)).isEqualTo(new Advance.Unknown());
  }

  @Test void a_clock_that_somebody_else_advances_is_busy_until_it_is_let_go() {
    clock("held");
    world.database.clocks.hold("held", "somebody", MORNING, Duration.ofMinutes(1));
    assertThat(world.testTime().advance("held", MORNING)).isEqualTo(new Advance.Busy());
    world.database.clocks.release("held", "somebody");
    assertThat(world.testTime().advance("held", MORNING)).isEqualTo(new Advance.Advanced(MORNING, 0, 0));
  }

  @Test void a_provider_that_is_down_for_six_hours_is_asked_until_it_answers_and_pays_once() {
    clock("down");
    var dispute = world.refunding("down-1", "down");
    world.wallet.tell("down-1", new Behaviour.Down(MORNING.plus(Duration.ofHours(6))));
    world.order(dispute, MORNING);
    world.testTime().advance("down", MORNING.plus(Duration.ofHours(24)));
    assertThat(world.paid("down-1", MORNING.plus(Duration.ofHours(24)))).isEmpty();
    world.testTime().advance("down", MORNING.plus(Duration.ofHours(25)));
    assertThat(world.paid("down-1", MORNING.plus(Duration.ofHours(25)))).hasSize(1);
    world.testTime().advance("down", MORNING.plus(Duration.ofDays(5)));
    assertThat(world.paid("down-1", MORNING.plus(Duration.ofDays(5)))).hasSize(1);
    assertThat(world.database.errands.ahead("down", 10)).isEmpty();
  }

  @Test void an_errand_that_always_fails_on_a_test_clock_is_parked_and_the_clock_goes_on() {
    clock("broken");
    var dispute = world.refunding("broken-1", "broken");
    world.order(dispute, MORNING.plusSeconds(5));
    world.database.sql.sql("update dispute set stage = jsonb_set(stage::jsonb, '{filing,rules}', '\"?\"') where id = ?")
        .param(dispute.number()).update();
    var target = MORNING.plus(Duration.ofDays(1));
    assertThat(world.testTime().advance("broken", target)).isEqualTo(new Advance.Advanced(target, 3, 3));
    assertThat(world.database.errands.countParked()).isEqualTo(1);
  }

  private static void clock(String id) {
    world.database.clocks.create(id, MORNING);
  }
}
