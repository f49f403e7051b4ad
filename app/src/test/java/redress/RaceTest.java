package redress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import redress.door.Keys;
import redress.invariant.Examination;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Party.Kind;
import tools.jackson.databind.json.JsonMapper;

/** Rivals at two centres on one database: whatever they do at the same moment, exactly one wins. */
class RaceTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static volatile Instant now = MORNING;
  private static EmbeddedPostgres postgres;
  private static List<Centre> centres;
  private static HttpClient http;
  private static String platform;
  private static String buyer;
  private static String merchant;

  /** What a rival was told. */
  record Reply(int status, String text) {
    String code() {
      return JSON.readTree(text).path("code").asString("");
    }

    boolean won() {
      return status >= 200 && status < 300;
    }
  }

  @BeforeAll static void open() {
    postgres = EmbeddedPostgres.throwaway();
    http = HttpClient.newHttpClient();
    InstantSource time = () -> now;
    var settings = Centre.Settings.local(0).by(time.withZone(ZoneOffset.UTC));
    centres = List.of(Centre.open(postgres.database(), settings), Centre.open(postgres.database(), settings));
    var first = centres.getFirst();
    for (var id : List.of("buyer-1", "shop-1")) {
      var kind = id.startsWith("buyer") ? Kind.BUYER : Kind.MERCHANT;
      first.the(Parties.class).put(new Party(id, kind, "acc-" + id, 2, MORNING, ZoneOffset.ofHours(8), "en"),
          Contact.NONE);
    }
    platform = key(Role.PLATFORM, "platform-1");
    buyer = key(Role.BUYER, "buyer-1");
    merchant = key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() throws SQLException {
    try {
      var report = Examination.of(postgres.database(), _ -> {});
      assertThat(report.broken()).as(report.found().toString()).isEmpty();
    } finally {
      centres.forEach(Centre::close);
      http.close();
      postgres.close();
    }
  }

  @Test void fifty_rivals_accept_one_offer_and_one_wins() {
    var at = filed(paid(), 10_000, "phone");
    offer(merchant, at, 4_000);
    var replies = race(50, n -> post(n, buyer, at + "/offers/1/acceptance", "", "accept-50-" + n));
    oneWins(replies);
  }

  @Test void fifty_rivals_file_about_one_item_and_one_wins() {
    var payment = paid();
    var replies = race(50, n -> post(n, buyer, "/v1/disputes", filing(payment, 1_000, "phone"), "file-50-" + n));
    oneWins(replies);
  }

  @Test void fifty_repeats_of_one_command_have_one_effect_and_one_answer() {
    var at = filed(paid(), 10_000, "phone");
    var replies = race(50, n -> {
      var reply = post(n, buyer, at + "/messages", "{\"text\":\"once\"}", "once-50");
      while (reply.code().equals("IDEMPOTENCY_IN_FLIGHT")) {
        reply = post(n, buyer, at + "/messages", "{\"text\":\"once\"}", "once-50");
      }
      return reply;
    });
    assertThat(replies).allSatisfy(reply -> assertThat(reply.won()).as(reply.text()).isTrue());
    assertThat(count("select count(*) from words where body = 'once'")).isEqualTo(1);
    assertThat(count("select count(*) from receipt where key = 'once-50'")).isEqualTo(1);
  }

  @Test void who_hung_up_before_the_answer_came_asks_again_and_is_told_the_one_answer() throws IOException {
    var at = filed(paid(), 10_000, "phone");
    var body = "{\"text\":\"lost answer\"}";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), centres.getFirst().port())) {
      var request = "POST " + at + "/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + buyer
          + "\r\nContent-Type: application/json\r\nIdempotency-Key: lost-1\r\nContent-Length: " + body.length()
          + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      until("it is committed", () -> count("select count(*) from words where body = 'lost answer'") == 1);
    }
    long events = count("select count(*) from event");
    for (int n = 0; n < 2; n++) {
      var again = ok(post(n, buyer, at + "/messages", body, "lost-1"));
      assertThat(JSON.readTree(again.text()).path("version").asInt()).isEqualTo(3);
    }
    assertThat(post(1, buyer, at + "/messages", "{\"text\":\"another\"}", "lost-1").status()).isEqualTo(422);
    assertThat(count("select count(*) from event")).isEqualTo(events);
  }

  @Test void fifty_messages_at_once_are_all_taken_one_after_another() {
    var at = filed(paid(), 10_000, "phone");
    var replies = race(50, n -> post(n, n % 4 < 2 ? buyer : merchant, at + "/messages", "{\"text\":\"all " + n + "\"}",
        "all-50-" + n));
    assertThat(replies).allSatisfy(reply -> assertThat(reply.won()).as(reply.text()).isTrue());
    assertThat(count("select count(*) from words where body like 'all %'")).isEqualTo(50);
  }

  @RepeatedTest(8) void an_offer_is_accepted_or_withdrawn() {
    var at = filed(paid(), 10_000, "phone");
    offer(merchant, at, 4_000);
    oneWins(race(2, n -> n == 0 ? post(0, buyer, at + "/offers/1/acceptance", "", "")
        : post(1, merchant, at + "/offers/1/withdrawal", "", "")));
  }

  @RepeatedTest(8) void an_offer_is_accepted_or_its_dispute_withdrawn() {
    var at = filed(paid(), 10_000, "phone");
    offer(merchant, at, 4_000);
    oneWins(race(2, n -> n == 0 ? post(0, buyer, at + "/offers/1/acceptance", "", "")
        : post(1, buyer, at + "/withdrawal", "", "")));
  }

  @RepeatedTest(8) void of_two_acceptances_of_two_offers_one_wins() {
    var at = filed(paid(), 10_000, "phone");
    offer(merchant, at, 4_000);
    oneWins(race(2, n -> n == 0 ? post(0, buyer, at + "/offers/1/acceptance", "", "")
        : post(1, merchant, at + "/refund", "{\"executor\":\"PLATFORM\"}", "refund-" + at)));
  }

  @RepeatedTest(8) void an_offer_is_accepted_or_expires() {
    var at = filed(paid(), 10_000, "phone");
    offer(merchant, at, 4_000);
    // Both runners see the deadline pass at the very instant in which the buyer accepts.
    var replies = race(2, n -> {
      if (n == 0) return post(0, buyer, at + "/offers/1/acceptance", "", "");
      now = now.plus(Duration.ofDays(3));
      return new Reply(200, "{}");
    });
    var accepted = replies.getFirst();
    until("it is settled or expired", () -> !"AWAITING_BUYER".equals(look(at, "status")) || hasExpired(at));
    if (accepted.won()) assertThat(hasExpired(at)).isFalse();
    else {
      assertThat(accepted.status()).as(accepted.text()).isEqualTo(409);
      assertThat(hasExpired(at)).isTrue();
    }
  }

  @RepeatedTest(8) void two_disputes_of_one_payment_cannot_spend_it_twice() {
    var payment = paid();
    var phone = filed(payment, 8_000, "phone");
    var cable = filed(payment, 8_000, "cable");
    var replies = race(2, n -> post(n, merchant, (n == 0 ? phone : cable) + "/offers",
        "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":8000,\"currency\":\"CNY\"}}", ""));
    assertThat(replies).allSatisfy(reply -> assertThat(reply.won()).as(reply.text()).isTrue());
    race(2, n -> post(n, buyer, (n == 0 ? phone : cable) + "/offers/1/acceptance", "", ""));
    race(2, n -> post(n, merchant, (n == 0 ? phone : cable) + "/statement", "{\"text\":\"At once.\"}", ""));
    until("both are confirmed or stopped", () -> !"CONFIRMING".equals(look(phone, "status"))
        && !"CONFIRMING".equals(look(cable, "status")));
    until("one is paid", () -> count("select count(*) from wallet.refund where payment = '" + payment + "'") > 0);
    assertThat(count("select coalesce(sum(minor), 0) from wallet.refund where payment = '" + payment + "'"))
        .isLessThanOrEqualTo(10_000);
  }

  @Test void two_disputes_of_one_payment_are_worked_on_at_once_and_lose_nothing() {
    var payment = paid();
    var phone = filed(payment, 5_000, "phone");
    var cable = filed(payment, 5_000, "cable");
    var replies = race(40, n -> post(n, buyer, (n % 4 < 2 ? phone : cable) + "/messages",
        "{\"text\":\"both " + n + "\"}", "both-" + n));
    assertThat(replies).allSatisfy(reply -> assertThat(reply.won()).as(reply.text()).isTrue());
    assertThat(count("select count(*) from words where body like 'both %'")).isEqualTo(40);
  }

  private static void oneWins(List<Reply> replies) {
    assertThat(replies).filteredOn(Reply::won).as(replies.toString()).hasSize(1);
    assertThat(replies).filteredOn(reply -> !reply.won()).allSatisfy(reply -> {
      assertThat(reply.status()).as(reply.text()).isEqualTo(409);
      assertThat(reply.code()).isNotEmpty();
    });
  }

  /** What one of the rivals does; even ones at the first centre, odd ones at the other. */
  private interface Rival {
    Reply act(int n) throws Exception;
  }

  private static List<Reply> race(int rivals, Rival rival) {
    var start = new CyclicBarrier(rivals);
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = IntStream.range(0, rivals).mapToObj(n -> (Callable<Reply>) () -> {
        start.await();
        return rival.act(n);
      }).toList();
      var replies = new ArrayList<Reply>();
      for (Future<Reply> one : all.invokeAll(work)) replies.add(one.get());
      return replies;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A captured payment nobody disputes yet. */
  private static String paid() {
    var id = "race-" + NUMBER.incrementAndGet();
    ok(send(0, "PUT", platform, "/v1/payments/" + id, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","items":["phone","cable"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""", ""));
    ok(send(1, "PUT", platform, "/v1/wallet/payments/" + id, "{}", ""));
    return id;
  }

  private static String filing(String payment, long amount, String item) {
    return """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":%d,"currency":"CNY",
         "items":["%s"],"description":"Not as described."}""".formatted(payment, amount, item);
  }

  private static String filed(String payment, long amount, String item) {
    var filed = ok(post(1, buyer, "/v1/disputes", filing(payment, amount, item), ""));
    return "/v1/disputes/" + JSON.readTree(filed.text()).path("id").asString();
  }

  private static void offer(String who, String at, long amount) {
    ok(post(0, who, at + "/offers",
        "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":%d,\"currency\":\"CNY\"}}".formatted(amount), ""));
  }

  private static String look(String at, String what) {
    return JSON.readTree(ok(send(1, "GET", buyer, at, "", "")).text()).path(what).asString("");
  }

  private static boolean hasExpired(String at) {
    var number = Long.parseUnsignedLong(at.substring(at.length() - 16), 16);
    return count("select count(*) from event where type = 'OfferEnded' and body->>'state' = 'EXPIRED' and dispute = "
        + number) == 1;
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.won()).as(reply.text()).isTrue();
    return reply;
  }

  private static Reply post(int centre, String secret, String path, String body, String key) {
    return send(centre, "POST", secret, path, body, key);
  }

  private static Reply send(int centre, String method, String secret, String path, String body, String key) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centres.get(centre % 2).port() + path))
        .timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + secret)
        .header("Content-Type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) request.header("Idempotency-Key", key);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  private static long count(String query) {
    try (var connection = postgres.database().connect(); var sql = connection.createStatement();
        var row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static String key(Role role, String subject) {
    return centres.getFirst().the(Keys.class).issue(Keys.Wish.of(role, subject, false)).secret();
  }
}
