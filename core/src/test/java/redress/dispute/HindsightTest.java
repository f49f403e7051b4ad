package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.dispute.Play.BUYER;
import static redress.dispute.Play.MERCHANT;
import static redress.dispute.Play.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redress.dispute.Hindsight.Fate;
import redress.dispute.Hindsight.Happening;
import redress.dispute.Hindsight.Ran;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/** What other figures would have meant for what has happened. */
class HindsightTest {
  private static RuleSet with(Deadline deadline, String length) {
    var it = RuleSet.STANDARD;
    return new RuleSet("draft", START, Map.of(deadline, Duration.parse(length)), it.offerMin(), it.offerMax(),
        it.evidenceMin(), it.breachAfter(), it.followUpSpacing(), it.wakingFromHour(), it.wakingToHour(),
        it.escalateAfter(), it.limits());
  }

  /** Plays on and remembers when each event happened. */
  private static final class Diary {
    final Play play = Play.filed();
    final List<Happening> past = new ArrayList<>();

    Diary noted() {
      Instant at = play.now;
      for (var event : play.events.subList(past.size(), play.events.size())) past.add(new Happening(event, at));
      return this;
    }

    Diary after(String time) {
      noted();
      play.after(Duration.parse(time));
      return this;
    }

    Ran ran(Deadline deadline) {
      noted();
      return Hindsight.of(RuleSet.STANDARD, play.m.payment(), past).stream().filter(it -> it.deadline() == deadline)
          .findFirst().orElseThrow();
    }
  }

  @Test void an_answer_after_thirty_hours_is_late_under_a_day_and_in_time_under_two() {
    var diary = new Diary().after("PT30H");
    diary.play.by(MERCHANT, Play.offer(5_000));
    var ran = diary.ran(Deadline.MERCHANT_REPLY);
    assertThat(ran).isEqualTo(new Ran(Deadline.MERCHANT_REPLY, Duration.ofHours(72), true, Duration.ofHours(30)));
    assertThat(ran.missed()).isFalse();
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT24H"))).isEqualTo(Fate.MISSED);
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT30H"))).isEqualTo(Fate.MISSED);
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT48H"))).isEqualTo(Fate.MET);
    assertThat(ran.under(with(Deadline.BUYER_REPLY, "PT1H"))).isEqualTo(Fate.MET);
  }

  @Test void nobody_knows_what_would_have_been_done_in_more_time() {
    var diary = new Diary().after("PT24H");
    diary.play.by(Actor.SYSTEM, new Command.Pass(Deadline.MERCHANT_FIRST_REPLY, 0, START.plus(Duration.ofDays(1))));
    diary.after("PT48H");
    diary.play.by(Actor.SYSTEM, new Command.Pass(Deadline.MERCHANT_REPLY, 0, START.plus(Duration.ofDays(3))));
    assertThat(diary.play.m.dispute().status()).isEqualTo(Status.MEDIATION_QUEUED);
    var ran = diary.ran(Deadline.MERCHANT_REPLY);
    assertThat(ran.missed()).isTrue();
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT96H"))).isEqualTo(Fate.UNKNOWN);
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT72H"))).isEqualTo(Fate.MISSED);
    assertThat(ran.under(with(Deadline.MERCHANT_REPLY, "PT12H"))).isEqualTo(Fate.MISSED);
  }

  @Test void what_still_runs_and_what_nobody_has_to_meet_is_not_counted() {
    var diary = new Diary().after("PT2H");
    diary.play.by(MERCHANT, Play.offer(5_000)).by(BUYER, new Command.AcceptOffer(1));
    diary.noted();
    var all = Hindsight.of(RuleSet.STANDARD, diary.play.m.payment(), diary.past);
    assertThat(all).extracting(Ran::deadline).contains(Deadline.MERCHANT_REPLY, Deadline.NEGOTIATION_TOTAL)
        .doesNotContain(Deadline.OFFER_VALIDITY, Deadline.SETTLEMENT_CONFIRM);
    assertThat(all).noneMatch(Ran::missed).allMatch(Ran::byRules);
  }
}
