package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.check.FindingCode;
import redress.connect.Behaviour;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Home;
import redress.dispute.Outcome;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.store.Errands.Work;
import redress.store.Party.Kind;

/** Whole lives on test clocks: the rules, the desk, the runner's hands and the wallet together. */
class LifeTest {
  private static final Instant MORNING = World.MORNING;
  private static World world;

  private String name;
  private Instant now;

  @BeforeAll static void open() {
    world = new World();
  }

  @AfterAll static void close() {
    world.close();
  }

  @BeforeEach void begin(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    now = MORNING;
    world.party("buyer-1", Kind.BUYER, 1);
    world.party("shop-1", Kind.MERCHANT, 1);
  }

  @Test void a_settlement_that_is_kept_is_paid_verified_and_closed_as_fulfilled() {
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    pass(Duration.ZERO);
    assertThat(world.look(id).status()).isEqualTo(Status.AUDITING);
    assertThat(world.look(id).refunds()).extracting(Refund::state).containsExactly(Refund.State.SUCCEEDED);
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.FOLLOWING_UP);
    answer(id, FollowUp.Answer.SATISFIED);
    pass(Duration.ofDays(2));
    assertThat(outcome(id)).isEqualTo(Outcome.SETTLED_FULFILLED);
    assertThat(world.paid(name, now)).singleElement().satisfies(it -> {
      assertThat(it.reference()).isEqualTo(id + "-r1");
      assertThat(it.minor()).isEqualTo(4_000);
      assertThat(it.payee()).isEqualTo("buyer-1");
    });
    assertThat(world.database.errands.ahead(name, 10)).noneMatch(it -> it.work() instanceof Work.Passing);
  }

  @Test void a_merchant_that_pays_at_the_wallet_itself_is_believed_only_by_the_wallets_books() {
    var id = filed(name);
    settle(id, Executor.MERCHANT);
    pass(Duration.ZERO);
    int promise = world.look(id).obligations().getFirst().id();
    world.wallet.payDirectly(new redress.connect.RefundOrder("shop-" + name, name, 4_000, "EUR", "buyer-1"), "", now);
    var reference = world.text("shop-1", Role.MERCHANT_OWNER, "shop-" + name);
    say(id, Role.MERCHANT_OWNER, "shop-1", new Command.ReportPerformance(promise, reference.words()), reference);
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.FOLLOWING_UP);
    assertThat(world.look(id).refunds()).singleElement()
        .satisfies(it -> assertThat(it.outsideReference()).isEqualTo("shop-" + name));
  }

  @Test void a_merchant_that_says_it_paid_and_did_not_is_found_out_and_the_promise_enforced() {
    var id = filed(name);
    settle(id, Executor.MERCHANT);
    pass(Duration.ZERO);
    int promise = world.look(id).obligations().getFirst().id();
    var reference = world.text("shop-1", Role.MERCHANT_OWNER, "paid, honestly");
    say(id, Role.MERCHANT_OWNER, "shop-1", new Command.ReportPerformance(promise, reference.words()), reference);
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(codes(id)).contains(FindingCode.REFUND_RECORD_MISSING);
    assertThat(world.paid(name, now)).isEmpty();
    pass(Duration.ofDays(2));
    assertThat(world.paid(name, now)).singleElement().satisfies(it -> assertThat(it.minor()).isEqualTo(4_000));
    assertThat(world.look(id).status()).isIn(Status.AUDITING, Status.FOLLOWING_UP);
  }

  @Test void an_answer_that_was_lost_is_enquired_about_until_it_is_known_and_paid_once() {
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    // The order is heard and carried out; this answer and the next two are lost.
    world.wallet.tell(name, new Behaviour.Unknown(4, true));
    pass(Duration.ZERO);
    pass(Duration.ofHours(2));
    world.wallet.behave(name);
    pass(Duration.ofHours(2));
    pass(Duration.ofDays(1));
    assertThat(world.look(id).refunds()).extracting(Refund::state).containsExactly(Refund.State.SUCCEEDED);
    assertThat(world.paid(name, now)).hasSize(1);
  }

  @Test void a_provider_that_is_down_for_six_hours_delays_nothing_but_the_money() {
    var id = filed(name);
    world.wallet.tell(name, new Behaviour.Down(now.plus(Duration.ofHours(6))));
    settle(id, Executor.PLATFORM);
    pass(Duration.ofHours(5));
    assertThat(world.look(id).status()).isEqualTo(Status.CONFIRMING);
    pass(Duration.ofHours(2));
    assertThat(world.look(id).status()).isEqualTo(Status.AUDITING);
    assertThat(world.paid(name, now)).hasSize(1);
  }

  @Test void a_buyer_that_is_not_verified_does_not_pass_the_identity_check() {
    world.party("buyer-1", Kind.BUYER, 0);
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    pass(Duration.ZERO);
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(codes(id)).containsExactly(FindingCode.IDENTITY_MISMATCH);
    assertThat(world.paid(name, now)).isEmpty();
  }

  @Test void a_chargeback_that_only_the_provider_knows_of_does_not_pass_the_transaction_check() {
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    world.wallet.chargeBack(name, 1_000, now);
    pass(Duration.ZERO);
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(codes(id)).containsExactly(FindingCode.TRANSACTION_CHANGED);
  }

  @Test void a_payment_that_the_provider_does_not_know_does_not_pass_the_transaction_check() {
    world.database.clocks.create(name, now);
    world.payUncaptured(name, name);
    var id = file(name);
    settle(id, Executor.PLATFORM);
    pass(Duration.ZERO);
    assertThat(codes(id)).containsExactly(FindingCode.TRANSACTION_NOT_FOUND);
  }

  @Test void evidence_whose_text_was_altered_is_found_and_raises_the_alarm() {
    var id = filed(name);
    var text = world.text("buyer-1", Role.BUYER, "the box was empty");
    say(id, Role.BUYER, "buyer-1", Command.SubmitEvidence.elsewhere(redress.dispute.EvidenceType.PHOTO_OF_PACKAGE,
        redress.seal.Digest.sha256("the box was empty"), text.words()), text);
    settle(id, Executor.PLATFORM);
    world.database.sql.sql("update words set body = 'the box was full' where id = ?").param(text.words().id()).update();
    pass(Duration.ZERO);
    assertThat(codes(id)).containsExactly(FindingCode.EVIDENCE_HASH_MISMATCH);
  }

  @Test void a_refund_that_is_taken_back_after_closing_reopens_the_matter() {
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    pass(Duration.ofHours(25));
    answer(id, FollowUp.Answer.SATISFIED);
    pass(Duration.ofDays(3));
    assertThat(world.look(id).status()).isEqualTo(Status.CLOSED);
    world.hearing.listenTo(world.wallet);
    world.wallet.reverse(id + "-r1", now);
    pass(Duration.ZERO);
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(world.look(id).refunds().getFirst().state()).isEqualTo(Refund.State.REVERSED);
  }

  @Test void the_buyer_is_asked_three_times_in_waking_hours_on_day_two() {
    var id = filed(name);
    settle(id, Executor.PLATFORM);
    pass(Duration.ofHours(50));
    var followUp = world.look(id).followUp();
    assertThat(followUp.attempts()).isEqualTo(3);
    assertThat(followUp.plan()).hasSize(3).allSatisfy(at -> {
      int hour = at.atZone(java.time.ZoneId.of("Europe/Berlin")).getHour();
      assertThat(hour).isBetween(9, 19);
    });
  }

  private DisputeId filed(String payment) {
    world.database.clocks.create(payment, now);
    world.pay(payment, payment);
    return file(payment);
  }

  private DisputeId file(String payment) {
    return file(world, payment, now);
  }

  static DisputeId file(World world, String payment, Instant at) {
    var id = new DisputeId(Home.of(payment), Math.abs((long) payment.hashCode()) + 1);
    var text = world.text("buyer-1", Role.BUYER, "the lamp arrived in pieces");
    var filing = new Filing(id, payment, "buyer-1", "shop-1", "EUR", 4_000, Set.of(), Reason.DEFECTIVE_OR_DAMAGED,
        Remedy.PARTIAL_REFUND, text.words(), at, RuleSet.STANDARD.version(), ZoneOffset.ofHours(1), false);
    world.say(id, payment, Role.BUYER, "buyer-1", new Command.File(filing), text);
    return id;
  }

  private void settle(DisputeId id, Executor executor) {
    settle(world, id, executor);
  }

  static void settle(World world, DisputeId id, Executor executor) {
    var terms = Terms.of(Remedy.PARTIAL_REFUND, 4_000, 0, executor, 0);
    var offered = world.say(id, "", Role.MERCHANT_OWNER, "shop-1", new Command.MakeOffer(terms, null, Words.NONE));
    var offer = java.util.Objects.requireNonNull(offered.dispute().round().merchantOffer());
    world.say(id, "", Role.BUYER, "buyer-1", new Command.AcceptOffer(offer.id()));
    var how = world.text("shop-1", Role.MERCHANT_OWNER, "by wallet, today");
    world.say(id, "", Role.MERCHANT_OWNER, "shop-1", new Command.SubmitStatement(how.words()), how);
  }

  private void answer(DisputeId id, FollowUp.Answer answer) {
    say(id, Role.BUYER, "buyer-1", new Command.AnswerFollowUp(answer, Words.NONE));
  }

  private void say(DisputeId id, Role role, String subject, Command command, redress.store.Text... texts) {
    world.say(id, "", role, subject, command, texts);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    assertThat(world.testTime().advance(name, now)).isInstanceOf(TestTime.Advance.Advanced.class);
    assertThat(world.database.errands.parked(10)).isEmpty();
  }

  private static List<FindingCode> codes(DisputeId id) {
    return world.look(id).findings().stream().map(Finding::code).toList();
  }

  private static Outcome outcome(DisputeId id) {
    var stage = world.look(id).stage();
    if (stage instanceof Stage.Closed closed) return closed.outcome();
    throw new AssertionError("not closed but " + stage + ": " + findings(world.look(id)));
  }

  private static String findings(Dispute dispute) {
    return dispute.findings().toString();
  }
}
