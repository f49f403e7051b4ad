package redress.lab.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import redress.policy.RuleSet;
import redress.store.Json;

/** What is stored of a dispute is all that the rules need of it. */
class StageTest {
  @Test void every_dispute_of_random_lives_is_read_back_as_it_was() {
    int seen = 0;
    for (int number = 0; number < 300; number++) {
      var lived = new Life(7, number, RuleSet.STANDARD, new Tracks()).live();
      var again = new World(lived.world().setting(), new Tracks());
      for (var step : lived.steps()) {
        again.take(step);
        for (int slot = 0; slot < World.SLOTS; slot++) {
          var dispute = again.dispute(slot);
          assertThat(Json.dispute(Json.stage(dispute))).isEqualTo(dispute);
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(10_000);
  }
}
