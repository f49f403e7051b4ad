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
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Thank you.\"}"));
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
}
