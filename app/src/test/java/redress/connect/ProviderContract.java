package redress.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redress.check.Facts;

/** What every provider does, seen from both sides: by what the connector says, and by the provider's own books. */
public interface ProviderContract {
  AtomicInteger DISPUTES = new AtomicInteger();

  /** The provider's side, fresh or shared between tests. */
  Stand stand();

  /** How a refund ends that fails after it was on its way, as an answer. */
  default Class<? extends Answer> failedLater() {
    return Answer.Refused.class;
  }

  private Provider provider() {
    return stand().provider();
  }

  private Instant now() {
    return stand().now();
  }

  private String captured() {
    return stand().payIn(10_000, stand().currencies().getFirst());
  }

  private RefundOrder order(String payment, long minor) {
    return order(payment, "dsp_001%016x-r1".formatted(DISPUTES.incrementAndGet()), minor);
  }

  private RefundOrder order(String payment, String reference, long minor) {
    return new RefundOrder(reference, payment, minor, stand().currencies().getFirst(), "buyer-1");
  }

  @Test default void a_captured_payment_is_found_as_the_provider_tells_it() {
    var payment = captured();
    assertThat(provider().find(payment, now()))
        .isEqualTo(new Facts.Transaction(true, true, true, 10_000, stand().currencies().getFirst(), 0));
  }

  @Test default void minor_units_are_right_in_every_currency() {
    for (var currency : stand().currencies()) {
      var payment = stand().payIn(1_234, currency);
      assertThat(provider().find(payment, now()).amount()).as(currency).isEqualTo(1_234);
      var order = new RefundOrder(order(payment, 1).reference(), payment, 234, currency, "buyer-1");
      assertThat(provider().refund(order, now())).as(currency).isInstanceOf(Answer.Done.class);
      assertThat(stand().paidBack(payment)).as(currency).isEqualTo(234);
      assertThat(provider().records(payment, List.of(order), stand().later()).orElseThrow()).singleElement()
          .satisfies(record -> {
            assertThat(record.minor()).isEqualTo(234);
            assertThat(record.currency()).isEqualTo(currency);
          });
    }
  }

  @Test default void a_payment_the_provider_does_not_know_is_not_found_and_not_paid_back() {
    assertThat(provider().find("9-nobody-knows", now()))
        .isEqualTo(new Facts.Transaction(true, false, false, 0, null, 0));
    assertThat(provider().refund(order("9-nobody-knows", 1), now())).isInstanceOf(Answer.Refused.class);
  }

  @Test default void a_silent_provider_is_unknown_and_pays_nothing() {
    var payment = captured();
    var order = order(payment, 4_000);
    stand().down(payment, true);
    assertThat(provider().find(payment, now()).available()).isFalse();
    assertThat(provider().refund(order, now())).isEqualTo(new Answer.Unknown());
    assertThat(provider().ask(order, now())).isEqualTo(new Answer.Unknown());
    assertThat(provider().records(payment, List.of(order), now())).isEmpty();
    stand().down(payment, false);
    assertThat(stand().paidBack(payment)).isZero();
    assertThat(provider().ask(order, now())).isEqualTo(new Answer.Unheard());
  }

  @Test default void a_repeated_order_is_paid_once_and_answered_the_same() {
    var payment = captured();
    var order = order(payment, 4_000);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().ask(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
  }

  @Test default void an_order_for_everything_can_be_repeated_too() {
    var payment = captured();
    var order = order(payment, 10_000);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(10_000);
    assertThat(provider().find(payment, now()))
        .isEqualTo(new Facts.Transaction(true, true, true, 10_000, stand().currencies().getFirst(), 0));
  }

  @Test default void many_callers_with_one_order_are_paid_once() throws InterruptedException {
    var payment = captured();
    var order = order(payment, 4_000);
    var together = new CountDownLatch(1);
    var answers = new CopyOnWriteArrayList<Answer>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        var _ = callers.submit(() -> {
          together.await();
          return answers.add(provider().refund(order, now()));
        });
      }
      together.countDown();
    }
    assertThat(answers).hasSize(12).noneMatch(Answer.Refused.class::isInstance);
    assertThat(provider().ask(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
  }

  @Test default void a_reference_cannot_be_used_for_another_amount() {
    var payment = captured();
    var order = order(payment, 4_000);
    provider().refund(order, now());
    assertThat(provider().refund(order(payment, order.reference(), 4_001), now())).isInstanceOf(Answer.Refused.class);
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
    assertThat(provider().ask(order, now())).isInstanceOf(Answer.Done.class);
  }

  @Test default void more_than_is_left_is_refused() {
    var payment = captured();
    assertThat(provider().refund(order(payment, 7_000), now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().refund(order(payment, 3_001), now())).isInstanceOf(Answer.Refused.class);
    assertThat(stand().paidBack(payment)).isEqualTo(7_000);
    assertThat(provider().refund(order(payment, 3_000), now())).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(10_000);
  }

  @Test default void a_reference_nobody_ordered_is_unheard_of() {
    var payment = captured();
    assertThat(provider().ask(order(payment, 4_000), now())).isEqualTo(new Answer.Unheard());
    assertThat(stand().paidBack(payment)).isZero();
  }

  @Test default void a_lost_answer_is_unknown_and_asking_tells_that_it_was_paid_once() {
    var payment = captured();
    var order = order(payment, 4_000);
    stand().loseNextAnswer(payment);
    assertThat(provider().refund(order, now())).isEqualTo(new Answer.Unknown());
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
    assertThat(provider().ask(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
  }

  @Test default void a_slow_refund_is_on_its_way_until_it_arrives() {
    var payment = captured();
    var order = order(payment, 4_000);
    stand().slowNext(payment, true);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Processing.class);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Processing.class);
    assertThat(provider().ask(order, now())).isInstanceOf(Answer.Processing.class);
    var later = stand().later();
    assertThat(provider().ask(order, later)).isInstanceOf(Answer.Done.class);
    assertThat(stand().paidBack(payment)).isEqualTo(4_000);
  }

  @Test default void a_refund_may_fail_after_it_was_on_its_way() {
    var payment = captured();
    var order = order(payment, 4_000);
    stand().slowNext(payment, false);
    assertThat(provider().refund(order, now())).isInstanceOf(Answer.Processing.class);
    var later = stand().later();
    assertThat(provider().ask(order, later)).isInstanceOf(failedLater());
    assertThat(stand().paidBack(payment)).isZero();
  }

  @Test default void the_records_hold_every_refund_whoever_ordered_it() {
    var payment = captured();
    var order = order(payment, 4_000);
    assertThat(provider().records(payment, List.of(), now()).orElseThrow()).isEmpty();
    provider().refund(order, now());
    stand().payDirectly(payment, "shop-77-" + order.reference().substring(4, 23), 2_500);
    var records = provider().records(payment, List.of(order), stand().later()).orElseThrow();
    assertThat(records).extracting(RefundRecord::minor).containsExactlyInAnyOrder(4_000L, 2_500L);
    assertThat(records).allSatisfy(record -> assertThat(record.state()).isEqualTo(Facts.State.SUCCEEDED));
    assertThat(records).filteredOn(record -> record.reference().equals(order.reference())).singleElement()
        .satisfies(record -> assertThat(record.minor()).isEqualTo(4_000));
    assertThat(stand().paidBack(payment)).isEqualTo(6_500);
  }

  @Test default void a_genuine_callback_names_the_refund_and_a_repeated_one_has_the_same_id() {
    var payment = captured();
    var order = order(payment, 4_000);
    provider().refund(order, now());
    var heard = provider().read(stand().callback(payment, order.reference()), now());
    assertThat(heard).isInstanceOfSatisfying(Heard.OfRefund.class,
        it -> assertThat(it.reference()).isEqualTo(order.reference()));
    assertThat(provider().read(stand().callback(payment, order.reference()), now())).isEqualTo(heard);
  }

  @Test default void a_callback_that_is_altered_or_signed_by_another_is_forged() {
    var payment = captured();
    var order = order(payment, 4_000);
    provider().refund(order, now());
    var forgeries = stand().forgeries(payment, order.reference());
    assertThat(forgeries).containsKeys("altered body", "altered signature", "other key", "no signature");
    forgeries.forEach((what, callback) -> assertThat(provider().read(callback, now())).as(what)
        .isInstanceOfSatisfying(Heard.Forged.class, it -> assertThat(it.why()).doesNotContain(order.reference())));
  }

  @Test default void a_taken_callback_is_answered_with_success_and_another_is_to_come_again() {
    assertThat(provider().reply(true).status()).isBetween(200, 299);
    assertThat(List.of(200, 201, 204).contains(provider().reply(false).status())
        && provider().reply(false).body().equals(provider().reply(true).body())).isFalse();
  }
}
