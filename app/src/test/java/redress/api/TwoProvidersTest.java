package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.connect.Fate;
import redress.connect.Providing;
import redress.policy.Role;
import redress.stripe.StripeServer;

/** Two providers at once on one server, over HTTP on both sides; what befalls one does not befall the other. */
class TwoProvidersTest {
  private static final int EACH = 8;

  @TempDir static Path folder;
  private static Providing providing;
  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;

  @BeforeAll static void open() {
    providing = new Providing(folder, "PT2S");
    server = new Server(providing.accounts);
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() {
    server.close();
    providing.close();
  }

  /** A dispute in which everything goes back, and where its payment is held. */
  private record Case(String account, String payment, String dispute) {
    String state() {
      return refund("state");
    }

    String refund(String field) {
      return server.get(platform, "/v1/disputes/" + dispute).json().path("refunds").path(0).path(field).asString();
    }

    long effects() {
      return providing.effects(account, payment, dispute + "-r1");
    }

    /** As its books tell, without anybody looking at the dispute. */
    String unseen() {
      return server.centre.the(org.springframework.jdbc.core.simple.JdbcClient.class)
          .sql("select stage::jsonb->'refunds'->0->>'state' from dispute where payment = ?").param("p-" + payment)
          .query(String.class).single();
    }
  }

  @Test void six_hours_without_one_provider_delay_its_refunds_alone_and_lose_and_double_none() {
    clock("outage");
    var stripe = cases(Providing.STRIPE, "outage");
    var paypal = cases(Providing.PAYPAL, "outage");
    var tried = ConcurrentHashMap.<String>newKeySet();
    providing.paypal.fates = (call, capture) -> fails(tried, call, capture);
    advance("outage", "PT1M");
    assertThat(stripe).allSatisfy(it -> assertThat(it.unseen()).isEqualTo("SUCCEEDED"));
    assertThat(paypal).allSatisfy(it -> assertThat(it.unseen()).isEqualTo("UNKNOWN"));
    advance("outage", "PT5H59M");
    assertThat(paypal).allSatisfy(it -> assertThat(it.unseen()).isEqualTo("UNKNOWN"));
    providing.paypal.fates = (_, _) -> Fate.FINE;
    var looked = paypal.subList(0, EACH / 2);
    looked.forEach(Case::state);
    advance("outage", "PT1S");
    assertThat(looked).allSatisfy(it -> assertThat(it.unseen()).isEqualTo("SUCCEEDED"));
    assertThat(paypal.subList(EACH / 2, EACH)).allSatisfy(it -> assertThat(it.unseen()).isEqualTo("UNKNOWN"));
    advance("outage", "PT20H");
    var all = new ArrayList<>(stripe);
    all.addAll(paypal);
    assertThat(all).allSatisfy(it -> {
      assertThat(it.unseen()).isEqualTo("SUCCEEDED");
      assertThat(it.effects()).isEqualTo(1);
      assertThat(providing.refunded(it.account(), it.payment())).isEqualTo(Providing.PRICE);
    });
  }

  /** PayPal falls silent with the first order for each capture: every other one was carried out, and none answered. */
  private static Fate fails(Set<String> tried, String call, String capture) {
    if (tried.contains(capture)) return Fate.BROKEN;
    if (!call.endsWith("/refund")) return Fate.FINE;
    tried.add(capture);
    return capture.codePointBefore(capture.length() - 1) % 2 == 0 ? Fate.LOST : Fate.DROPPED;
  }

  @Test void a_signed_callback_over_http_has_the_provider_asked_and_a_forged_one_does_not() {
    clock("called");
    var it = file(Providing.STRIPE, "called");
    providing.stripe.slowNext(it.payment());
    advance("called", "PT1M");
    assertThat(it.unseen()).isEqualTo("PROCESSING");
    providing.stripe.settle(it.payment(), "succeeded");
    var body = providing.stripe.event("evt_over_http", "refund.updated", it.payment(), it.dispute() + "-r1");
    var forged = server.post(null, "/v1/callbacks/STRIPE-EU", body, "Stripe-Signature",
        StripeServer.signature(body, "whsec_of_somebody_else", server.now()));
    assertThat(forged.status()).isEqualTo(401);
    assertThat(forged.code()).isEqualTo("CALLBACK_UNPROVED");
    advance("called", "PT1S");
    assertThat(it.unseen()).isEqualTo("PROCESSING");
    for (int i = 0; i < 3; i++) {
      var taken = server.post(null, "/v1/callbacks/STRIPE-EU", body, "Stripe-Signature",
          StripeServer.signature(body, StripeServer.WEBHOOK_SECRET, server.now()));
      assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    }
    advance("called", "PT1S");
    assertThat(it.unseen()).isEqualTo("SUCCEEDED");
    assertThat(it.effects()).isEqualTo(1);
  }

  private static List<Case> cases(String account, String clock) {
    var cases = new ArrayList<Case>();
    for (int n = 0; n < EACH; n++) cases.add(file(account, clock));
    return cases;
  }

  private static Case file(String account, String clock) {
    var held = providing.capture(account);
    var paid = server.put(platform, "/v1/payments/p-" + held, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"%s","atProvider":"%s","testClock":"%s"}""".formatted(account, held, clock));
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"p-%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It does not work."}""".formatted(held));
    var id = filed.json().path("id").asString();
    var refund = server.post(merchant, "/v1/disputes/" + id + "/refund", "{\"executor\":\"PLATFORM\"}",
        "Idempotency-Key", "refund-" + held);
    assertThat(refund.status()).as(refund.text()).isEqualTo(200);
    server.post(merchant, "/v1/disputes/" + id + "/statement", "{\"text\":\"At once.\"}");
    return new Case(account, held, id);
  }

  private static void clock(String name) {
    var made = server.post(platform, "/v1/test-clocks", "{\"id\":\"%s\",\"now\":\"2026-03-02T08:00:00Z\"}"
        .formatted(name));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private static void advance(String clock, String by) {
    var advanced = server.post(platform, "/v1/test-clocks/" + clock + "/advance", "{\"by\":\"" + by + "\"}");
    assertThat(advanced.status()).as(advanced.text()).isEqualTo(200);
  }
}
