package redress.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.check.Facts;
import redress.postgres.Database;
import redress.postgres.EmbeddedPostgres;

/** The wallet keeps the contract of every provider, and what it alone can do is told here. */
class WalletTest implements ProviderContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static EmbeddedPostgres postgres;
  private static WalletDatabase database;

  private Wallet wallet;
  private Stand stand;
  private String payment;

  @BeforeAll static void open() {
    postgres = EmbeddedPostgres.throwaway();
    database = WalletDatabase.open(postgres.database());
  }

  @AfterAll static void close() {
    database.close();
    postgres.close();
  }

  @BeforeEach void capture(TestInfo test) {
    wallet = new Wallet(database);
    stand = new WalletStand(database);
    payment = test.getTestMethod().orElseThrow().getName();
    assertThat(wallet.capture(payment, "buyer-1", "shop-1", 10_000, "EUR", NOON, true)).isTrue();
  }

  @Override public Stand stand() {
    return stand;
  }

  /** It pays what the ledger orders of it, compensation as well: what may be ordered is for the rules to say. */
  @Override @Test public void more_than_is_left_is_refused() {
    wallet.refund(order("r1", 7_000), NOON);
    assertThat(wallet.refund(order("r2", 3_001), NOON)).isEqualTo(new Answer.Done(NOON));
    assertThat(wallet.unbalanced()).isEmpty();
  }

  @Test void a_payment_is_told_as_it_was_captured() {
    assertThat(wallet.find(payment, NOON)).isEqualTo(new Facts.Transaction(true, true, true, 10_000, "EUR", 0));
    assertThat(wallet.find("nobody", NOON)).isEqualTo(new Facts.Transaction(true, false, false, 0, null, 0));
  }

  @Test void the_same_capture_changes_nothing_and_another_under_its_id_is_not_taken() {
    assertThat(wallet.capture(payment, "buyer-1", "shop-1", 10_000, "EUR", NOON, true)).isTrue();
    assertThat(wallet.capture(payment, "buyer-1", "shop-1", 10_001, "EUR", NOON, true)).isFalse();
    assertThat(wallet.find(payment, NOON).amount()).isEqualTo(10_000);
  }

  @Test void one_reference_is_paid_once_and_gives_the_same_answer() {
    var first = wallet.refund(order("r1", 4_000), NOON);
    assertThat(first).isEqualTo(new Answer.Done(NOON));
    assertThat(wallet.refund(order("r1", 4_000), NOON.plusSeconds(9))).isEqualTo(first);
    assertThat(wallet.ask(order("r1", 4_000), NOON.plusSeconds(10))).isEqualTo(first);
    assertThat(records(NOON)).hasSize(1);
  }

  @Test void another_reference_is_another_refund_and_is_paid_again() {
    wallet.refund(order("r1", 4_000), NOON);
    wallet.refund(order("r2", 4_000), NOON);
    assertThat(records(NOON)).extracting(RefundRecord::minor).containsExactly(4_000L, 4_000L);
  }

  @Test void another_amount_under_a_reference_is_told_to_be_taken() {
    wallet.refund(order("r1", 4_000), NOON);
    assertThat(wallet.refund(order("r1", 4_001), NOON)).isEqualTo(new Answer.Refused("REFERENCE_TAKEN"));
    assertThat(records(NOON)).extracting(RefundRecord::minor).containsExactly(4_000L);
  }

  @Test void fifty_callers_with_one_reference_are_paid_once() throws Exception {
    var together = new CountDownLatch(1);
    var answers = new CopyOnWriteArrayList<Answer>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        var _ = callers.submit(() -> {
          together.await();
          return answers.add(wallet.refund(order("r1", 4_000), NOON));
        });
      }
      together.countDown();
    }
    assertThat(answers).hasSize(50).containsOnly(new Answer.Done(NOON));
    assertThat(records(NOON)).hasSize(1);
    assertThat(wallet.unbalanced()).isEmpty();
  }

  @Test void an_unknown_payment_or_another_currency_is_refused() {
    assertThat(wallet.refund(new RefundOrder("r1", "nobody", 1, "EUR", "buyer-1"), NOON))
        .isEqualTo(new Answer.Refused("PAYMENT_UNKNOWN"));
    assertThat(wallet.refund(new RefundOrder("r1", payment, 1, "USD", "buyer-1"), NOON))
        .isEqualTo(new Answer.Refused("CURRENCY_UNKNOWN"));
  }

  @Test void a_slow_refund_is_processing_until_it_arrives() {
    wallet.tell(payment, new Behaviour.Slow(Duration.ofDays(2)));
    var arrival = NOON.plus(Duration.ofDays(2));
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Processing(arrival));
    assertThat(wallet.ask(order("r1", 4_000), arrival.minusMillis(1))).isEqualTo(new Answer.Processing(arrival));
    assertThat(records(arrival.minusMillis(1)).getFirst().state()).isEqualTo(Facts.State.PROCESSING);
    assertThat(wallet.ask(order("r1", 4_000), arrival)).isEqualTo(new Answer.Done(arrival));
    assertThat(records(arrival).getFirst().state()).isEqualTo(Facts.State.SUCCEEDED);
  }

  @Test void a_failing_refund_is_refused_for_good_and_the_next_reference_may_succeed() {
    wallet.tell(payment, new Behaviour.Fail("CARD_CLOSED", Duration.ZERO));
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Refused("CARD_CLOSED"));
    wallet.behave(payment);
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Refused("CARD_CLOSED"));
    assertThat(wallet.refund(order("r2", 4_000), NOON)).isEqualTo(new Answer.Done(NOON));
    assertThat(wallet.unbalanced()).isEmpty();
  }

  @Test void a_lost_answer_may_hide_that_the_money_moved() {
    wallet.tell(payment, new Behaviour.Unknown(3, true));
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Unknown());
    assertThat(wallet.ask(order("r1", 4_000), NOON)).isEqualTo(new Answer.Unknown());
    assertThat(wallet.records(payment, NOON)).isEmpty();
    assertThat(wallet.ask(order("r1", 4_000), NOON)).isEqualTo(new Answer.Done(NOON));
  }

  @Test void a_lost_order_was_never_heard_of_and_may_be_sent_again() {
    wallet.tell(payment, new Behaviour.Unknown(2, false));
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Unknown());
    assertThat(wallet.ask(order("r1", 4_000), NOON)).isEqualTo(new Answer.Unknown());
    assertThat(wallet.ask(order("r1", 4_000), NOON)).isEqualTo(new Answer.Unheard());
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Done(NOON));
  }

  @Test void a_wallet_that_is_down_neither_answers_nor_pays() {
    var until = NOON.plus(Duration.ofHours(6));
    wallet.tell(payment, new Behaviour.Down(until));
    assertThat(wallet.find(payment, NOON).available()).isFalse();
    assertThat(wallet.refund(order("r1", 4_000), until.minusSeconds(1))).isEqualTo(new Answer.Unknown());
    assertThat(wallet.records(payment, NOON)).isEmpty();
    assertThat(wallet.ask(order("r1", 4_000), until)).isEqualTo(new Answer.Unheard());
  }

  @Test void a_refund_can_be_taken_back_after_it_arrived() {
    wallet.tell(payment, new Behaviour.ReverseLater(Duration.ofDays(1)));
    var tomorrow = NOON.plus(Duration.ofDays(1));
    assertThat(wallet.refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Done(NOON));
    assertThat(wallet.ask(order("r1", 4_000), tomorrow)).isEqualTo(new Answer.Reversed(tomorrow));
    assertThat(records(tomorrow).getFirst().state()).isEqualTo(Facts.State.REVERSED);
    assertThat(wallet.unbalanced()).isEmpty();
  }

  @Test void whoever_listens_hears_of_a_reversal_and_only_paid_refunds_can_be_reversed() {
    var heard = new CopyOnWriteArrayList<Heard>();
    wallet.onReversal(callback -> heard.add(wallet.read(callback, NOON)));
    wallet.refund(order("r1", 4_000), NOON);
    assertThat(wallet.reverse(ref("r1"), NOON.plusSeconds(5))).isEqualTo(new Answer.Reversed(NOON.plusSeconds(5)));
    assertThat(heard).singleElement().isInstanceOfSatisfying(Heard.OfRefund.class,
        it -> assertThat(it.reference()).isEqualTo(ref("r1")));
    var forged = new Callback(Map.of("Wallet-Signature", "00"), ref("r1"));
    assertThat(wallet.read(forged, NOON)).isInstanceOf(Heard.Forged.class);
    wallet.tell(payment, new Behaviour.Slow(Duration.ofDays(2)));
    wallet.refund(order("r2", 1_000), NOON);
    assertThatThrownBy(() -> wallet.reverse(ref("r2"), NOON)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void the_merchant_can_pay_at_the_wallet_itself_but_not_under_a_reference_of_redress() {
    var answer = wallet.payDirectly(order("shop-77", 2_500), "dsp_0010000000000000001-o2", NOON);
    assertThat(answer).isEqualTo(new Answer.Done(NOON));
    assertThat(records(NOON)).containsExactly(new RefundRecord(ref("shop-77"), 2_500, "EUR", "buyer-1",
        "dsp_0010000000000000001-o2", Facts.State.SUCCEEDED, NOON));
    var forged = new RefundOrder("dsp_0010000000000000001-r1", payment, 1, "EUR", "buyer-1");
    assertThatThrownBy(() -> wallet.payDirectly(forged, "", NOON)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void a_chargeback_is_visible_in_the_payment() {
    wallet.chargeBack(payment, 3_000, NOON);
    assertThat(wallet.find(payment, NOON).chargedBack()).isEqualTo(3_000);
    assertThat(wallet.unbalanced()).isEmpty();
  }

  @Test void a_real_payment_cannot_be_told_to_misbehave_and_ignores_what_all_test_payments_are_told() {
    wallet.capture("real", "buyer-1", "shop-1", 500, "EUR", NOON, false);
    assertThatThrownBy(() -> wallet.tell("real", new Behaviour.Down(NOON.plusSeconds(60))))
        .isInstanceOf(IllegalArgumentException.class);
    wallet.tell("", new Behaviour.Down(NOON.plusSeconds(60)));
    assertThat(wallet.find("real", NOON).available()).isTrue();
    assertThat(wallet.find(payment, NOON).available()).isFalse();
    wallet.behave("");
  }

  @Test void what_leaves_the_merchant_arrives_at_the_payee_and_all_accounts_sum_to_zero() {
    wallet.capture("yen", "buyer-9", "shop-9", 10_000, "JPY", NOON, true);
    wallet.refund(new RefundOrder("yen-1", "yen", 4_000, "JPY", "buyer-9"), NOON);
    var balances = wallet.balances("JPY");
    assertThat(balances).containsEntry("merchant:shop-9", 6_000L).containsEntry("payee:buyer-9", 4_000L)
        .containsEntry("transit", 0L).containsEntry("payer:buyer-9", -10_000L);
    assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
  }

  @Test void another_role_is_denied_the_wallets_books_and_the_wallets_role_everything_else() throws SQLException {
    try (var owner = postgres.database().connect(); var sql = owner.createStatement()) {
      sql.execute("create role somebody login password 'somebody'");
      sql.execute("create table secret (n int)");
    }
    assertThatThrownBy(() -> select(postgres.database().as("somebody", "somebody"), "wallet.refund"))
        .isInstanceOf(SQLException.class).hasMessageContaining("permission denied for schema wallet");
    try (var connection = database.pool().getConnection(); var sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.executeQuery("select * from public.secret"))
          .isInstanceOf(SQLException.class).hasMessageContaining("permission denied for table secret");
    }
  }

  @Test void a_second_process_opens_the_same_books() {
    wallet.refund(order("r1", 4_000), NOON);
    try (var second = WalletDatabase.open(postgres.database())) {
      assertThat(new Wallet(second).refund(order("r1", 4_000), NOON)).isEqualTo(new Answer.Done(NOON));
      assertThat(new Wallet(second).records(payment, NOON).orElseThrow()).hasSize(1);
    }
  }

  private static void select(Database as, String table) throws SQLException {
    try (var connection = as.connect(); var sql = connection.createStatement()) {
      sql.executeQuery("select * from " + table);
    }
  }

  private RefundOrder order(String reference, long minor) {
    return new RefundOrder(ref(reference), payment, minor, "EUR", "buyer-1");
  }

  private String ref(String reference) {
    return payment + "/" + reference;
  }

  private List<RefundRecord> records(Instant at) {
    return wallet.records(payment, at).orElseThrow();
  }
}
