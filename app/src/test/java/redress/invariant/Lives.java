package redress.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.policy.Role;

/** A centre in which a handful of disputes have lived, each another way, through the API alone. */
final class Lives implements AutoCloseable {
  final Server server = new Server();
  private final String platform = server.key(Role.PLATFORM, "platform-1");
  private final String buyer = server.key(Role.BUYER, "buyer-1");
  private final String merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
  private final String lead = server.key(Role.MEDIATOR_LEAD, "lead-1");
  private final String other = server.key(Role.MEDIATOR_LEAD, "lead-2");
  private final String mediator = server.key(Role.MEDIATOR, "mediator-1");
  private final String verifier = server.key(Role.VERIFIER, "verifier-1");
  private final String second = server.key(Role.MERCHANT_OWNER, "shop-2");
  private final String finn = server.key(Role.FINANCE, "finn");
  private final String fay = server.key(Role.FINANCE, "fay");
  private int deeds;

  Lives() {
    fulfilled();
    unreached();
    ruled();
    accepted();
    enforced();
    unpaid();
    silent();
    open();
    reserved();
    unreachable();
    overpaid();
    settleUp();
  }

  /** Accepted, paid, verified, the buyer is satisfied. */
  private void fulfilled() {
    var at = filed("p-kept");
    ok(server.post(buyer, at + "/messages", "{\"text\":\"Here is a picture.\"}", "Idempotency-Key", "kept-1"));
    ok(server.post(merchant, at + "/offers", offer("PARTIAL_REFUND", 4_000), "Idempotency-Key", "kept-2"));
    ok(server.post(buyer, at + "/offers", offer("FULL_REFUND", 10_000)));
    ok(server.post(merchant, at + "/offers/2/acceptance", ""));
    ok(server.post(merchant, at + "/statement", text("We refund at once.")));
    advance("p-kept", "PT25H");
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Thank you.\"}"));
    advance("p-kept", "P2DT1H");
    assertThat(look(at, "outcome")).isEqualTo("SETTLED_FULFILLED");
    shown(at);
  }

  /** Both agree that everybody may see the result; the buyer thinks better of it, and again. */
  private void shown(String at) {
    var consent = at + "/certificate/consent";
    for (var who : List.of(buyer, buyer, merchant)) ok(server.post(who, consent, "{\"what\":\"RESULT\"}"));
    ok(server.send("DELETE", buyer, consent, null));
    ok(server.post(buyer, consent, "{\"what\":\"RESULT\"}"));
  }

  /** The merchant refunds everything at once, and the buyer never answers. */
  private void unreached() {
    var at = filed("p-quiet");
    ok(server.post(merchant, at + "/refund", "{\"executor\":\"PLATFORM\"}", "Idempotency-Key", "quiet-1"));
    advance("p-quiet", "P4D");
    for (int finding = 1; finding <= 4; finding++) {
      server.post(verifier, at + "/findings/" + finding + "/signature", "{\"note\":\"Seen.\"}");
    }
    advance("p-quiet", "P3D");
    for (int finding = 1; finding <= 4; finding++) {
      server.post(verifier, at + "/findings/" + finding + "/signature", "{\"note\":\"Seen.\"}");
    }
    advance("p-quiet", "P3D");
    assertThat(look(at, "outcome")).isEqualTo("SETTLED_FULFILLED");
  }

  /** The merchant is silent; evidence is asked for in vain; it is decided, appealed and decided again. */
  private void ruled() {
    var at = filed("p-ruled");
    advance("p-ruled", "PT73H");
    assertThat(look(at, "status")).isEqualTo("MEDIATION_QUEUED");
    ok(server.post(mediator, at + "/assignment", ""));
    ok(server.post(mediator, at + "/evidence-requests",
        "{\"requests\":[{\"side\":\"MERCHANT\",\"types\":[\"TRACKING\"]}],\"within\":\"PT48H\"}"));
    advance("p-ruled", "PT49H");
    ok(server.post(mediator, at + "/decision", ruling("DECIDED_SPLIT", "PARTIAL_REFUND", 3_000)));
    ok(server.post(buyer, at + "/appeal", "{\"ground\":\"PROCEDURE\",\"text\":\"Nobody looked at my picture.\"}"));
    ok(server.post(merchant, at + "/appeal-waiver", ""));
    ok(server.post(other, at + "/appeal-decision", ruling("DECIDED_FOR_BUYER", "FULL_REFUND", 10_000)));
    advance("p-ruled", "P2D");
  }

  /** It is decided, and nobody appeals. */
  private void accepted() {
    var at = filed("p-final");
    advance("p-final", "PT73H");
    ok(server.post(mediator, at + "/assignment", ""));
    ok(server.post(mediator, at + "/decision", ruling("DECIDED_FOR_BUYER", "FULL_REFUND", 10_000)));
    advance("p-final", "P11D");
  }

  /** The merchant promises more than there is and pays nothing: the platform takes what there is, and gives up. */
  private void unpaid() {
    var at = filed("p-unpaid");
    ok(server.post(merchant, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":20000,"currency":"CNY","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", text("We pay tomorrow.")));
    advance("p-unpaid", "P40D");
    assertThat(look(at, "outcome")).isEqualTo("SETTLED_UNPAID");
  }

  /** The merchant promises to pay itself and does not: the platform pays from what is held. */
  private void enforced() {
    var at = filed("p-broken");
    ok(server.post(merchant, at + "/offers", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":6000,"currency":"CNY","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", text("We pay tomorrow.")));
    advance("p-broken", "P4D");
    advance("p-broken", "P4D");
  }

  /** An offer expires, and the buyer withdraws. */
  private void silent() {
    var at = filed("p-gone");
    ok(server.post(buyer, at + "/offers", offer("PARTIAL_REFUND", 5_000)));
    ok(server.post(merchant, at + "/offers", offer("PARTIAL_REFUND", 1_000)));
    advance("p-gone", "P4D");
    ok(server.post(buyer, at + "/withdrawal", ""));
    assertThat(look(at, "outcome")).isEqualTo("WITHDRAWN");
  }

  private void open() {
    var at = filed("p-open");
    ok(server.post(buyer, at + "/messages", text("Is anybody there?")));
    assertThat(lead).isNotEmpty();
  }

  /** More was promised than the payment brought: the rest comes from the merchant's deposit and from the fund. */
  private void reserved() {
    deed("/v1/deposits/shop-2/top-ups", 3_000, ",\"currency\":\"CNY\"");
    deed("/v1/funds/CNY/top-ups", 9_000, "");
    for (var limits : List.of("{\"perDispute\":1}", "{\"perDispute\":90000,\"perDay\":500000}")) {
      ok(server.put(finn, "/v1/funds/CNY/limits", limits));
    }
    var at = filed("p-reserve", "shop-2");
    ok(server.post(second, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":20000,"currency":"CNY","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(second, at + "/statement", text("We pay tomorrow.")));
    advance("p-reserve", "PT80H");
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"At last.\"}"));
    advance("p-reserve", "P4D");
    assertThat(look(at, "outcome")).isEqualTo("SETTLED_ENFORCED");
  }

  /** The way back to the buyer stays closed: what was reserved goes back, what is held is set aside. */
  private void unreachable() {
    deed("/v1/deposits/shop-2/top-ups", 2_000, ",\"currency\":\"CNY\"");
    var at = filed("p-closed", "shop-2");
    ok(server.post(platform, "/v1/wallet/payments/p-closed/manner", "{\"manner\":\"FAIL\"}"));
    ok(server.post(second, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":11000,"currency":"CNY","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(second, at + "/statement", text("We pay tomorrow.")));
    advance("p-closed", "P40D");
    assertThat(look(at, "outcome")).isEqualTo("SETTLED_UNPAID");
  }

  /** The payer's bank takes back what was refunded already. */
  private void overpaid() {
    var at = filed("p-over", "shop-2");
    ok(server.post(second, at + "/refund", "{\"executor\":\"PLATFORM\"}", "Idempotency-Key", "over-1"));
    advance("p-over", "P2D");
    ok(server.post(platform, at + "/chargebacks", "{\"amount\":6000,\"currency\":\"CNY\"}", "Idempotency-Key",
        "over-2"));
    assertThat(look(at, "outcome")).isEqualTo("SUPERSEDED_BY_CHARGEBACK");
  }

  /** Merchant and buyer pay back, the fund gets its own, the rest is given up; and a day is closed. */
  private void settleUp() {
    var cny = ",\"currency\":\"CNY\"";
    deed("/v1/receivables/shop-2/recoveries", 3_000, cny);
    deed("/v1/receivables/shop-2/recoveries", 1_000, cny + ",\"debtor\":\"BUYER\"");
    deed("/v1/funds/CNY/top-ups", 2_500, ",\"recoveredFrom\":\"shop-2\"");
    deed("/v1/deposits/shop-2/withdrawals", 100, cny);
    var off = deed("/v1/receivables/shop-2/write-offs", 500, cny).json().path("id").asString();
    ok(server.post(fay, "/v1/finance/requests/" + off + "/approval", "", "Idempotency-Key", "off"));
    server.wait(Duration.ofDays(300));
    deed("/v1/deposits/shop-2/top-ups", 100, ",\"currency\":\"EUR\"");
    server.wait(Duration.ofDays(1));
    ok(server.post(finn, "/v1/finance/closes", "{\"day\":\"2026-12-27\"}"));
  }

  /** A little more happens: a dispute is filed and answered, and a merchant tops up its deposit. */
  void goOn(int time) {
    var at = filed("p-more-" + time);
    ok(server.post(merchant, at + "/offers", offer("PARTIAL_REFUND", 1_000)));
    deed("/v1/deposits/shop-2/top-ups", 100, ",\"currency\":\"CNY\"");
  }

  private Reply deed(String path, long amount, String more) {
    var body = "{\"amount\":%d,\"reference\":\"bank-%d\"%s}".formatted(amount, ++deeds, more);
    return ok(server.post(finn, path, body, "Idempotency-Key", "deed-" + deeds));
  }

  private String filed(String payment) {
    return filed(payment, "shop-1");
  }

  private String filed(String payment, String shop) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"%s","amount":10000,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}""".formatted(shop, payment)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    var filed = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":10000,"currency":"CNY",
         "items":["phone"],"description":"The phone is not the one in the picture."}""".formatted(payment)));
    return "/v1/disputes/" + filed.json().path("id").asString();
  }

  private static String offer(String remedy, long amount) {
    return "{\"terms\":{\"remedy\":\"%s\",\"amount\":%d,\"currency\":\"CNY\"}}".formatted(remedy, amount);
  }

  private static String ruling(String outcome, String remedy, long amount) {
    return """
        {"outcome":"%s","terms":{"remedy":"%s","amount":%d,"currency":"CNY"},"liable":"MERCHANT",
         "reasons":"The pictures show another phone."}""".formatted(outcome, remedy, amount);
  }

  private static String text(String words) {
    return "{\"text\":\"" + words + "\"}";
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private void advance(String payment, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  private String look(String at, String what) {
    return ok(server.get(buyer, at)).json().path(what).asString("");
  }

  @Override public void close() {
    server.close();
  }
}
