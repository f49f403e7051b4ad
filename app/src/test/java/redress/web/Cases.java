package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.policy.Role;
import tools.jackson.databind.json.JsonMapper;

/** Disputes brought through the API to wherever a dispute can stand, each by a test clock of its own. */
final class Cases {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ALL = "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":129900,\"currency\":\"CNY\"}}";
  private static final String SOME =
      "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":60000,\"currency\":\"CNY\"},\"text\":\"%s\"}";

  final Server server;
  final String platform;
  private final Map<Guest, String> keys = new HashMap<>();
  private final Map<String, String> addresses = new HashMap<>();
  private int said;

  Cases(Server server) {
    this.server = server;
    platform = server.key(Role.PLATFORM, "platform-1");
    for (var guest : Guest.values()) {
      if (guest != Guest.NOBODY) keys.put(guest, server.key(guest.role, guest.subject));
    }
  }

  static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  /** The address of the dispute with this name, as a page has it. */
  String at(String name) {
    var at = addresses.get(name);
    if (at == null) throw new IllegalArgumentException("no dispute " + name);
    return at;
  }

  /** An address with the names of disputes in braces filled in. */
  String filled(String address) {
    var filled = address;
    for (var it : addresses.entrySet()) {
      filled = filled.replace("{" + it.getKey() + "}", it.getValue())
          .replace("{" + it.getKey() + ":id}", it.getValue().substring("/disputes/".length()));
    }
    return filled;
  }

  String key(Guest guest) {
    var key = keys.get(guest);
    if (key == null) throw new IllegalArgumentException("no key for " + guest);
    return key;
  }

  /** What {@code guest} says about the dispute with this name. */
  Reply say(Guest guest, String name, String verb, String body) {
    return ok(server.post(key(guest), "/v1" + at(name) + "/" + verb, body, "Idempotency-Key", name + "-" + said++));
  }

  String status(String name) {
    return ok(server.get(key(Guest.LI), "/v1" + at(name))).json().path("status").asString();
  }

  /** The number of the promise of this kind. */
  int promise(String name, String kind) {
    var promises = ok(server.get(key(Guest.LI), "/v1" + at(name))).json().path("settlement").path("obligations");
    return promises.valueStream().filter(it -> it.path("kind").asString().equals(kind)).findFirst().orElseThrow()
        .path("number").asInt();
  }

  void advance(String name, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + name + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  /** A payment of this many minor units by Li to the shop, by a test clock of its own. */
  void paid(String name, long minor) {
    paid(name, minor, List.of("手机 Phone X2", "耳机 Earphones"));
  }

  /** The same for these items. */
  void paid(String name, long minor, List<String> items) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + name + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + name, """
        {"payer":"buyer-1","merchant":"shop-1","amount":%d,"currency":"CNY","items":%s,
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}"""
        .formatted(minor, JSON.writeValueAsString(items), name)));
    ok(server.put(platform, "/v1/wallet/payments/" + name, "{}"));
  }

  /** A dispute about such a payment. */
  void filed(String name, long minor) {
    paid(name, minor);
    filed(name, minor, "It was sold as new.\nThe box was open and the screen is scratched.");
  }

  /** A dispute about all of a payment that is there, told like this. */
  void filed(String name, long minor, String description) {
    var filed = ok(server.post(key(Guest.LI), "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":%d,"currency":"CNY",
         "description":%s}""".formatted(name, minor, JSON.writeValueAsString(description))));
    addresses.put(name, "/disputes/" + filed.json().path("id").asString());
  }

  void filed(String name) {
    filed(name, 129_900);
  }

  /** A payment of which a statement tells a refund that is not the one that was promised. */
  void stated() {
    ok(server.put(platform, "/v1/payments/p-stated", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","capturedAt":"2026-03-01T01:00:05Z",
         "provider":"WX-1","atProvider":"order-1"}"""));
    filed("p-stated", 10_000, "It is not what I ordered.");
    say(Guest.SHOP, "p-stated", "offers", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":1000,"currency":"CNY","executor":"MERCHANT"}}""");
    say(Guest.LI, "p-stated", "offers/1/acceptance", "");
  }

  /** What the shop offers: a part of the money. */
  void offered(String name) {
    filed(name);
    say(Guest.SHOP, name, "messages", "{\"text\":\"We are sorry. Would you keep it for less?\"}");
    say(Guest.SHOP, name, "offers", SOME.formatted("Keep the phone and have this much back."));
  }

  /** What Li wants instead. */
  void countered(String name) {
    offered(name);
    say(Guest.LI, name, "offers", ALL);
  }

  /** Agreed on a full refund by the platform; the shop has yet to say how. */
  void agreed(String name) {
    filed(name);
    say(Guest.SHOP, name, "offers", ALL);
    say(Guest.LI, name, "offers/1/acceptance", "");
  }

  /** The refund is paid, day 1 runs. */
  void auditing(String name) {
    agreed(name);
    say(Guest.SHOP, name, "statement", "{\"text\":\"We refund at once.\"}");
    advance(name, "PT1H");
  }

  /** Day 2: Li is asked. */
  void asked(String name) {
    auditing(name);
    advance(name, "PT24H");
  }

  /** The end, verified and praised. */
  void closed(String name) {
    asked(name);
    say(Guest.LI, name, "follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Quick and fair. Thank you!\"}");
    advance(name, "PT24H");
    advance(name, "PT24H");
    assertThat(status(name)).isEqualTo("CLOSED");
  }

  /** Agreed on a return; Li has to send the phone back. */
  void returning(String name) {
    filed(name);
    say(Guest.SHOP, name, "offers",
        "{\"terms\":{\"remedy\":\"RETURN_AND_REFUND\",\"amount\":129900,\"currency\":\"CNY\"}}");
    say(Guest.LI, name, "offers/1/acceptance", "");
    say(Guest.SHOP, name, "statement", "{\"text\":\"Send it back and we pay.\"}");
    advance(name, "PT1H");
    assertThat(status(name)).isEqualTo("PERFORMING");
  }

  /** Agreed: the shop pays everything back itself, and does not. */
  void broken(String name, long minor) {
    filed(name, minor);
    say(Guest.SHOP, name, "offers", """
        {"terms":{"remedy":"FULL_REFUND","amount":%d,"currency":"CNY","executor":"MERCHANT"}}""".formatted(minor));
    say(Guest.LI, name, "offers/1/acceptance", "");
    advance(name, "PT25H");
    advance(name, "PT24H");
    assertThat(status(name)).isEqualTo("EXCEPTION");
  }

  /** The shop left it without an answer: the platform steps in. */
  void queued(String name, long minor) {
    filed(name, minor);
    advance(name, "PT73H");
    assertThat(status(name)).isEqualTo("MEDIATION_QUEUED");
  }

  /** A mediator has it. */
  void mediating(String name, long minor) {
    queued(name, minor);
    say(Guest.MIA, name, "assignment", "{}");
  }

  /** Both sides are asked for evidence. */
  void requested(String name) {
    mediating(name, 129_900);
    say(Guest.MIA, name, "evidence-requests", """
        {"requests":[{"side":"BUYER","types":["PHOTO_OF_ITEM"]},{"side":"MERCHANT","types":["LISTING_SNAPSHOT"]}]}""");
  }

  /** The mediator proposes a settlement. */
  void proposed(String name) {
    mediating(name, 129_900);
    say(Guest.MIA, name, "proposals", SOME.formatted("Keep the phone and get a part of the money back."));
    assertThat(status(name)).isEqualTo("PROPOSED");
  }

  /** Decided that half is paid back; above a limit a second person has to approve. */
  void decided(String name, long minor) {
    mediating(name, minor);
    say(Guest.MIA, name, "decision", """
        {"outcome":"DECIDED_SPLIT","terms":{"remedy":"PARTIAL_REFUND","amount":%d,"currency":"CNY"},"liable":"BOTH",
         "reasons":"The picture shows another colour than the advertisement. The phone itself works."}"""
        .formatted(minor / 2));
  }
}
