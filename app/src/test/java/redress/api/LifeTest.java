package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server.Reply;
import redress.policy.Role;

/** Whole lives of disputes, through the API alone. */
class LifeTest {
  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;

  @BeforeAll static void open() {
    server = new Server();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  /** A payment by a test clock of its own, captured in the wallet, and a dispute about it. */
  private static String filed(String payment) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}""".formatted(payment)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    var filed = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":10000,"currency":"CNY",
         "items":["phone"],"description":"The phone is not the one in the picture."}""".formatted(payment)));
    assertThat(filed.status()).isEqualTo(201);
    var id = filed.json().path("id").asString();
    assertThat(filed.header("Location")).isEqualTo("/v1/disputes/" + id);
    return id;
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private static Reply advance(String payment, String by) {
    return ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  private static Reply look(String who, String id) {
    return ok(server.get(who, "/v1/disputes/" + id));
  }

  private static String status(String id) {
    return look(buyer, id).json().path("status").asString();
  }

  @Test void a_full_refund_is_agreed_paid_verified_for_three_days_and_recorded() {
    var id = filed("p-life-1");
    var at = "/v1/disputes/" + id;
    ok(server.post(merchant, at + "/messages", "{\"text\":\"We are sorry. Please send a picture.\"}"));
    ok(server.post(buyer, at + "/messages", "{\"text\":\"Here it is.\"}"));
    var offered = ok(server.post(merchant, at + "/offers", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":4000,"currency":"CNY"},"text":"Keep it for 40 less."}"""));
    assertThat(offered.json().path("awaited").asString()).isEqualTo("BUYER");
    assertThat(look(buyer, id).json().path("viewState").asString()).isEqualTo("ACTION_REQUIRED");
    assertThat(look(merchant, id).json().path("viewState").asString()).isEqualTo("WAITING_FOR_OTHER_PARTY");
    ok(server.post(buyer, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":10000,\"currency\":\"CNY\"}}"));
    var settled = ok(server.post(merchant, at + "/offers/2/acceptance", ""));
    assertThat(settled.json().path("status").asString()).isEqualTo("CONFIRMING");
    assertThat(settled.json().path("settlement").path("termsHash").asString()).hasSize(64);
    ok(server.post(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}"));
    advance("p-life-1", "PT1H");
    assertThat(status(id)).isEqualTo("AUDITING");
    advance("p-life-1", "PT24H");
    assertThat(status(id)).isEqualTo("FOLLOWING_UP");
    assertThat(look(buyer, id).json().path("viewState").asString()).isEqualTo("ACTION_REQUIRED");
    assertThat(look(merchant, id).json().path("viewState").asString()).isEqualTo("IN_VERIFICATION");
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Thank you.\"}"));
    assertThat(look(buyer, id).json().path("viewState").asString()).isEqualTo("IN_VERIFICATION");
    advance("p-life-1", "PT24H");
    assertThat(status(id)).isEqualTo("CONCLUDING");
    advance("p-life-1", "PT24H");
    var over = look(buyer, id).json();
    assertThat(over.path("status").asString()).isEqualTo("CLOSED");
    assertThat(over.path("outcome").asString()).isEqualTo("SETTLED_FULFILLED");
    assertThat(over.path("settlement").path("checks").findValuesAsString("result"))
        .containsExactly("PASSED", "PASSED", "PASSED");
    assertThat(over.path("refunds").get(0).path("state").asString()).isEqualTo("SUCCEEDED");
  }

  private static String decided(String payment) {
    var id = filed(payment);
    var at = "/v1/disputes/" + id;
    ok(server.give(buyer, at, "CHAT_LOG", "What the shop promised."));
    advance(payment, "PT73H");
    assertThat(status(id)).isEqualTo("MEDIATION_QUEUED");
    var mediator = server.key(Role.MEDIATOR, "mediator-1");
    ok(server.post(mediator, at + "/assignment", ""));
    ok(server.post(mediator, at + "/notes", "{\"text\":\"The shop is known for this.\"}"));
    ok(server.post(mediator, at + "/decision", """
        {"outcome":"DECIDED_SPLIT","liable":"BOTH","reasons":"Both are right in part.",
         "terms":{"remedy":"PARTIAL_REFUND","amount":5000,"currency":"CNY"}}"""));
    return id;
  }

  private static void sign(String id) {
    var verifier = server.key(Role.VERIFIER, "verifier-1");
    for (var action : look(verifier, id).json().path("availableActions").values()) {
      if (action.path("command").asString().equals("SignFinding")) {
        ok(server.post(verifier, action.path("href").asString(), "{\"note\":\"Seen.\"}"));
      }
    }
  }

  @Test void a_dispute_without_an_answer_is_decided_appealed_and_the_ruling_is_verified() {
    var id = decided("p-life-2");
    var at = "/v1/disputes/" + id;
    var seen = look(buyer, id).json();
    assertThat(seen.path("viewState").asString()).isEqualTo("APPEALABLE");
    assertThat(seen.path("wasOverdue").path("merchant").asBoolean()).isTrue();
    assertThat(seen.path("staff").isNull()).isTrue();
    assertThat(seen.path("availableActions").findValuesAsString("command")).contains("Appeal", "WaiveAppeal");
    ok(server.post(merchant, at + "/appeal", "{\"ground\":\"NEW_EVIDENCE\",\"text\":\"A new picture.\"}"));
    ok(server.post(buyer, at + "/appeal-waiver", ""));
    assertThat(status(id)).isEqualTo("APPEALED");
    var mediator = server.key(Role.MEDIATOR_LEAD, "lead-1");
    ok(server.post(mediator, at + "/appeal-decision", """
        {"outcome":"DECIDED_FOR_BUYER","liable":"MERCHANT","reasons":"The picture shows another phone.",
         "terms":{"remedy":"FULL_REFUND","amount":10000,"currency":"CNY"}}"""));
    assertThat(status(id)).isEqualTo("CONFIRMING");
    advance("p-life-2", "P4D");
    // A warning that nobody signs holds it up: a person of the platform has to look at it.
    for (int days = 0; days < 3 && !status(id).equals("CLOSED"); days++) {
      sign(id);
      advance("p-life-2", "P1D");
    }
    var over = look(buyer, id).json();
    assertThat(over.path("status").asString()).isEqualTo("CLOSED");
    assertThat(over.path("outcome").asString()).isEqualTo("DECIDED_FOR_BUYER");
    var rows = ok(server.get(buyer, at + "/timeline?limit=100")).json().path("items").findValues("row").stream()
        .map(row -> row.asInt()).toList();
    assertThat(rows).contains(1, 8, 12, 18, 19, 20, 21, 22, 25, 29);
    var money = ok(server.get(buyer, at + "/money")).json();
    long sum = 0;
    for (var balance : money.path("balances").values()) sum += balance.asLong();
    assertThat(sum).isZero();
    assertThat(money.path("balances").path("merchant.hold").asLong()).isZero();
    assertThat(ok(server.get(buyer, at + "/notices")).json().path("items").size()).isPositive();
    var figures = ok(server.get(merchant, "/v1/scorecards/shop-1")).json();
    assertThat(figures.path("merchantOverdue").path("of").asLong()).isPositive();
    assertThat(figures.path("appealsOverturned").path("of").asLong()).isPositive();
  }

  @Test void a_party_never_sees_contacts_notes_or_who_of_the_staff_it_was() {
    var id = decided("p-life-3");
    var at = "/v1/disputes/" + id;
    for (var who : java.util.List.of(buyer, merchant, platform)) {
      var all = new StringBuilder();
      for (var part : java.util.List.of("", "/timeline?limit=100", "/messages", "/evidence", "/money", "/notices")) {
        all.append(ok(server.get(who, at + part)).text());
      }
      assertThat(all.toString()).doesNotContain("mediator-1").doesNotContain("known for this").contains("merchant");
      if (!who.equals(platform)) assertThat(all.toString()).doesNotContain("@example.org");
    }
    assertThat(server.get(merchant, "/v1/parties/buyer-1").status()).isEqualTo(404);
    var staff = server.key(Role.SUPPORT, "support-1");
    assertThat(ok(server.get(staff, "/v1/parties/buyer-1")).text()).doesNotContain("li@example.org");
    var revealed = ok(server.post(staff, at + "/reveals", "{\"of\":\"BUYER\",\"reason\":\"She asked to be called.\"}"));
    assertThat(revealed.json().path("email").asString()).isEqualTo("li@example.org");
  }

  @Test void a_repeat_under_the_same_key_gives_the_one_answer_and_another_body_none() {
    var id = filed("p-life-4");
    var path = "/v1/disputes/" + id + "/messages";
    var first = ok(server.post(buyer, path, "{\"text\":\"Hello?\"}", "Idempotency-Key", "hello-1"));
    var again = ok(server.post(buyer, path, "{\"text\":\"Hello?\"}", "Idempotency-Key", "hello-1"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(ok(server.get(buyer, path)).json().path("items").size()).isEqualTo(1);
    assertThat(server.post(buyer, path, "{\"text\":\"Hey?\"}", "Idempotency-Key", "hello-1").code())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    // The same key of somebody else is another key.
    ok(server.post(merchant, path, "{\"text\":\"Hey!\"}", "Idempotency-Key", "hello-1"));
    var little = ok(server.post(buyer, path, "{\"text\":\"So?\"}", "Prefer", "return=minimal"));
    assertThat(little.json().propertyNames()).containsExactlyInAnyOrder("id", "version", "status");
    var filedTwice = server.post(buyer, "/v1/disputes",
        """
        {"payment":"p-life-4","reason":"OTHER","wish":"FULL_REFUND","amount":1,"currency":"CNY",
         "description":"Again"}""");
    assertThat(filedTwice.code()).isEqualTo("ITEMS_DISPUTED");
  }

  @Test void whoever_saw_an_older_version_is_told_so() {
    var id = filed("p-life-5");
    var path = "/v1/disputes/" + id + "/messages";
    var version = look(buyer, id).header("ETag");
    ok(server.post(buyer, path, "{\"text\":\"One\"}", "If-Match", version));
    var late = server.post(merchant, path, "{\"text\":\"Two\"}", "If-Match", version);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("VERSION_MISMATCH");
  }

  @Test void every_action_that_is_advertised_to_a_party_names_its_address_and_what_silence_does() {
    var id = filed("p-life-6");
    var actions = look(merchant, id).json().path("availableActions");
    assertThat(actions.findValuesAsString("command")).contains("MakeOffer", "RefundNow", "SendMessage");
    for (var action : actions.values()) {
      assertThat(action.path("href").asString()).startsWith("/v1/disputes/" + id + "/");
      if (action.path("command").asString().equals("MakeOffer")) {
        assertThat(action.path("onExpiry").path("code").asString()).isEqualTo("TO_MEDIATION");
      }
    }
    var chinese = ok(server.get(merchant, "/v1/disputes/" + id, "Accept-Language", "zh")).text();
    assertThat(chinese).contains("平台介入");
  }
}
