package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.policy.Role;

/** The door for providers' callbacks, and what looking at late money does. */
class CallbackTest {
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

  @Test void whoever_proves_nothing_is_turned_away_and_cannot_tell_which_accounts_there_are() {
    var known = server.post(null, "/v1/callbacks/WALLET", "anything", "Wallet-Signature", "00");
    var unknown = server.post(null, "/v1/callbacks/NOBODY", "anything", "Wallet-Signature", "00");
    assertThat(known.status()).isEqualTo(401);
    assertThat(known.code()).isEqualTo("CALLBACK_UNPROVED");
    assertThat(unknown.status()).isEqualTo(known.status());
    assertThat(unknown.text().replaceAll("\"debugId\":\"[^\"]*\"", ""))
        .isEqualTo(known.text().replaceAll("\"debugId\":\"[^\"]*\"", ""));
    assertThat(known.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test void the_door_is_open_to_posts_only_and_its_bodies_are_bounded() {
    assertThat(server.get(null, "/v1/callbacks/WALLET").status()).isEqualTo(401);
    assertThat(server.get(platform, "/v1/callbacks/WALLET").status()).isEqualTo(405);
    assertThat(server.post(null, "/v1/callbacks/WALLET", "x".repeat(1_000_001)).code()).isEqualTo("BODY_TOO_LARGE");
    assertThat(server.post(null, "/v1/callbacks/WALLET", "a=1&b=2", "Content-Type", "application/x-www-form-urlencoded")
        .code()).isEqualTo("CALLBACK_UNPROVED");
  }

  @Test void looking_at_a_dispute_has_the_provider_asked_about_money_it_is_silent_about() {
    var id = silent("p-look");
    assertThat(refund(id)).isEqualTo("PROCESSING");
    var advanced = server.post(platform, "/v1/test-clocks/clock-p-look/advance", "{\"by\":\"PT1S\"}");
    assertThat(advanced.status()).as(advanced.text()).isEqualTo(200);
    assertThat(refund(id)).isEqualTo("SUCCEEDED");
  }

  @Test void nobody_looks_and_it_stays_unknown_until_the_enquirys_own_time() {
    var id = silent("p-unseen");
    server.post(platform, "/v1/test-clocks/clock-p-unseen/advance", "{\"by\":\"PT1S\"}");
    assertThat(refund(id)).isEqualTo("PROCESSING");
    server.post(platform, "/v1/test-clocks/clock-p-unseen/advance", "{\"by\":\"PT40M\"}");
    assertThat(refund(id)).isEqualTo("SUCCEEDED");
  }

  /**
   * A dispute whose refund should have arrived a minute ago; the wallet gave no answer then, and would give one now.
   */
  private static String silent(String payment) {
    var clock = server.post(platform, "/v1/test-clocks",
        "{\"id\":\"clock-%s\",\"now\":\"2026-03-02T08:00:00Z\"}".formatted(payment));
    assertThat(clock.status()).as(clock.text()).isEqualTo(201);
    server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET","testClock":"clock-%s"}""".formatted(payment));
    server.put(platform, "/v1/wallet/payments/" + payment, "{}");
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It does not work."}""".formatted(payment));
    var id = filed.json().path("id").asString();
    server.post(merchant, "/v1/disputes/" + id + "/refund", "{\"executor\":\"PLATFORM\"}", "Idempotency-Key",
        "refund-" + payment);
    server.post(merchant, "/v1/disputes/" + id + "/statement", "{\"text\":\"At once.\"}");
    var manner = "/v1/wallet/payments/" + payment + "/manner";
    server.post(platform, manner, "{\"manner\":\"SLOW\",\"within\":\"PT30M\"}");
    var advance = "/v1/test-clocks/clock-" + payment + "/advance";
    server.post(platform, advance, "{\"by\":\"PT1M\"}");
    server.post(platform, manner, "{\"manner\":\"UNKNOWN\",\"times\":100}");
    server.post(platform, advance, "{\"by\":\"PT30M\"}");
    server.post(platform, manner, "{\"manner\":\"NORMAL\"}");
    return id;
  }

  private static String refund(String id) {
    return server.get(platform, "/v1/disputes/" + id).json().path("refunds").path(0).path("state").asString();
  }
}
