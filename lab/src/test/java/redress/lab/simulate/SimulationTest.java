package redress.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;
import redress.lab.judge.Invariant;
import redress.lab.life.Tracks;
import redress.policy.Deadline;
import redress.policy.RuleSet;

class SimulationTest {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  @Test void a_million_lives_take_every_row_a_thousand_times_and_break_nothing() {
    var result = new Simulation(1_000_000, 20_261_123, THREADS, 5, RuleSet.STANDARD).run(done -> {});
    System.out
        .println("simulate: lives=" + result.tracks().lives() + " per_minute=" + result.perMinute() + " violations="
            + result.broken().size());
    assertThat(result.broken()).isEmpty();
    assertThat(result.tracks().lives()).isEqualTo(1_000_000);
    for (int row = 1; row <= Tracks.ROWS; row++) {
      assertThat(result.tracks().taken(row)).as("T" + row).isGreaterThanOrEqualTo(1_000);
    }
    result.tracks().faults().forEach((kind, count) -> assertThat(count).as(kind).isPositive());
    assertThat(result.tracks().checks()).isGreaterThan(1_000_000);
  }

  @Test void the_same_seed_lives_the_same_lives_whatever_the_threads() {
    var one = new Simulation(3_000, 5, 1, 5, RuleSet.STANDARD).run(done -> {});
    var three = new Simulation(3_000, 5, 3, 5, RuleSet.STANDARD).run(done -> {});
    var other = new Simulation(3_000, 6, 1, 5, RuleSet.STANDARD).run(done -> {});
    assertThat(three.tracks().hash()).isEqualTo(one.tracks().hash());
    assertThat(three.tracks().events()).isEqualTo(one.tracks().events());
    assertThat(other.tracks().hash()).isNotEqualTo(one.tracks().hash());
  }

  @Test void a_deadline_shorter_than_published_is_noticed_and_its_story_is_short() {
    var impatient = impatient();
    var result = new Simulation(2_000, 9, 1, 1, impatient).run(done -> {});
    assertThat(result.broken()).hasSize(1);
    var broken = result.broken().getFirst();
    assertThat(broken.violation().invariant).isEqualTo(Invariant.DEADLINE_PROMISED);
    var shrinker = new Shrinker(9, broken.life(), impatient, broken.violation());
    var story = shrinker.shortest();
    assertThat(story).hasSizeLessThanOrEqualTo(2);
    assertThat(new Teller(shrinker.setting()).tell(story)).anyMatch(line -> line.contains("must hold"));
  }

  private static RuleSet impatient() {
    var s = RuleSet.STANDARD;
    var lengths = new EnumMap<Deadline, Duration>(s.deadlines());
    lengths.put(Deadline.MERCHANT_REPLY, Duration.ofHours(71));
    return new RuleSet(s.version(), s.effectiveFrom(), lengths, s.offerMin(), s.offerMax(), s.evidenceMin(),
        s.breachAfter(),
        s.followUpSpacing(), s.wakingFromHour(), s.wakingToHour(), s.escalateAfter(), s.limits());
  }
}
