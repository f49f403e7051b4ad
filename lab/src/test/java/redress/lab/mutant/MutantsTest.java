package redress.lab.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MutantsTest {
  @Test void every_planted_mistake_is_caught_by_an_invariant() throws IOException {
    assertThat(Planted.ALL).hasSizeGreaterThanOrEqualTo(12);
    for (var verdict : Mutants.judge(Planted.ALL, 100_000, 7)) {
      var mutant = verdict.mutant().name();
      System.out.println(mutant + ": " + verdict.invariant() + " after " + verdict.millis() + " ms");
      assertThat(verdict.caught()).as(mutant + ": " + verdict.seen()).isTrue();
    }
  }

  @Test void a_mistake_that_no_longer_fits_the_source_says_which_it_is() {
    var stale = Mutant.ofRules("an old one", "dispute/Payment.java", "no such passage", "anything");
    assertThatThrownBy(() -> Workshop.patch(stale, "source")).hasMessageContaining("an old one");
    var twice = Mutant.ofRules("one too many", "dispute/Payment.java", "a", "b");
    assertThatThrownBy(() -> Workshop.patch(twice, "a a")).hasMessageContaining("exactly once");
  }
}
