package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.dispute.Play.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.money.Account;
import redress.money.Transfer;
import redress.policy.Deadline;
import redress.posting.Postings;

/** What happens when a promise is not paid: once more by the same route, the hold, the deposit, the fund. */
class EnforcementTest {
  private static final long PROMISED = 15_000;

  /** A compensation above the price was promised, not paid, and its cure time is over. */
  private static Play enforced() {
    return confirmed(Terms.of(Remedy.COMPENSATION, 0, PROMISED, Executor.MERCHANT, 0)).is(Status.AUDITING)
        .audit(List.of()).until(Deadline.OBLIGATION_REFUND).is(Status.EXCEPTION).until(Deadline.EXCEPTION_CURE)
        .audit(List.of());
  }

  private static Stage.Excepted.Ask ask(Play play) {
    var ask = ((Stage.Excepted) play.m.dispute().stage()).ask();
    assertThat(ask).isNotNull();
    return java.util.Objects.requireNonNull(ask);
  }

  private static Play gives(Play play, long minor) {
    var ask = ask(play);
    return play.by(SYSTEM, new ReserveFunds(ask.pot(), ask.number(), minor));
  }

  @Test void a_refund_that_fails_is_tried_once_more_by_the_same_route_before_anything_else_happens() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).by(SYSTEM, new RecordRefund(1, Refund.State.FAILED, null))
        .is(Status.AUDITING);
    var again = play.m.dispute().refund(2).orElseThrow();
    assertThat(again.state()).isEqualTo(Refund.State.REQUESTED);
    assertThat(again.minor()).isEqualTo(4_000);
    assertThat(again.reference(ID)).isNotEqualTo(play.m.dispute().refund(1).orElseThrow().reference(ID));
    play.by(SYSTEM, new RecordRefund(2, Refund.State.FAILED, null)).is(Status.EXCEPTION)
        .finding(FindingCode.REFUND_FAILED);
    assertThat(play.m.dispute().refunds()).hasSize(2);
  }

  @Test void the_second_try_counts_like_the_first_when_it_arrives() {
    var play = confirmed(refund(4_000, Executor.PLATFORM)).by(SYSTEM, new RecordRefund(1, Refund.State.FAILED, null))
        .paysOut(2).audit().until(Deadline.VERIFICATION_DAY1).is(Status.FOLLOWING_UP);
    assertThat(play.m.payment().refunded()).isEqualTo(4_000);
    assertThat(play.m.dispute().findings()).noneMatch(it -> it.code() == FindingCode.REFUND_FAILED);
  }

  @Test void what_hold_and_balance_do_not_cover_is_asked_of_the_deposit_and_then_of_the_fund() {
    var play = enforced();
    assertThat(ask(play)).isEqualTo(new Stage.Excepted.Ask(play.m.dispute().version(), 11, Pot.DEPOSIT, 5_000));
    gives(play, 3_000);
    assertThat(ask(play).pot()).isEqualTo(Pot.FUND);
    assertThat(ask(play).minor()).isEqualTo(2_000);
    gives(play, 2_000);
    var refund = play.m.dispute().refund(1).orElseThrow();
    assertThat(refund.minor()).isEqualTo(PROMISED);
    assertThat(refund.fromHold() + refund.fromAvailable()).isEqualTo(PRICE);
    assertThat(refund.fromDeposit()).isEqualTo(3_000);
    assertThat(refund.fromFund()).isEqualTo(2_000);
    play.paysOut(1).is(Status.AUDITING);
    assertThat(play.m.dispute().tally().deposit()).isZero();
    assertThat(play.m.dispute().tally().fund()).isZero();
  }

  @Test void an_advance_of_the_fund_is_claimed_from_the_merchant_and_no_more_when_it_fails() {
    var refund = new Refund(1, 11, 5_000, Executor.PLATFORM, Refund.State.REQUESTED, true, true, 0, 0, 3_000, 2_000,
        null, "", false);
    var requested = Postings.after("EUR", "WALLET", new Event.RefundRequested(refund));
    assertThat(balance(requested, Account.MERCHANT_DEPOSIT)).isEqualTo(3_000);
    assertThat(balance(requested, Account.PLATFORM_FUND)).isEqualTo(2_000);
    assertThat(balance(requested, Account.MERCHANT_RECEIVABLE)).isEqualTo(2_000);
    assertThat(balance(requested, Account.PLATFORM_RECOVERY)).isEqualTo(-2_000);
    var failed = Postings.after("EUR", "WALLET", new Event.RefundMoved(0, refund.in(Refund.State.FAILED, null),
        Refund.State.REQUESTED, false));
    for (var account : Account.values()) {
      assertThat(balance(requested, account) + balance(failed, account)).as(account.key).isZero();
    }
  }

  private static long balance(List<Transfer> transfers, Account account) {
    return transfers.stream().flatMap(it -> it.lines().stream()).filter(it -> it.account() == account)
        .mapToLong(Transfer.Line::minor).sum();
  }

  @Test void an_answer_to_another_ask_or_above_what_was_asked_is_refused() {
    var play = enforced();
    int number = ask(play).number();
    play.refused(SYSTEM, new ReserveFunds(Pot.FUND, number, 1), Refusal.NOT_ENFORCEABLE)
        .refused(SYSTEM, new ReserveFunds(Pot.DEPOSIT, number - 1, 1), Refusal.NOT_ENFORCEABLE)
        .refused(SYSTEM, new ReserveFunds(Pot.DEPOSIT, number, 5_001), Refusal.AMOUNT_TOO_HIGH)
        .refused(SYSTEM, new ReserveFunds(Pot.DEPOSIT, number, -1), Refusal.AMOUNT_TOO_HIGH);
    gives(play, 1_000).refused(SYSTEM, new ReserveFunds(Pot.DEPOSIT, number, 1_000), Refusal.NOT_ENFORCEABLE);
  }

  @Test void what_exists_is_paid_and_the_reserves_are_asked_again_the_next_day() {
    var play = gives(gives(enforced(), 0), 0);
    assertThat(play.m.dispute().refund(1).orElseThrow().minor()).isEqualTo(PRICE);
    play.paysOut(1).is(Status.EXCEPTION).audit();
    assertThat(((Stage.Excepted) play.m.dispute().stage()).ask()).as("not twice in one attempt").isNull();
    play.until(Deadline.ENFORCEMENT_RETRY).audit();
    assertThat(ask(play).pot()).isEqualTo(Pot.DEPOSIT);
    gives(play, 5_000);
    play.paysOut(2).is(Status.AUDITING);
  }

  @Test void what_was_reserved_and_not_used_goes_back_when_it_ends() {
    var play = gives(gives(enforced(), 2_000), 0).by(SYSTEM, new RecordRefund(1, Refund.State.FAILED, null))
        .by(SYSTEM, new RecordRefund(2, Refund.State.FAILED, null))
        .by(SYSTEM, new RecordRefund(3, Refund.State.FAILED, null));
    assertThat(play.m.dispute().tally().deposit()).isEqualTo(2_000);
    while (play.m.dispute().status() != Status.CLOSED) play.time();
    assertThat(play.events).contains(new Event.FundsReturned(Pot.DEPOSIT, 2_000));
    assertThat(play.m.dispute().tally().deposit()).isZero();
  }

  @Test void a_provider_that_refuses_at_once_every_day_does_not_put_the_end_off() {
    var play = enforced();
    var began = play.now;
    for (int step = 0; play.m.dispute().status() != Status.CLOSED && step < 1_000; step++) {
      var asks = ((Stage.Excepted) play.m.dispute().stage()).ask();
      var flying = play.m.dispute().refunds().stream().filter(r -> r.state().isInFlight()).findFirst();
      if (asks != null) gives(play, 0);
      else if (flying.isPresent()) play.by(SYSTEM, new RecordRefund(flying.get().id(), Refund.State.FAILED, null));
      else {
        play.time();
        if (play.events.getLast() instanceof Event.FindingWaits) play.audit();
      }
    }
    play.ended(Outcome.SETTLED_UNPAID);
    assertThat(java.time.Duration.between(began, play.now)).isEqualTo(java.time.Duration.ofDays(30));
  }

  @Test void what_the_buyers_closed_route_keeps_from_the_buyer_is_set_aside_and_not_given_to_the_merchant() {
    var play = confirmed(refund(4_000, Executor.PLATFORM));
    for (int refund = 1; refund <= 2; refund++) {
      play.by(SYSTEM, new RecordRefund(refund, Refund.State.FAILED, null));
    }
    play.is(Status.EXCEPTION);
    while (play.m.dispute().status() != Status.CLOSED) play.time();
    play.ended(Outcome.SETTLED_UNPAID);
    assertThat(play.events).contains(new Event.PromiseBroken(11, 4_000, 4_000));
    assertThat(play.m.payment().available()).isEqualTo(PRICE - 4_000);
  }
}
