package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.dispute.Play.*;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.policy.Deadline;

/** Refund and chargeback race each other: one payment in the end, or an overpayment that is claimed back. */
class ChargebackTest {

  private static Play refunding() {
    return confirmed(refund(6_000, Executor.PLATFORM)).is(Status.AUDITING);
  }

  private static long claimed(Play play) {
    return play.events.stream().filter(Event.Overpaid.class::isInstance)
        .mapToLong(it -> ((Event.Overpaid) it).minor()).sum();
  }

  @Test void the_chargeback_comes_first_and_the_refund_arrives_all_the_same() {
    var play = refunding().by(PLATFORM, new OpenChargeback(7_000)).is(Status.EXCEPTION);
    assertThat(claimed(play)).as("nobody knows yet").isZero();
    play.paysOut(1).ended(Outcome.SUPERSEDED_BY_CHARGEBACK);
    assertThat(claimed(play)).isEqualTo(3_000);
    assertThat(play.m.payment().overpaid()).isEqualTo(3_000);
    assertThat(play.m.dispute().findings()).extracting(Finding::code).contains(FindingCode.OVERPAID);
  }

  @Test void the_chargeback_comes_first_and_the_refund_fails() {
    var play = refunding().by(PLATFORM, new OpenChargeback(7_000))
        .by(SYSTEM, new RecordRefund(1, Refund.State.FAILED, null)).ended(Outcome.SUPERSEDED_BY_CHARGEBACK);
    assertThat(claimed(play)).isZero();
    assertThat(play.m.dispute().refunds()).as("it is not tried again").hasSize(1);
    assertThat(play.m.payment().refunded() + play.m.payment().chargedBack()).isEqualTo(7_000);
  }

  @Test void the_refund_arrives_first_and_then_the_chargeback_comes() {
    var play = refunding().paysOut(1).by(PLATFORM, new OpenChargeback(7_000))
        .ended(Outcome.SUPERSEDED_BY_CHARGEBACK);
    assertThat(claimed(play)).isEqualTo(3_000);
    assertThat(play.m.dispute().findings()).extracting(Finding::code).contains(FindingCode.OVERPAID);
  }

  @Test void what_both_together_do_not_exceed_is_nobodys_debt() {
    var play = refunding().paysOut(1).by(PLATFORM, new OpenChargeback(4_000))
        .ended(Outcome.SUPERSEDED_BY_CHARGEBACK);
    assertThat(claimed(play)).isZero();
    assertThat(play.m.payment().refundable()).isZero();
  }

  @Test void a_chargeback_after_the_end_is_claimed_and_given_up_when_the_refund_comes_back() {
    var play = refunding().paysOut(1).audit().until(Deadline.VERIFICATION_DAY1)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE)).time().audit().time()
        .ended(Outcome.SETTLED_FULFILLED).after(Duration.ofDays(1)).by(PLATFORM, new OpenChargeback(PRICE));
    assertThat(claimed(play)).isEqualTo(6_000);
    play.by(SYSTEM, new RecordRefund(1, Refund.State.REVERSED, null)).is(Status.CLOSED);
    assertThat(claimed(play)).isZero();
    assertThat(play.m.payment().overpaid()).isZero();
  }

  @Test void a_chargeback_alone_is_no_overpayment_and_nothing_is_looked_at_any_more() {
    var play = confirmed(refund(6_000, Executor.MERCHANT)).by(PLATFORM, new OpenChargeback(7_000))
        .ended(Outcome.SUPERSEDED_BY_CHARGEBACK);
    assertThat(claimed(play)).isZero();
    play.silently(SYSTEM, new RecordAudit(new redress.check.Facts.Audit(true,
        play.m.dispute().settled().termsHash(), 0, List.of(), List.of(), transaction(), List.of(outside(6_000)))));
  }
}
