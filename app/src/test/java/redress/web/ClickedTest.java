package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redress.dispute.Transition;
import redress.policy.Role;
import redress.verb.Verb;
import redress.verb.Verbs;

/** Every step of docs/rules.md that a person makes, and everything else a person can say, is clicked in some test. */
class ClickedTest {
  private static final List<Class<?>> TESTS = List.of(DisputePageTest.class, FilingTest.class, DayTwoTest.class,
      MerchantDeskTest.class, MerchantDutiesTest.class, StaffPagesTest.class, RareStepsTest.class,
      WorkedExampleTest.class, KeyboardTest.class);
  /** What programs and time say. */
  private static final Set<Role> NOBODY = EnumSet.of(Role.SYSTEM, Role.PLATFORM);
  /** Said by the host platform's programs alone. */
  private static final Set<String> PROGRAMS = Set.of("ReportShipment", "OpenChargeback");

  private static Set<String> clicked() {
    return TESTS.stream().flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
        .filter(it -> it.isAnnotationPresent(Clicks.class))
        .flatMap(it -> Arrays.stream(it.getAnnotation(Clicks.class).value()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test void every_transition_that_a_person_makes_is_clicked_somewhere() {
    var steps = Stream.of(Transition.values()).flatMap(it -> it.steps.stream())
        .filter(it -> !NOBODY.containsAll(it.who())).flatMap(it -> it.commands().stream())
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(steps).isNotEmpty();
    assertThat(clicked()).containsAll(steps);
  }

  @Test void everything_else_that_a_person_can_say_is_clicked_too() {
    assertThat(Verbs.ALL).extracting(Verb::command).filteredOn(it -> !PROGRAMS.contains(it))
        .allSatisfy(it -> assertThat(clicked()).contains(it));
  }
}
