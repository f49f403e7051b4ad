package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransitionTest {

  @Test void the_table_has_thirty_six_rows_in_order() {
    assertThat(Arrays.stream(Transition.values()).map(transition -> transition.row))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 36).boxed().toList());
    assertThatThrownBy(() -> Transition.of(37)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void every_command_of_a_row_exists() {
    var commands = Arrays.stream(Command.class.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    for (var transition : Transition.values()) {
      for (var step : transition.steps) assertThat(commands).as(transition.name()).containsAll(step.commands());
    }
  }

  @Test void every_status_can_be_reached_and_left() {
    var left = EnumSet.noneOf(Status.class);
    var reached = EnumSet.of(Status.NOT_FILED);
    for (var transition : Transition.values()) {
      for (var step : transition.steps) {
        left.addAll(step.from());
        reached.addAll(step.to());
      }
    }
    assertThat(left).isEqualTo(EnumSet.allOf(Status.class));
    assertThat(reached).isEqualTo(EnumSet.allOf(Status.class));
  }

  @Test void a_step_of_no_row_keeps_the_status_and_a_row_leads_only_where_it_says() {
    assertThat(Transition.allows(0, Status.MEDIATING, Status.MEDIATING)).isTrue();
    assertThat(Transition.allows(0, Status.MEDIATING, Status.CLOSED)).isFalse();
    assertThat(Transition.allows(8, Status.AWAITING_MERCHANT, Status.MEDIATION_QUEUED)).isTrue();
    assertThat(Transition.allows(8, Status.AWAITING_BUYER, Status.MEDIATION_QUEUED)).isFalse();
    assertThat(Transition.allows(20, Status.APPEALED, Status.APPEALED)).isTrue();
    assertThat(Transition.allows(20, Status.APPEALED, Status.CLOSED)).isFalse();
    assertThat(Transition.allows(37, Status.CLOSED, Status.CLOSED)).isFalse();
  }
}
