package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.check.Facts.State;
import redress.check.FindingCode;
import redress.connect.RefundOrder;
import redress.connect.Wallet;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Finding;
import redress.dispute.Payment;
import redress.dispute.Refund;
import redress.dispute.Status;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Movement;
import redress.store.Movement.Kind;
import redress.store.Party;
import redress.store.Payments.Registered;
import redress.store.Statements;
import redress.store.Statements.Cover;

/** Day 1 and day 3 by what statements tell: beside a provider that answers, and where none is connected. */
class StatedTest {
  private static World world;
  private static Statements statements;

  private String name;
  private String book;
  private Instant now;

  @BeforeAll static void open() {
    world = new World();
    statements = new Statements(world.database.pool);
  }

  @AfterAll static void close() {
    world.close();
  }

  @BeforeEach void begin(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    book = "BANK-" + Digest.sha256(name).substring(0, 8);
    now = World.MORNING;
    world.party("buyer-1", Party.Kind.BUYER, 1);
    world.party("shop-1", Party.Kind.MERCHANT, 1);
    world.database.clocks.create(name, now);
  }

  @Test void a_merchant_that_pays_where_no_provider_is_connected_is_believed_by_a_statement() throws IOException {
    var id = settledAtTheBank();
    tell(book, paidBack(book, id, "transfer-7", 4_000));
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.FOLLOWING_UP);
    assertThat(world.look(id).refunds()).singleElement().extracting(Refund::minor).isEqualTo(4_000L);
  }

  @Test void a_statement_that_shows_less_than_was_promised_is_found_out() throws IOException {
    var id = settledAtTheBank();
    tell(book, paidBack(book, id, "transfer-8", 3_000));
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(world.look(id).findings()).extracting(Finding::code).contains(FindingCode.REFUND_RECORD_MISSING);
  }

  @Test void statements_that_end_before_the_settlement_say_nothing_of_what_came_after() throws IOException {
    var id = settledAtTheBank();
    pass(Duration.ofHours(25));
    assertThat(world.look(id).findings()).extracting(Finding::code).containsExactly(FindingCode.AUDIT_INCOMPLETE);
  }

  @Test void a_refund_that_a_provider_and_a_statement_call_differently_counts_once() throws IOException {
    world.pay(name, name);
    var id = settled();
    world.wallet.payDirectly(new RefundOrder("half-" + name, name, 2_000, "EUR", "buyer-1"), "", now);
    tell(Wallet.NAME, paidBack(Wallet.NAME, id, "bank-number-1", 2_000));
    report(id, "half-" + name);
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
    assertThat(world.look(id).findings()).extracting(Finding::code).contains(FindingCode.REFUND_RECORD_MISSING);
  }

  @Test void a_refund_that_left_another_account_than_the_providers_is_found_in_its_statement() throws IOException {
    world.pay(name, name);
    var id = settled();
    tell("HAUSBANK", paidBack("HAUSBANK", id, "sepa-1", 4_000));
    report(id, "sepa-1");
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.FOLLOWING_UP);
  }

  @Test void a_refund_that_came_back_is_no_refund() throws IOException {
    var id = settledAtTheBank();
    tell(book, paidBack(book, id, "transfer-9", 4_000));
    var back = paidBack(book, id, "transfer-10", 4_000);
    tell(book, new Movement(back.book(), Kind.REFUND, State.SUCCEEDED, back.own(), back.reference(), back.providerId(),
        back.called(), "", 4_000, "EUR", 0, "", "", back.at().plusSeconds(60), 1));
    pass(Duration.ofHours(25));
    assertThat(world.look(id).status()).isEqualTo(Status.EXCEPTION);
  }

  /** The payment is known from the bank's statement only; the merchant says that it paid back. */
  private DisputeId settledAtTheBank() throws IOException {
    var payment = Payment.registered(name, "buyer-1", "shop-1", 10_000, "EUR", Set.of(), now.minusSeconds(86_400), book,
        false).called("order-" + name);
    world.database.payments.register(new Registered(payment, name, "{}"), now);
    tell(book, new Movement(book, Kind.PAYMENT, State.SUCCEEDED, "in-" + name, "", "in-" + name, "order-" + name, "",
        10_000, "EUR", 0, "", "", now.minusSeconds(86_400), 1));
    var id = settled();
    report(id, "by bank");
    return id;
  }

  private DisputeId settled() {
    var id = LifeTest.file(world, name, now);
    LifeTest.settle(world, id, Executor.MERCHANT);
    pass(Duration.ZERO);
    return id;
  }

  private void report(DisputeId id, String reference) {
    var said = world.text("shop-1", Role.MERCHANT_OWNER, reference);
    world.say(id, "", Role.MERCHANT_OWNER, "shop-1", new Command.ReportPerformance(promise(id), said.words()), said);
  }

  private static int promise(DisputeId id) {
    return world.look(id).obligations().getFirst().id();
  }

  private Movement paidBack(String book, DisputeId id, String reference, long minor) {
    return new Movement(book, Kind.REFUND, State.SUCCEEDED, reference + name, reference, reference + name,
        "order-" + name, "", -minor, "EUR", 0, "", id + "-o" + promise(id), now.plusSeconds(3_600), 1);
  }

  private void tell(String book, Movement movement) throws IOException {
    var hash = Digest.sha256(name + movement.own());
    statements.take(new Cover(hash, false, "test", "a file", now, "test"), sink -> {
      for (var told : List.of(movement)) sink.take(told);
      return book;
    });
  }

  private void pass(Duration time) {
    now = now.plus(time);
    assertThat(world.testTime().advance(name, now)).isInstanceOf(TestTime.Advance.Advanced.class);
  }
}
