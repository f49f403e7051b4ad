package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import redress.Centre;
import redress.door.Keys;
import redress.policy.Role;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Party.Kind;

/** People who pay, file, talk, settle, withdraw and fall silent, all at once, until they are told that it is enough. */
final class Crowd {
  final String platform;
  final String buyer;
  final Instant today = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);
  private final String merchant;
  private final Callers callers;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicBoolean patient = new AtomicBoolean(true);

  private Crowd(Centre centre, Callers callers) {
    this.callers = callers;
    platform = key(centre, Role.PLATFORM, "platform-1");
    buyer = key(centre, Role.BUYER, "buyer-1");
    merchant = key(centre, Role.MERCHANT_OWNER, "shop-1");
  }

  /** People known at a centre. */
  static Crowd registered(Centre centre, Callers callers) {
    centre.the(Parties.class).put(party("buyer-1", Kind.BUYER), Contact.NONE);
    centre.the(Parties.class).put(party("shop-1", Kind.MERCHANT), Contact.NONE);
    return new Crowd(centre, callers);
  }

  private static Party party(String id, Kind kind) {
    return new Party(id, kind, "acc-" + id, 2, Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.ofHours(8), "en");
  }

  private static String key(Centre centre, Role role, String subject) {
    return centre.the(Keys.class).issue(Keys.Wish.of(role, subject, false)).secret();
  }

  /** All begin: so many with disputes, one with praise, one with a clock. */
  List<Future<?>> begin(int disputants, ExecutorService people) {
    var work = new ArrayList<Future<?>>();
    for (int n = 0; n < disputants; n++) {
      int caller = n;
      work.add(people.submit(() -> work(caller)));
    }
    work.add(people.submit(this::praise));
    work.add(people.submit(this::advance));
    return work;
  }

  /** Whoever may have to wait a minute for what a dead server has claimed begins nothing new. */
  void beginNothingLong() {
    patient.set(false);
  }

  /** Everybody finishes what they are at. */
  void end() {
    patient.set(false);
    open.set(false);
  }

  /** Somebody says again and again what they think of the service. */
  private void praise() {
    for (int n = 0; patient.get(); n++) {
      var said = callers.post(buyer, "/v1/feedback", "{\"kind\":\"SUGGESTION\",\"text\":\"Well done.\"}", "f-" + n);
      assertThat(said.status()).as(said.text()).isEqualTo(201);
    }
  }

  /** Somebody lets the time of a dispute pass, an hour at a time. */
  private void advance() {
    callers.send("POST", platform, "/v1/test-clocks", "{\"id\":\"clock\",\"now\":\"" + today + "\"}", "t-clock");
    pay("clocked", ",\"testClock\":\"clock\"");
    callers.post(buyer, "/v1/disputes", filing("clocked"), "c-clocked-file");
    for (int n = 0; patient.get(); n++) {
      var done = callers.post(platform, "/v1/test-clocks/clock/advance", "{\"by\":\"PT1H\"}", "t-" + n);
      assertThat(done.status()).as(done.text()).isEqualTo(200);
    }
  }

  /** One caller: a payment, a dispute about it, and what people do then; every fourth one falls silent. */
  private void work(int caller) {
    for (int n = 0; open.get(); n++) live("c" + caller + "-" + n, n % 4);
  }

  /** A captured payment, with {@code more} of its fields. */
  void pay(String name, String more) {
    callers.send("PUT", platform, "/v1/payments/" + name, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","items":["phone"],
         "capturedAt":"%s","provider":"WALLET"%s}""".formatted(today, more), "");
    callers.send("PUT", platform, "/v1/wallet/payments/" + name, "{}", "");
  }

  static String filing(String payment) {
    return """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":10000,"currency":"CNY",
         "items":["phone"],"description":"It does not ring."}""".formatted(payment);
  }

  private void live(String name, int kind) {
    pay(name, "");
    var filed = callers.post(buyer, "/v1/disputes", filing(name), name + "-file");
    assertThat(filed.status()).as(filed.text()).isEqualTo(201);
    var at = "/v1/disputes/" + filed.json().path("id").asString();
    say(buyer, at, name + "-said-1");
    say(buyer, at, name + "-said-2");
    switch (kind) {
      case 0 -> say(buyer, at, name + "-said-3");
      case 1 -> callers.post(merchant, at + "/refund", "{\"executor\":\"PLATFORM\"}", name + "-refund");
      case 2 -> callers.post(buyer, at + "/withdrawal", "", name + "-withdraw");
      default -> {
        callers.post(merchant, at + "/offers",
            "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":4000,\"currency\":\"CNY\"}}", name + "-offer");
        callers.post(buyer, at + "/offers/1/acceptance", "", name + "-accept");
      }
    }
    if (kind % 2 == 1) callers.post(merchant, at + "/statement", "{\"text\":\"At once.\"}", name + "-statement");
  }

  private void say(String who, String at, String words) {
    var said = callers.post(who, at + "/messages", "{\"text\":\"" + words + "\"}", words);
    assertThat(said.isDone()).as(said.text()).isTrue();
  }
}
