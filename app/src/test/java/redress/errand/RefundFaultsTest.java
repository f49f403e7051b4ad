package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Fate;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.Providing;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.dispute.Errand;
import redress.dispute.Refund;
import redress.store.Errands.Due;
import redress.store.Errands.Postponed;
import redress.store.Errands.Work;

/**
 * A thousand refunds at two providers while lines break, answers are lost, and whoever carries them dies at any point:
 * before the order is sent, after it was sent, after its answer, and after that was written down.
 */
class RefundFaultsTest {
  private static final int REFUNDS = 1_000;
  private static final int LIVES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static World world;
  private static Providing providing;

  @BeforeAll static void open() {
    world = new World();
    world.hurry();
    providing = new Providing(folder, "PT1S");
  }

  @AfterAll static void close() {
    providing.close();
    world.close();
  }

  /** Whoever carried it is gone, with everything it knew. */
  private static final class Killed extends RuntimeException {
    Killed(Point at) {
      super(at.name(), null, false, false);
    }
  }

  /** Where somebody can die. */
  private enum Point {
    BEFORE_IT_IS_SENT, WITH_THE_ANSWER_IN_HAND, AFTER_IT_IS_WRITTEN_DOWN
  }

  /** How cruel the world is, and what of it happened. */
  private static final class Doom {
    private final Random random = new Random(11);
    final Set<String> happened = ConcurrentHashMap.newKeySet();
    volatile boolean over;

    synchronized boolean strikes(int percent, String what) {
      boolean struck = !over && random.nextInt(100) < percent;
      if (struck) happened.add(what);
      return struck;
    }

    void at(Point point) {
      if (strikes(12, point.name())) throw new Killed(point);
    }

    Fate of(String call) {
      if (call.contains("oauth2")) return Fate.FINE;
      for (var fate : new Fate[] {Fate.LOST, Fate.DROPPED, Fate.BROKEN, Fate.BUSY}) {
        if (strikes(6, fate.name())) return fate;
      }
      return call.startsWith("POST") && strikes(2, Fate.SILENT.name()) ? Fate.SILENT : Fate.FINE;
    }
  }

  /** A provider whose caller may die before and after each order. */
  private record Mortal(Provider provider, Doom doom) implements Provider {
    @Override public Answer refund(RefundOrder order, Instant at) {
      doom.at(Point.BEFORE_IT_IS_SENT);
      var answer = provider.refund(order, at);
      doom.at(Point.WITH_THE_ANSWER_IN_HAND);
      return answer;
    }

    @Override public String name() {
      return provider.name();
    }

    @Override public Facts.Transaction find(String payment, Instant at) {
      return provider.find(payment, at);
    }

    @Override public Answer ask(RefundOrder order, Instant at) {
      return provider.ask(order, at);
    }

    @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
      return provider.records(payment, at);
    }

    @Override public Heard read(Callback callback, Instant at) {
      return provider.read(callback, at);
    }
  }

  @Test void a_thousand_refunds_with_time_outs_and_kills_at_every_point_have_one_effect_each() {
    var doom = new Doom();
    providing.stripe.fates = (call, _) -> doom.of(call);
    providing.paypal.fates = (call, _) -> doom.of(call);
    var orders = new ArrayList<Ordered>();
    for (int n = 0; n < REFUNDS; n++) {
      var order = Ordered.at(providing, world, n % 2 == 0 ? Providing.STRIPE : Providing.PAYPAL, "fault-" + n);
      world.order(order.dispute(), World.MORNING);
      orders.add(order);
    }
    var now = World.MORNING;
    for (int life = 0; life < LIVES; life++) {
      live(now, doom);
      now = now.plus(Duration.ofHours(2));
      if (life % 3 == 2) {
        providing.stripe.forgetKeys();
        providing.paypal.forgetRequests();
      }
    }
    assertThat(doom.happened).contains("LOST", "DROPPED", "BROKEN", "BUSY", "SILENT", "BEFORE_IT_IS_SENT",
        "WITH_THE_ANSWER_IN_HAND", "AFTER_IT_IS_WRITTEN_DOWN");
    doom.over = true;
    for (int day = 0; day < 5 && underway() > 0; day++) {
      now = now.plus(Duration.ofDays(1));
      live(now, doom);
    }
    assertThat(underway()).isZero();
    for (var order : orders) {
      assertThat(order.effects()).as(order.toString()).isEqualTo(1);
      assertThat(order.refunded()).as(order.toString()).isEqualTo(Ordered.REFUND);
      assertThat(world.look(order.dispute()).refunds()).singleElement()
          .satisfies(refund -> assertThat(refund.state()).as(order.toString()).isEqualTo(Refund.State.SUCCEEDED));
    }
    assertThat(world.database.sql.sql("""
        select count(*) from event where type = 'RefundMoved' and body->'refund'->>'state' = 'SUCCEEDED'
        """).query(Long.class).single()).isEqualTo(REFUNDS);
  }

  /** One process from its start to its end: what it knows is gone afterwards, and the database stays. */
  private static void live(Instant now, Doom doom) {
    var mortal = providing.providers.stream().map(it -> new Mortal(it, doom)).toList();
    try (var desk = world.desk()) {
      var carrier = world.carrier(desk, new Providers(mortal));
      var done = new ConcurrentLinkedQueue<Due>();
      var later = new ConcurrentLinkedQueue<Postponed>();
      try (var threads = Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
        for (var due : world.database.errands.claim(now, 10 * REFUNDS, PATIENCE)) {
          threads.execute(() -> carry(carrier, due, now, doom, done, later));
        }
      }
      world.database.errands.done(List.copyOf(done));
      world.database.errands.postpone(List.copyOf(later));
    }
  }

  private static void carry(Carrier carrier, Due due, Instant now, Doom doom, ConcurrentLinkedQueue<Due> done,
      ConcurrentLinkedQueue<Postponed> later) {
    if (!(due.work() instanceof Work.Outside(var errand)) || !isMoney(errand)) return;
    try {
      var course = carrier.carry(due, errand, carrier.matter(due), now);
      doom.at(Point.AFTER_IT_IS_WRITTEN_DOWN);
      switch (course) {
        case Course.Done _,Course.Dropped _ -> done.add(due);
        case Course.Later(var at, var why) -> later.add(new Postponed(due, at, 0, null, why));
      }
    } catch (Killed gone) {
      doom.happened.add(gone.getMessage());
    } catch (Says.Unserved busy) {
      later.add(new Postponed(due, now, 0, null, "the desk is busy"));
    }
  }

  private static boolean isMoney(Errand errand) {
    return errand instanceof Errand.Pay || errand instanceof Errand.Enquire;
  }

  private static long underway() {
    return world.database.sql.sql("select count(*) from errand where body->>'type' in ('Pay', 'Enquire')")
        .query(Long.class).single();
  }
}
