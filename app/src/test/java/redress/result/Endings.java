package redress.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.dispute.Outcome;
import redress.policy.Role;

/** Every way a dispute can end, lived through the API alone on simulated time. */
final class Endings implements AutoCloseable {
  final Server server = new Server();
  final String platform = server.key(Role.PLATFORM, "platform-1");
  final String buyer = server.key(Role.BUYER, "buyer-1");
  final String merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
  final String mediator = server.key(Role.MEDIATOR, "mediator-1");
  final String lead = server.key(Role.MEDIATOR_LEAD, "lead-1");
  final String verifier = server.key(Role.VERIFIER, "verifier-1");
  final String finance = server.key(Role.FINANCE, "finn");
  private final AtomicInteger said = new AtomicInteger();
  /** The disputes by how they ended. */
  final Map<Outcome, String> all = new LinkedHashMap<>();

  /** Lives them once for all test classes and closes them with the last. */
  static final class Shared implements ParameterResolver {
    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Endings.class;
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Endings.class);
    }
  }

  Endings() {
    put(fulfilled(), Outcome.SETTLED_FULFILLED);
    put(enforced(), Outcome.SETTLED_ENFORCED);
    put(waived(), Outcome.SETTLED_WAIVED);
    put(lapsed(), Outcome.SETTLED_LAPSED);
    put(unpaid(), Outcome.SETTLED_UNPAID);
    put(ruled("p-buyer", Outcome.DECIDED_FOR_BUYER, "FULL_REFUND", 10_000), Outcome.DECIDED_FOR_BUYER);
    put(ruled("p-shop", Outcome.DECIDED_FOR_MERCHANT, "", 0), Outcome.DECIDED_FOR_MERCHANT);
    put(appealed(), Outcome.DECIDED_SPLIT);
    put(withdrawn(), Outcome.WITHDRAWN);
    put(silent(), Outcome.EXPIRED_BUYER_SILENT);
    put(chargedBack(), Outcome.SUPERSEDED_BY_CHARGEBACK);
  }

  /** The dispute that ended like this. */
  String of(Outcome outcome) {
    return Objects.requireNonNull(all.get(outcome));
  }

  private void put(String dispute, Outcome outcome) {
    assertThat(look(dispute, "outcome")).as(dispute).isEqualTo(outcome.name());
    all.put(outcome, dispute);
  }

  /** Talked about, agreed, paid, verified; the buyer is satisfied and says so. */
  String fulfilled() {
    return fulfilled("p-kept");
  }

  String fulfilled(String payment) {
    var id = filed(payment, "CNY");
    var at = at(id);
    say(merchant, at + "/messages", "{\"text\":\"We are sorry. Please send a picture.\"}");
    assertThat(server.give(buyer, at, "PHOTO_OF_ITEM", "The phone as it came.").status()).isEqualTo(200);
    say(merchant, at + "/offers", terms("PARTIAL_REFUND", 4_000, "CNY", ""));
    say(buyer, at + "/offers", terms("FULL_REFUND", 10_000, "CNY", ""));
    say(merchant, at + "/offers/2/acceptance", "");
    say(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}");
    advance(payment, "PT25H");
    say(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Thank you.\"}");
    say(buyer, at + "/feedback", "{\"kind\":\"RATING\",\"rating\":5,\"text\":\"Fair, quick and polite.\"}");
    advance(payment, "P2DT1H");
    return id;
  }

  /** The merchant promises to pay itself and does not: deposit and fund pay what the hold does not. */
  String enforced() {
    say(finance, "/v1/deposits/shop-1/top-ups", "{\"amount\":3000,\"currency\":\"CNY\",\"reference\":\"bank-1\"}");
    say(finance, "/v1/funds/CNY/top-ups", "{\"amount\":9000,\"reference\":\"bank-2\"}");
    var id = filed("p-force", "CNY");
    var at = at(id);
    say(merchant, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":20000,"currency":"CNY","executor":"MERCHANT"}}""");
    say(buyer, at + "/offers/1/acceptance", "");
    say(merchant, at + "/statement", "{\"text\":\"We pay tomorrow.\"}");
    advance("p-force", "PT80H");
    say(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"At last.\"}");
    advance("p-force", "P4D");
    return id;
  }

  /** The buyer lets the merchant off the repair. */
  private String waived() {
    var id = filed("p-waive", "JPY");
    var at = at(id);
    say(merchant, at + "/offers", """
        {"terms":{"remedy":"REPAIR_OR_REDO","currency":"JPY","valueIfBroken":500}}""");
    say(buyer, at + "/offers/1/acceptance", "");
    say(merchant, at + "/statement", "{\"text\":\"We come by on Friday.\"}");
    advance("p-waive", "PT2H");
    say(buyer, at + "/obligations/11/waiver", "");
    advance("p-waive", "PT25H");
    say(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\"}");
    advance("p-waive", "P3D");
    return id;
  }

  /** The buyer never sends the phone back. */
  private String lapsed() {
    var id = filed("p-lapse", "KWD");
    var at = at(id);
    say(merchant, at + "/offers", terms("RETURN_AND_REFUND", 10_000, "KWD", ""));
    say(buyer, at + "/offers/1/acceptance", "");
    say(merchant, at + "/statement", "{\"text\":\"As soon as it is here.\"}");
    finish("p-lapse", id, 20);
    return id;
  }

  /** More is promised than there is, and the way back to the buyer stays closed. */
  private String unpaid() {
    var id = filed("p-unpaid", "CNY");
    var at = at(id);
    say(platform, "/v1/wallet/payments/p-unpaid/manner", "{\"manner\":\"FAIL\"}");
    say(merchant, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":11000,"currency":"CNY","executor":"MERCHANT"}}""");
    say(buyer, at + "/offers/1/acceptance", "");
    say(merchant, at + "/statement", "{\"text\":\"We pay tomorrow.\"}");
    advance("p-unpaid", "P40D");
    return id;
  }

  private String ruled(String payment, Outcome outcome, String remedy, long amount) {
    var id = filed(payment, "CNY");
    var at = at(id);
    advance(payment, "PT73H");
    say(mediator, at + "/assignment", "");
    say(mediator, at + "/decision", ruling(outcome.name(), remedy, amount));
    say(buyer, at + "/appeal-waiver", "");
    say(merchant, at + "/appeal-waiver", "");
    finish(payment, id, 12);
    return id;
  }

  /** Evidence is asked for, it is decided, and on appeal decided otherwise. */
  private String appealed() {
    var id = filed("p-appeal", "CNY");
    var at = at(id);
    advance("p-appeal", "PT73H");
    say(mediator, at + "/assignment", "");
    say(mediator, at + "/evidence-requests",
        "{\"requests\":[{\"side\":\"MERCHANT\",\"types\":[\"TRACKING\"]}],\"within\":\"PT48H\"}");
    advance("p-appeal", "PT49H");
    say(mediator, at + "/decision", ruling("DECIDED_FOR_BUYER", "FULL_REFUND", 10_000));
    say(merchant, at + "/appeal", "{\"ground\":\"PROCEDURE\",\"text\":\"Nobody looked at the parcel.\"}");
    say(buyer, at + "/appeal-waiver", "");
    say(lead, at + "/appeal-decision", ruling("DECIDED_SPLIT", "PARTIAL_REFUND", 3_000));
    finish("p-appeal", id, 12);
    return id;
  }

  private String withdrawn() {
    var id = filed("p-gone", "CNY");
    say(buyer, at(id) + "/withdrawal", "");
    advance("p-gone", "PT1H");
    return id;
  }

  /** Filed and withdrawn now, by the system's clock. */
  String withdrawnToday(String payment) {
    var id = filed(payment, "CNY", "");
    say(buyer, at(id) + "/withdrawal", "");
    return id;
  }

  private String silent() {
    var id = filed("p-silent", "CNY");
    say(merchant, at(id) + "/offers", terms("PARTIAL_REFUND", 1_000, "CNY", ""));
    advance("p-silent", "P11D");
    return id;
  }

  private String chargedBack() {
    var id = filed("p-bank", "CNY");
    say(platform, at(id) + "/chargebacks", "{\"amount\":6000,\"currency\":\"CNY\"}");
    advance("p-bank", "PT1H");
    return id;
  }

  /** Day by day, signing every warning, until it is over. */
  void finish(String payment, String dispute, int days) {
    for (int day = 0; day < days && look(dispute, "outcome").isEmpty(); day++) {
      advance(payment, "P1D");
      for (var finding : server.get(verifier, at(dispute)).json().path("findings")) {
        if (!finding.path("state").asString("").equals("OPEN")) continue;
        server.post(verifier, at(dispute) + "/findings/" + finding.path("number").asInt() + "/signature",
            "{\"note\":\"Seen.\"}");
      }
    }
    advance(payment, "PT1M");
  }

  String filed(String payment, String currency) {
    say(platform, "/v1/test-clocks", "{\"id\":\"clock-%s\",\"now\":\"2026-03-02T08:00:00Z\"}".formatted(payment));
    return filed(payment, currency, ",\"testClock\":\"clock-" + payment + "\"");
  }

  private String filed(String payment, String currency, String clock) {
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"%s","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"%s}""".formatted(currency, clock)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    return say(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":10000,"currency":"%s",
         "items":["phone"],"description":"The phone is not the one in the picture."}""".formatted(payment, currency))
        .json().path("id").asString();
  }

  void advance(String payment, String by) {
    say(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}");
  }

  private static String terms(String remedy, long amount, String currency, String more) {
    return "{\"terms\":{\"remedy\":\"%s\",\"amount\":%d,\"currency\":\"%s\"%s}}".formatted(remedy, amount, currency,
        more);
  }

  private static String ruling(String outcome, String remedy, long amount) {
    var terms = remedy.isEmpty() ? ""
        : ",\"terms\":{\"remedy\":\"%s\",\"amount\":%d,\"currency\":\"CNY\"}".formatted(remedy, amount);
    return "{\"outcome\":\"%s\"%s,\"liable\":\"%s\",\"reasons\":\"The pictures show another phone.\"}"
        .formatted(outcome, terms, remedy.isEmpty() ? "NEITHER" : "MERCHANT");
  }

  static String at(String dispute) {
    return "/v1/disputes/" + dispute;
  }

  String look(String dispute, String what) {
    return ok(server.get(buyer, at(dispute))).json().path(what).asString("");
  }

  Reply say(String who, String path, String body) {
    return ok(server.post(who, path, body, "Idempotency-Key", "ending-" + said.incrementAndGet()));
  }

  static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  @Override public void close() {
    server.close();
  }
}
