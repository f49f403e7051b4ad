package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.connect.Callback;
import redress.connect.Providers;
import redress.connect.Providing;
import redress.stripe.StripeServer;

/** Ten thousand callbacks come as a hundred thousand, in any order, some too old, some forged. */
class FloodTest {
  private static final int CALLBACKS = 10_000;
  private static final int LETTERS = 100_000;
  private static final int MOST_OF_ONE = 20;
  private static final int AT_ONCE = 64;

  @TempDir static Path folder;
  private static World world;
  private static Providing providing;
  private static Hearing hearing;

  @BeforeAll static void open() {
    world = new World();
    world.hurry();
    providing = new Providing(folder, "PT20S");
    hearing = world.hearing(new Providers(providing.providers));
  }

  @AfterAll static void close() {
    providing.close();
    world.close();
  }

  /** One delivery, and whether it deserves to be heard. */
  private record Letter(Callback callback, boolean genuine) {}

  @Test void ten_thousand_callbacks_delivered_as_a_hundred_thousand_have_ten_thousand_effects() throws Exception {
    var random = new Random(7);
    var orders = orders();
    var letters = letters(orders, random);
    assertThat(letters).hasSize(LETTERS);
    long genuine = letters.stream().filter(Letter::genuine).count();
    var accepted = new AtomicInteger();
    var settings = new Runner.Settings(AT_ONCE, Duration.ofMillis(5), Duration.ofMinutes(5));
    try (var runner = new Runner(world.database.errands, world.desk,
        world.carrier(world.desk, new Providers(providing.providers)), passing(), world.meters, Pace.STANDARD,
        settings)) {
      runner.start();
      deliver(letters, accepted);
      Waiting.until("every refund was asked about", () -> world.ended("Enquire", "done") >= CALLBACKS
          && count("select count(*) from errand where key like 'callback.%'") == 0, Duration.ofMinutes(2));
    }
    assertThat(accepted).hasValue((int) genuine);
    assertThat(count("select count(*) from callback")).isEqualTo(CALLBACKS);
    assertThat(count("select sum(deliveries) from callback")).isEqualTo(genuine);
    assertThat(counted("first")).isEqualTo(CALLBACKS);
    assertThat(counted("repeated")).isEqualTo(genuine - CALLBACKS);
    assertThat(counted("forged")).isEqualTo(LETTERS - genuine);
    assertThat(count("select count(*) from event where type = 'RefundMoved'")).isEqualTo(CALLBACKS);
    assertThat(count("""
        select count(*) from dispute where stage::jsonb @@ '$.refunds[0].state == "SUCCEEDED"'
        """)).isEqualTo(CALLBACKS);
    assertThat(orders).allSatisfy(order -> assertThat(order.effects()).isEqualTo(1));
  }

  /** A clock that begins in the morning and goes on: what the desk could not serve at once is tried a second later. */
  private static Clock passing() {
    return Clock.offset(Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), World.MORNING));
  }

  /** Each was paid at the provider, and Redress never heard of it. */
  private static List<Ordered> orders() throws InterruptedException {
    var orders = Collections.synchronizedList(new ArrayList<Ordered>());
    many(CALLBACKS, n -> {
      var order = Ordered.at(providing, world, Providing.STRIPE, "flood-" + n);
      providing.stripe.refund(order.atProvider(), order.reference(), Ordered.REFUND);
      orders.add(order);
    });
    return List.copyOf(orders);
  }

  /** Each callback once as it should be, and the rest of the letters shared out among them, at most twenty of one. */
  private static List<Letter> letters(List<Ordered> orders, Random random) {
    var letters = new ArrayList<Letter>();
    var bodies = new ArrayList<String>();
    for (int i = 0; i < orders.size(); i++) {
      var order = orders.get(i);
      // What it says may long be untrue.
      var type = i % 10 == 0 ? "refund.failed" : "refund.updated";
      var body = providing.stripe.event("evt_" + order.payment(), type, order.atProvider(), order.reference());
      bodies.add(body);
      letters.add(signed(body, World.MORNING));
    }
    var copies = new int[bodies.size()];
    while (letters.size() < LETTERS) {
      int n = random.nextInt(copies.length);
      if (++copies[n] < MOST_OF_ONE) letters.add(letter(bodies.get(n), random));
    }
    Collections.shuffle(letters, random);
    return letters;
  }

  private static Letter letter(String body, Random random) {
    int chance = random.nextInt(100);
    if (chance < 10) return forged(body, World.MORNING.minus(Duration.ofMinutes(6)), StripeServer.WEBHOOK_SECRET);
    if (chance < 15) return forged(body, World.MORNING, "whsec_of_somebody_else");
    if (chance >= 17) return signed(body, World.MORNING);
    var headers = signed(body, World.MORNING).callback().headers();
    return new Letter(new Callback(headers, body.replace("\"amount\":4000", "\"amount\":9000")), false);
  }

  private static Letter signed(String body, Instant at) {
    return new Letter(new Callback(
        Map.of("stripe-signature", StripeServer.signature(body, StripeServer.WEBHOOK_SECRET, at)), body), true);
  }

  private static Letter forged(String body, Instant at, String secret) {
    return new Letter(new Callback(Map.of("stripe-signature", StripeServer.signature(body, secret, at)), body), false);
  }

  private static void deliver(List<Letter> letters, AtomicInteger accepted) throws InterruptedException {
    many(letters.size(), n -> {
      var letter = letters.get(n);
      var reply = hearing.hear(Providing.STRIPE, letter.callback());
      assertThat(reply.isPresent()).isEqualTo(letter.genuine());
      if (reply.isPresent()) accepted.incrementAndGet();
    });
  }

  private interface Work {
    void go(int n);
  }

  private static void many(int times, Work work) throws InterruptedException {
    var places = new Semaphore(AT_ONCE);
    var failures = Collections.synchronizedList(new ArrayList<Throwable>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int n = i;
        places.acquire();
        threads.execute(() -> {
          try {
            work.go(n);
          } catch (RuntimeException | AssertionError e) {
            failures.add(e);
          } finally {
            places.release();
          }
        });
      }
    }
    assertThat(failures).isEmpty();
  }

  private static long count(String query) {
    return world.database.sql.sql(query).query(Long.class).single();
  }

  private static long counted(String end) {
    return (long) world.meters.get("redress.callbacks").tag("end", end).counter().count();
  }
}
