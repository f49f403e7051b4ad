package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.dispute.Play.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redress.check.Facts;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.policy.Deadline;
import redress.policy.Role;

/** Whole lives of disputes, told step by step. */
class StoriesTest {
  private static final Terms RETURN_FIRST = Terms.of(Remedy.RETURN_AND_REFUND, PRICE, 0, Executor.PLATFORM, 0);

  @Test void a_promise_kept_is_verified_over_three_days_and_recorded() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).is(Status.AUDITING).paysOut(1).audit();
    assertThat(play.m.dispute().obligations().getFirst().state()).isEqualTo(Obligation.State.VERIFIED);
    play.until(Deadline.VERIFICATION_DAY1).is(Status.FOLLOWING_UP)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE)).is(Status.FOLLOWING_UP)
        .time().is(Status.CONCLUDING).audit().time().ended(Outcome.SETTLED_FULFILLED);
    assertThat(Duration.between(play.m.dispute().settled().a0(), play.now)).isEqualTo(Duration.ofDays(3));
    assertThat(play.m.payment().available()).isEqualTo(PRICE - 4_000);
    play.row(1).row(3).row(5).row(22).row(25).row(26).row(29);
  }

  @Test void nothing_is_verified_before_its_day_is_over() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).paysOut(1).audit();
    var v0 = play.now;
    play.until(Deadline.VERIFICATION_DAY1);
    assertThat(play.now).isEqualTo(v0.plus(Duration.ofDays(1)));
    var due = play.next().due();
    play.now = due.minusNanos(1_000);
    play.silently(SYSTEM, new Pass(Deadline.VERIFICATION_DAY2, 0, due));
  }

  @Test void a_merchant_that_does_not_pay_is_enforced_from_the_hold_and_verified_again() {
    var play = confirmed(refund(4_000, Executor.MERCHANT)).is(Status.AUDITING).audit(List.of())
        .until(Deadline.OBLIGATION_REFUND).is(Status.EXCEPTION);
    assertThat(play.m.dispute().wasOverdue(Side.MERCHANT)).isTrue();
    play.until(Deadline.EXCEPTION_CURE).is(Status.EXCEPTION).audit(List.of());
    var refund = play.m.dispute().refund(1).orElseThrow();
    assertThat(refund.enforcement()).isTrue();
    assertThat(refund.fromHold()).isEqualTo(4_000);
    play.paysOut(1).is(Status.AUDITING).audit().until(Deadline.VERIFICATION_DAY1)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE)).time().audit().time()
        .ended(Outcome.SETTLED_ENFORCED);
  }

  @Test void a_buyer_who_is_dissatisfied_negotiates_again_and_keeps_what_was_paid() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).paysOut(1).audit().until(Deadline.VERIFICATION_DAY1)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.DISSATISFIED, TEXT)).is(Status.AWAITING_MERCHANT).row(27);
    assertThat(play.m.dispute().round().number()).isEqualTo(2);
    assertThat(play.m.payment().refundable()).isEqualTo(6_000);
    play.refused(MERCHANT, offer(6_001), Refusal.AMOUNT_TOO_HIGH).by(MERCHANT, offer(6_000));
  }

  @Test void an_answer_given_on_day_one_acts_when_day_two_begins() {
    confirmed(refund(4_000, Executor.PLATFORM)).paysOut(1).audit()
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.DISSATISFIED, TEXT)).is(Status.AUDITING)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.DISSATISFIED, TEXT)).until(Deadline.VERIFICATION_DAY1)
        .is(Status.AWAITING_MERCHANT);
  }

  @Test void a_buyer_who_is_not_reached_is_never_counted_as_satisfied() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).paysOut(1).audit().until(Deadline.VERIFICATION_DAY1);
    for (var channel : List.of("EMAIL", "IN_APP", "EMAIL")) play.by(SYSTEM, new RecordContact(channel, false));
    play.time().is(Status.CONCLUDING).row(28).audit().time().is(Status.CONCLUDING);
    play.by(VERIFIER, new SignFinding(play.finding(FindingCode.BUYER_NOT_REACHED), TEXT))
        .ended(Outcome.SETTLED_FULFILLED);
    assertThat(play.m.dispute().followUp().answer()).isNull();
  }

  @Test void a_refund_that_the_merchant_makes_at_its_own_provider_is_found_in_the_books_and_counts() {
    var play = confirmed(refund(4_000, Executor.MERCHANT)).by(MERCHANT, new ReportPerformance(11, TEXT))
        .audit(List.of(outside(4_000)));
    assertThat(play.m.payment().refunded()).isEqualTo(4_000);
    assertThat(play.m.payment().held(ID)).isEqualTo(PRICE);
    play.until(Deadline.VERIFICATION_DAY1).is(Status.FOLLOWING_UP);
  }

  @Test void a_refund_reported_but_not_in_the_books_is_a_problem() {
    confirmed(refund(4_000, Executor.MERCHANT)).by(MERCHANT, new ReportPerformance(11, TEXT)).audit(List.of())
        .until(Deadline.VERIFICATION_DAY1).is(Status.EXCEPTION).finding(FindingCode.REFUND_RECORD_MISSING);
  }

  @Test void what_a_lead_ends_after_the_sixth_problem_keeps_what_the_buyer_said() {
    var play = confirmed(refund(4_000, Executor.MERCHANT)).by(MERCHANT, new ReportPerformance(11, TEXT))
        .audit(List.of()).until(Deadline.VERIFICATION_DAY1);
    for (int problem = 1; problem < 6; problem++) {
      play.is(Status.EXCEPTION).refused(LEAD, new EndException(TEXT), Refusal.NOT_THE_LAST_RESORT)
          .by(VERIFIER, new RefuteFinding(play.finding(FindingCode.REFUND_RECORD_MISSING), TEXT))
          .by(BUYER, new AnswerFollowUp(FollowUp.Answer.DISSATISFIED, TEXT)).audit(List.of());
    }
    var alert = play.is(Status.EXCEPTION).next();
    assertThat(alert.deadline()).isEqualTo(Deadline.LEAD_ALERT);
    play.after(Duration.ofHours(23)).by(MERCHANT, new SendMessage(TEXT, List.of()));
    assertThat(play.next()).as("talking does not put it off").isEqualTo(alert);
    play.time().after(Duration.ofHours(1)).by(MERCHANT, new SendMessage(TEXT, List.of()));
    assertThat(play.next().due()).isEqualTo(alert.due().plus(Duration.ofDays(1)));
    play.audit(List.of(Play.outside(4_000))).by(LEAD, new EndException(TEXT))
        .ended(Outcome.SETTLED_FULFILLED);
    assertThat(play.m.dispute().findings()).extracting(Finding::code).contains(FindingCode.BUYER_DISSATISFIED);
  }

  @Test void goods_go_back_before_money_does() {
    var play = confirmed(RETURN_FIRST).is(Status.PERFORMING);
    assertThat(play.m.dispute().refunds()).isEmpty();
    play.by(BUYER, new ShipReturn(11, TEXT)).by(PLATFORM, new ReportShipment(11, Shipment.DELIVERED))
        .by(MERCHANT, new AcknowledgeReturn(12, Condition.AS_SENT));
    assertThat(play.m.dispute().refunds()).hasSize(1);
    play.paysOut(1).is(Status.AUDITING).row(24);
  }

  @Test void a_return_never_sent_lapses_and_the_refund_with_it() {
    var play = confirmed(RETURN_FIRST).until(Deadline.RETURN_SHIP).is(Status.AUDITING);
    assertThat(play.m.dispute().obligations()).allMatch(o -> o.state() == Obligation.State.LAPSED);
    play.by(VERIFIER, new SignFinding(play.finding(FindingCode.RETURN_NOT_SENT), TEXT)).audit()
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE)).time().time().audit().time()
        .ended(Outcome.SETTLED_LAPSED);
  }

  @Test void a_parcel_that_never_arrives_stops_the_dispute() {
    var play = confirmed(RETURN_FIRST).by(BUYER, new ShipReturn(11, TEXT)).until(Deadline.RETURN_TRANSIT)
        .is(Status.EXCEPTION);
    play.by(VERIFIER, new Cure(play.finding(FindingCode.RETURN_NOT_DELIVERED), TEXT)).is(Status.PERFORMING);
    assertThat(play.next().deadline()).isEqualTo(Deadline.RETURN_ACKNOWLEDGE);
  }

  @Test void business_days_skip_the_weekend_of_the_buyers_zone() {
    var friday = Instant.parse("2026-03-06T03:00:00Z");
    assertThat(Settling.businessDays(friday, Duration.ofDays(2), java.time.ZoneId.of("Asia/Shanghai")))
        .isEqualTo(Instant.parse("2026-03-10T03:00:00Z"));
  }

  @Test void silence_of_the_merchant_brings_the_platform_in() {
    var play = filed();
    assertThat(play.next().deadline()).isEqualTo(Deadline.MERCHANT_FIRST_REPLY);
    play.until(Deadline.MERCHANT_REPLY).is(Status.MEDIATION_QUEUED).row(8);
    assertThat(play.m.dispute().wasOverdue(Side.MERCHANT)).isTrue();
  }

  @Test void silence_of_a_reminded_buyer_closes_and_of_an_unreminded_one_does_not() {
    var awaited = filed().by(MERCHANT, offer(1_000)).is(Status.AWAITING_BUYER);
    var due = ((Stage.Negotiating) awaited.m.dispute().stage()).replyDue();
    var unreminded = filed().by(MERCHANT, offer(1_000)).until(Deadline.BUYER_REPLY).is(Status.MEDIATION_QUEUED).row(9);
    assertThat(unreminded.m.payment().held(ID)).isEqualTo(PRICE);
    awaited.by(SYSTEM, new RecordReminder(Deadline.BUYER_REPLY, due, true)).until(Deadline.BUYER_REPLY)
        .ended(Outcome.EXPIRED_BUYER_SILENT);
  }

  @Test void two_assents_to_a_proposal_settle_and_two_refusals_use_it_up() {
    var play = mediating().by(MEDIATOR, new ProposeSettlement(refund(3_000, Executor.PLATFORM), TEXT))
        .by(BUYER, new AcceptProposal(1)).is(Status.PROPOSED)
        .refused(BUYER, new AcceptProposal(1), Refusal.ALREADY_SPOKEN);
    play.by(MERCHANT, new AcceptProposal(1)).is(Status.CONFIRMING);
    mediating().by(MEDIATOR, new ProposeSettlement(refund(3_000, Executor.PLATFORM), TEXT))
        .by(MERCHANT, new DeclineProposal(1, TEXT)).is(Status.MEDIATING).row(16);
  }

  @Test void a_ruling_is_verified_like_a_settlement_and_keeps_its_outcome() {
    var play = mediating().by(MEDIATOR, forBuyer()).is(Status.DECIDED).by(BUYER, new WaiveAppeal())
        .by(MERCHANT, new WaiveAppeal()).is(Status.CONFIRMING);
    play.by(SYSTEM, new ConfirmIdentity(new Facts.Identity("acc", "acc", 1, START, true)))
        .by(SYSTEM, new ConfirmTransaction(transaction())).is(Status.AUDITING).paysOut(1).audit().time()
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.DISSATISFIED, TEXT)).is(Status.FOLLOWING_UP).time()
        .is(Status.CONCLUDING).audit().time().ended(Outcome.DECIDED_FOR_BUYER);
  }

  @Test void an_appeal_is_decided_by_someone_else() {
    var play =
        mediating().by(LEAD, forBuyer()).by(MERCHANT, new Appeal(Ground.PROCEDURE, TEXT)).by(BUYER, new WaiveAppeal())
            .is(Status.APPEALED);
    var nothing = new DecideAppeal(Outcome.DECIDED_FOR_MERCHANT, new Terms(Remedy.EXPLANATION_ONLY, List.of()),
        Ruling.Liable.BUYER, TEXT);
    play.refused(LEAD, nothing, Refusal.SAME_PERSON).by(new Actor(Role.MEDIATOR_LEAD, "otto"), nothing)
        .ended(Outcome.DECIDED_FOR_MERCHANT).row(20).row(21);
  }

  @Test void nobody_judges_with_a_conflict_of_interest() {
    var friend = new Actor(Role.MEDIATOR, "fred", Long.MAX_VALUE, Set.of("shop"));
    queued().refused(friend, new Assign(), Refusal.CONFLICT_OF_INTEREST);
  }

  @Test void a_chargeback_waits_for_the_refund_in_flight_and_then_ends_the_dispute() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).by(PLATFORM, new OpenChargeback(6_000)).is(Status.EXCEPTION);
    play.refused(VERIFIER, new Cure(play.finding(FindingCode.CHARGEBACK_OPENED), TEXT), Refusal.NO_SUCH_FINDING)
        .paysOut(1).ended(Outcome.SUPERSEDED_BY_CHARGEBACK).row(34);
    assertThat(play.m.payment().refundable()).isZero();
  }

  @Test void a_refund_that_comes_back_after_the_end_opens_the_dispute_again_with_a_new_hold() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).paysOut(1).audit().until(Deadline.VERIFICATION_DAY1)
        .by(BUYER, new AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE)).time().audit().time().is(Status.CLOSED)
        .by(SYSTEM, new RecordRefund(1, Refund.State.REVERSED, null)).is(Status.EXCEPTION).row(36);
    assertThat(play.m.payment().held(ID)).isEqualTo(4_000);
    assertThat(play.m.payment().refundable()).isEqualTo(PRICE);
  }

  @Test void that_a_refund_is_unknown_is_not_refuted_while_it_is() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).until(Deadline.OBLIGATION_REFUND).is(Status.EXCEPTION)
        .audit(List.of());
    var unknown = play.finding(FindingCode.REFUND_UNKNOWN);
    play.refused(VERIFIER, new RefuteFinding(unknown, TEXT), Refusal.MONEY_IN_FLIGHT)
        .by(SYSTEM, new RecordRefund(1, Refund.State.UNKNOWN, null))
        .by(VERIFIER, new RecordRefund(1, Refund.State.SUCCEEDED, null))
        .refused(VERIFIER, new RefuteFinding(unknown, TEXT), Refusal.NO_SUCH_FINDING);
  }

  @Test void two_disputes_cannot_spend_the_same_money() {
    var one = filed().by(MERCHANT, offer(PRICE)).by(BUYER, new AcceptOffer(1)).confirm();
    assertThat(one.m.payment().refundable()).isZero();
    var second = Rules.decide(new Matter(one.m.rules(), one.m.payment(), Dispute.NONE),
        new Act(BUYER, one.now, file(new DisputeId(ID.home(), 8), 1, Set.of("case"))));
    assertThat(second).isEqualTo(Decision.no(Refusal.ITEMS_DISPUTED, "items"));
  }

  @Test void every_step_offered_is_accepted_when_taken() {
    var play = filed().by(MERCHANT, offer(1_000));
    var names = Rules.actions(play.m, BUYER, play.now).stream().map(Action::command).toList();
    assertThat(names).contains("AcceptOffer", "DeclineOffer", "MakeOffer", "Withdraw", "SendMessage")
        .doesNotContain("WithdrawOffer", "Escalate", "RefundNow");
    var accept =
        Rules.actions(play.m, BUYER, play.now).stream().filter(a -> a.command().equals("AcceptOffer")).findFirst()
            .orElseThrow();
    assertThat(accept.onExpiry()).isEqualTo(Deadline.OFFER_VALIDITY);
  }

  private static Play queued() {
    return filed().after(Duration.ofHours(73)).by(BUYER, new Escalate(TEXT)).is(Status.MEDIATION_QUEUED);
  }

  private static Play mediating() {
    return queued().by(MEDIATOR, new Assign()).is(Status.MEDIATING);
  }

  private static Decide forBuyer() {
    return new Decide(Outcome.DECIDED_FOR_BUYER, refund(4_000, Executor.PLATFORM), Ruling.Liable.MERCHANT, TEXT);
  }
}
