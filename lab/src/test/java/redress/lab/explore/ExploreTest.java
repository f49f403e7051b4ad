package redress.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redress.dispute.Act;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Remedy;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Timer;
import redress.dispute.Transition;
import redress.lab.life.Bodies;
import redress.policy.Deadline;

class ExploreTest {
  /** Where mistakes are planted: nothing is owed, no second round, the first problem is the last. */
  private static final SmallWorld TINY = new SmallWorld("tiny", new Terms(Remedy.EXPLANATION_ONLY, List.of()),
      Set.of(), SmallWorld.small(0, 1));
  private static final int MOST = 2_000_000;
  private static final Duration DAY = Duration.ofDays(1);

  @Test void every_state_of_the_small_worlds_has_a_way_to_the_end_and_nothing_goes_round() {
    long began = System.nanoTime();
    var all = Explorer.explore(SmallWorld.ALL, MOST);
    System.out.println(Findings.line(all, (System.nanoTime() - began) / 1_000_000_000));
    var statuses = new TreeSet<Status>();
    var rows = new TreeSet<Integer>();
    var commands = new TreeSet<String>();
    for (var found : all) {
      var walk = found.walk();
      assertThat(walk.complete()).as(walk.world() + " is explored to its end").isTrue();
      assertThat(found.deadEnds()).as(walk.world()).isEmpty();
      assertThat(found.loops()).as(walk.world()).isEmpty();
      assertThat(found.strangers()).as(walk.world()).isEmpty();
      assertThat(found.byDeadlines() + found.byAnswers() + found.byStaff()).as(walk.world() + ", open states that end")
          .isEqualTo(open(walk));
      statuses.addAll(walk.statuses().keySet());
      rows.addAll(walk.rows());
      commands.addAll(walk.commands());
    }
    assertThat(statuses).containsExactly(Status.values());
    assertThat(rows).containsAll(IntStream.rangeClosed(1, Transition.values().length).boxed().toList());
    // A question asked makes no other state, so that nobody has one to answer.
    commands.addAll(Set.of("AnswerSupport", "AnswerFeedback"));
    assertThat(commands).containsAll(Bodies.NAMES);
  }

  private static int open(Findings.Walk walk) {
    return walk.statuses().entrySet().stream()
        .filter(it -> it.getKey() != Status.NOT_FILED && it.getKey() != Status.CLOSED)
        .mapToInt(it -> it.getValue()).sum();
  }

  @Test void the_world_in_which_mistakes_are_planted_has_none_of_its_own() {
    var found = explore(Laws.REAL);
    assertThat(found.isGood()).as(found.toString()).isTrue();
  }

  @Test void a_walk_that_is_given_up_is_not_complete() {
    var found = new Explorer(TINY, Laws.REAL, 100).explore();
    assertThat(found.walk().complete()).isFalse();
    assertThat(found.isGood()).isFalse();
  }

  @Test void a_stage_whose_deadline_was_forgotten_is_a_dead_end() {
    var found = explore(laws(Laws.REAL::decide, timers -> timers.stream()
        .filter(it -> it.deadline() != Deadline.SETTLEMENT_CONFIRM).toList()));
    assertThat(found.deadEnds()).anyMatch(it -> it.startsWith("nothing is waited for"));
  }

  @Test void staff_that_cannot_act_is_no_way_to_the_end() {
    var found = explore(laws((matter, act) -> act.command() instanceof Command.DecideAppeal
        ? Decision.yes() : Laws.REAL.decide(matter, act)));
    assertThat(found.deadEnds()).anyMatch(it -> it.startsWith("no way to the end"));
  }

  @Test void staff_that_nobody_alerts_is_no_way_to_the_end() {
    var found = explore(laws((matter, act) -> act.command() instanceof Command.Pass pass
        && pass.deadline() == Deadline.LEAD_ALERT ? Decision.yes(new Event.NoteAdded(Bodies.text()))
            : Laws.REAL.decide(matter, act)));
    assertThat(found.deadEnds()).anyMatch(it -> it.startsWith("time goes on and nobody is told"));
  }

  @Test void a_reply_time_that_always_starts_again_is_an_endless_loop() {
    var found = explore(laws((matter, act) -> act.command() instanceof Command.Pass pass
        && pass.deadline() == Deadline.MERCHANT_REPLY
            ? Decision.yes(new Event.TurnPassed(2, Side.MERCHANT, act.at().plus(DAY))) : Laws.REAL.decide(matter, act),
        timers -> timers.stream().filter(it -> it.deadline() != Deadline.NEGOTIATION_TOTAL).toList()));
    assertThat(found.loops()).anyMatch(it -> it.startsWith("time goes round"));
  }

  @Test void an_audit_that_asks_for_another_audit_is_an_endless_loop() {
    var found = explore(laws((matter, act) -> act.command() instanceof Command.RecordAudit
        && matter.dispute().stage() instanceof Stage.Auditing day
            ? Decision.yes(new Event.AuditingStarted(24, act.at(), day.ends())) : Laws.REAL.decide(matter, act)));
    assertThat(found.loops()).anyMatch(it -> it.startsWith("answers go round"));
  }

  @Test void states_that_differ_and_look_alike_are_noticed() {
    var found = explore(laws((matter, act) -> act.command() instanceof Command.Withdraw
        && matter.dispute().version() % 2 == 0 ? Decision.yes() : Laws.REAL.decide(matter, act)));
    assertThat(found.strangers()).isNotEmpty();
  }

  private static Findings explore(Laws laws) {
    return new Explorer(TINY, laws, MOST).explore();
  }

  private static Laws laws(BiFunction<Matter, Act, Decision> decide) {
    return laws(decide, timers -> timers);
  }

  private static Laws laws(BiFunction<Matter, Act, Decision> decide, UnaryOperator<List<Timer>> timers) {
    return new Laws() {
      @Override public Decision decide(Matter matter, Act act) {
        return decide.apply(matter, act);
      }

      @Override public List<Timer> timers(Matter matter) {
        return timers.apply(Laws.REAL.timers(matter));
      }
    };
  }
}
