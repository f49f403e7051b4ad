package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Behaviour;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.dispute.DisputeId;
import redress.dispute.Refund;
import redress.dispute.Status;
import redress.seal.Digest;

/** What is done about callbacks, whoever sends them: the signatures of the connectors are tested with them. */
class HearingTest {
  private static World world;
  private static Hearing hearing;

  @BeforeAll static void open() {
    world = new World();
    hearing = world.hearing(new Providers(List.of(new Signing(world.wallet))));
  }

  @AfterAll static void close() {
    world.close();
  }

  @AfterEach void clear() {
    world.database.sql.sql("delete from errand").update();
    world.database.sql.sql("delete from callback").update();
    world.meters.clear();
  }

  /** The wallet as somebody who calls back from outside: kind, id and subject in the body, signed. */
  private record Signing(Provider wallet) implements Provider {
    private static final byte[] KEY = "between us".getBytes(StandardCharsets.UTF_8);

    static Callback says(String kind, String id, String subject) {
      var body = kind + " " + id + " " + subject;
      return new Callback(Map.of("Signature", Digest.keyed(KEY, body)), body);
    }

    @Override public Heard read(Callback callback, Instant at) {
      boolean genuine = callback.header("signature").filter(Digest.keyed(KEY, callback.body())::equals).isPresent();
      var said = callback.body().split(" ", 3);
      if (!genuine) return new Heard.Forged("not signed");
      return switch (said[0]) {
        case "refund" -> new Heard.OfRefund(said[1], said[2]);
        case "payment" -> new Heard.OfPayment(said[1], said[2]);
        default -> new Heard.OfNoConcern(said[1]);
      };
    }

    @Override public String name() {
      return wallet.name();
    }

    @Override public Facts.Transaction find(String payment, Instant at) {
      return wallet.find(payment, at);
    }

    @Override public Answer refund(RefundOrder order, Instant at) {
      return wallet.refund(order, at);
    }

    @Override public Answer ask(RefundOrder order, Instant at) {
      return wallet.ask(order, at);
    }

    @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
      return wallet.records(payment, at);
    }
  }

  @Test void a_callback_comes_many_times_at_once_and_is_counted_and_asked_about_once() throws Exception {
    var id = world.refunding("often", null);
    var fresh = new AtomicInteger();
    var together = new CountDownLatch(1);
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        senders.execute(() -> {
          try {
            together.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          hear("refund", "evt-1", id + "-r1").ifPresent(reply -> fresh.addAndGet(reply.status() == 200 ? 1 : 0));
        });
      }
      together.countDown();
    }
    assertThat(fresh).hasValue(40);
    assertThat(world.waiting()).isEqualTo(1);
    assertThat(deliveries("evt-1")).isEqualTo(40);
  }

  @Test void a_callback_before_the_answer_asks_and_the_answer_then_changes_nothing() {
    var id = world.refunding("early", null);
    assertThat(hear("refund", "evt-early", id + "-r1")).isPresent();
    done();
    assertThat(state(id)).isEqualTo(Refund.State.SUCCEEDED);
    int version = world.look(id).version();
    world.order(id, World.MORNING);
    done();
    assertThat(world.look(id).version()).isEqualTo(version);
    assertThat(world.paid("early", World.MORNING)).hasSize(1);
  }

  @Test void what_a_callback_claims_is_never_believed_but_asked() {
    var id = world.refunding("claim", null);
    world.wallet.tell("claim", new Behaviour.Fail("CARD_CLOSED", Duration.ZERO));
    hear("refund", "evt-succeeded", id + "-r1");
    done();
    assertThat(state(id)).isEqualTo(Refund.State.FAILED);
    hear("refund", "evt-succeeded-again", id + "-r1");
    done();
    assertThat(state(id)).isEqualTo(Refund.State.FAILED);
  }

  @Test void an_enquiry_from_outside_leaves_the_one_that_goes_on_alone() {
    var id = world.refunding("slow", null);
    world.wallet.tell("slow", new Behaviour.Slow(Duration.ofDays(2)));
    hear("refund", "evt-slow", id + "-r1");
    done();
    assertThat(state(id)).isEqualTo(Refund.State.PROCESSING);
    hear("refund", "evt-slow-2", id + "-r1");
    long waiting = world.waiting();
    runUntil(() -> world.waiting() == waiting - 1);
    assertThat(world.ended("Enquire", "done")).isPositive();
  }

  @Test void a_chargeback_that_the_provider_knows_of_is_opened_once_however_many_callbacks_tell_of_it() {
    var id = LifeTest.file(world, filed("charged"), World.MORNING);
    world.wallet.chargeBack("charged", 3_000, World.MORNING);
    for (int i = 0; i < 5; i++) hear("payment", "evt-charge-" + i, "charged");
    done();
    assertThat(world.look(id).status()).isEqualTo(Status.CLOSED);
    assertThat(world.database.disputes.find(id).orElseThrow().payment().chargedBack()).isEqualTo(3_000);
    world.wallet.chargeBack("charged", 500, World.MORNING);
    hear("payment", "evt-charge-more", "charged");
    done();
    assertThat(world.database.disputes.find(id).orElseThrow().payment().chargedBack()).isEqualTo(3_500);
  }

  @Test void a_dispute_on_a_test_clock_is_asked_about_by_that_clock() {
    var noon = World.MORNING.plus(Duration.ofDays(400));
    world.database.clocks.create("far", noon);
    var id = world.refunding("clocked", "far");
    hear("refund", "evt-clocked", id + "-r1");
    var due = world.database.errands.ahead("far", 10);
    assertThat(due).singleElement().satisfies(one -> assertThat(one.due()).isEqualTo(noon));
  }

  @Test void what_is_forged_unknown_or_of_no_concern_leaves_nothing_but_a_count() {
    var id = world.refunding("forged", null);
    var forged = new Callback(Map.of("signature", "00"), "refund evt-forged " + id + "-r1");
    assertThat(hearing.hear("WALLET", forged)).isEmpty();
    assertThat(hearing.hear("NOWHERE", Signing.says("refund", "evt-x", id + "-r1"))).isEmpty();
    assertThat(hear("other", "evt-other", "-")).isPresent();
    assertThat(hear("refund", "evt-theirs", "their-own-reference")).isPresent();
    assertThat(hear("payment", "evt-unheard", "never registered")).isPresent();
    assertThat(world.waiting()).isZero();
    assertThat(world.database.sql.sql("select count(*) from callback").query(Long.class).single()).isZero();
    assertThat(counted("forged")).isEqualTo(2);
    assertThat(counted("no_concern")).isEqualTo(3);
  }

  private static String filed(String payment) {
    world.pay(payment, null);
    return payment;
  }

  private static Optional<Provider.Reply> hear(String kind, String id, String subject) {
    return hearing.hear("WALLET", Signing.says(kind, id, subject));
  }

  private static void done() {
    runUntil(() -> world.database.errands.countDue(World.MORNING) == 0 && world.ended("Enquire", "failed") == 0);
  }

  private static void runUntil(java.util.function.BooleanSupplier condition) {
    try (var runner = world.runner(world.clock, Pace.STANDARD)) {
      runner.start();
      Waiting.until("all is done", condition);
    }
  }

  private static Refund.State state(DisputeId id) {
    return world.look(id).refunds().getFirst().state();
  }

  private static int deliveries(String id) {
    return world.database.sql.sql("select deliveries from callback where id = ?").param(id).query(Integer.class)
        .single();
  }

  private static long counted(String end) {
    return world.meters.find("redress.callbacks").tag("end", end).counters().stream().mapToLong(it -> (long) it.count())
        .sum();
  }
}
