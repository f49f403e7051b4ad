package redress.web;

import static redress.web.Cases.ok;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redress.api.Courier;
import redress.api.Server.Reply;
import tools.jackson.databind.json.JsonMapper;

/**
 * Disputes in which every text that people can write would run if it were taken for anything but text. Each of them
 * carries the part of the payloads that fits into one text.
 */
final class Planted {
  private static final int LONG = 1_950;
  private static final int SHORT = 480;
  private static final int NAME = 90;
  private static final List<String> ALL = Payloads.packed(LONG);
  private static final List<String> BRIEF = Payloads.packed(SHORT);
  private static final List<String> NAMES = Payloads.all().stream().filter(it -> it.length() <= NAME).toList();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cases cases;

  Planted(Cases cases) {
    this.cases = cases;
  }

  /** How many parts there are. */
  static int parts() {
    return ALL.size();
  }

  static String text(int part) {
    return ALL.get(part % ALL.size());
  }

  static String brief(int part) {
    return BRIEF.get(part % BRIEF.size());
  }

  private Reply say(Guest guest, String name, String verb, Object... fields) {
    return cases.say(guest, name, verb, json(fields));
  }

  private static String json(Object... fields) {
    var said = new LinkedHashMap<String, Object>();
    for (int i = 0; i < fields.length; i += 2) said.put((String) fields[i], fields[i + 1]);
    return JSON.writeValueAsString(said);
  }

  private static Map<String, Object> terms(String remedy, long minor) {
    return Map.of("remedy", remedy, "amount", minor, "currency", "CNY");
  }

  /** A payment whose items have names that would run, and a dispute about it that says so. */
  private void filed(String name, int part) {
    cases.paid(name, 900_000, items(part));
    cases.filed(name, 900_000, text(part));
  }

  private static List<String> items(int part) {
    var items = new ArrayList<String>();
    for (int i = 0; i < 40; i++) items.add(NAMES.get((part * 40 + i) % NAMES.size()));
    return items.stream().distinct().toList();
  }

  /** Talked about with every word there is, mediated, decided and appealed. */
  String talked(int part, List<String> messages) {
    var name = "talked-" + part;
    var text = text(part);
    filed(name, part);
    for (var message : messages) say(Guest.LI, name, "messages", "text", message);
    say(Guest.SHOP, name, "messages", "text", text);
    evidence(name, part);
    say(Guest.LI, name, "support-questions", "text", text);
    say(Guest.SUE, name, "support-questions/1/answer", "text", text);
    say(Guest.LI, name, "feedback", "kind", "RATING", "rating", 1, "text", text);
    say(Guest.SUE, name, "feedback/1/answer", "text", text);
    say(Guest.SHOP, name, "offers", "terms", terms("PARTIAL_REFUND", 1_000), "text", text);
    say(Guest.LI, name, "offers/1/decline", "reason", text);
    say(Guest.LI, name, "offers", "terms", terms("PARTIAL_REFUND", 2_000), "text", text);
    say(Guest.SHOP, name, "offers/2/decline", "reason", text);
    say(Guest.LI, name, "escalation", "reason", text);
    mediated(name, text);
    return cases.at(name);
  }

  private void evidence(String name, int part) {
    try (var courier = new Courier(cases.server.centre.port(), cases.key(Guest.LI))) {
      var named = NAMES.get(part % NAMES.size()).replaceAll("[\\r\\n\"]", "") + ".txt";
      var sent = courier.form("/v1" + cases.at(name) + "/uploads", Courier.Sent.text(named, "It was sold as new."));
      say(Guest.LI, name, "evidence", "evidenceType", "OTHER", "upload", sent.json().at("/items/0/id").asString(),
          "text", text(part));
    }
  }

  private void mediated(String name, String text) {
    say(Guest.MIA, name, "assignment");
    say(Guest.MIA, name, "notes", "text", text);
    say(Guest.MIA, name, "reveals", "of", "BUYER", "reason", text);
    say(Guest.MIA, name, "proposals", "terms", terms("PARTIAL_REFUND", 3_000), "text", text);
    say(Guest.SHOP, name, "proposals/1/decline", "reason", text);
    decided(Guest.MIA, name, "decision", text);
    say(Guest.LEA, name, "decision/rejection", "reason", text);
    decided(Guest.MIA, name, "decision", text);
    say(Guest.LEA, name, "decision/approval");
    say(Guest.SHOP, name, "appeal", "ground", "NEW_EVIDENCE", "text", text);
  }

  private void decided(Guest by, String name, String verb, String text) {
    say(by, name, verb, "outcome", "DECIDED_SPLIT", "terms", terms("PARTIAL_REFUND", 600_000), "liable", "BOTH",
        "reasons", text);
  }

  /** Agreed, stated, sent back, received, and not to anybody's satisfaction. */
  String kept(int part) {
    var name = "kept-" + part;
    filed(name, part);
    say(Guest.SHOP, name, "offers", "terms", terms("RETURN_AND_REFUND", 900_000), "text", text(part));
    say(Guest.LI, name, "offers/1/acceptance");
    say(Guest.SHOP, name, "statement", "text", brief(part));
    cases.advance(name, "PT1H");
    say(Guest.LI, name, "obligations/" + cases.promise(name, "RETURN_ITEM") + "/shipment", "tracking", brief(part + 1));
    say(Guest.SHOP, name, "obligations/" + cases.promise(name, "ACKNOWLEDGE_RETURN") + "/acknowledgement",
        "condition", "AS_SENT");
    cases.advance(name, "PT1H");
    cases.advance(name, "PT24H");
    say(Guest.LI, name, "follow-up", "answer", "DISSATISFIED", "text", text(part));
    return cases.at(name);
  }

  /** Not kept: signed, refuted and put right with every word there is. */
  String broken(int part) {
    var name = "broken-" + part;
    filed(name, part);
    say(Guest.SHOP, name, "offers", "terms",
        Map.of("remedy", "FULL_REFUND", "amount", 900_000, "currency", "CNY", "executor", "MERCHANT"));
    say(Guest.LI, name, "offers/1/acceptance");
    say(Guest.SHOP, name, "statement", "text", brief(part));
    cases.advance(name, "P4D");
    var findings = ok(cases.server.get(cases.key(Guest.VERA), "/v1" + cases.at(name))).json();
    for (var it : findings.path("availableActions")) {
      var command = it.path("command").asString();
      var verb = "findings/" + it.path("about").asInt();
      if (command.equals("SignFinding")) say(Guest.VERA, name, verb + "/signature", "note", text(part));
      if (command.equals("RefuteFinding")) {
        say(Guest.VERA, name, verb + "/refutation", "proof", text(part));
        break;
      }
    }
    return cases.at(name);
  }

  /** What the two sides are called, and where they are reached. */
  void named(int part) {
    for (var it : Map.of("buyer-1", "BUYER", "shop-1", "MERCHANT").entrySet()) {
      ok(cases.server.put(cases.platform, "/v1/parties/" + it.getKey(),
          json("kind", it.getValue(), "account", "acc-" + it.getKey(), "level", 2, "verifiedAt", "2026-03-01T00:00:00Z",
              "zone", "+08:00", "language", "EN", "name", text(part).substring(0, 200),
              "phone", "<svg onload=alert(1)>", "email", "\"><script>alert(1)</script>@example.org")));
    }
  }
}
