package redress.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.result.Style.Tone;
import tools.jackson.databind.JsonNode;

/** What a reader wants to know first: whether what was promised was done, and in which tone that is told. */
final class Lead {
  private final JsonNode record;
  private final Phrasebook words;

  Lead(JsonNode record, Phrasebook words) {
    this.record = record;
    this.words = words;
  }

  Tone tone() {
    if (!record.path("because").asString("").equals("Closed")) return Tone.BAD;
    return switch (record.path("outcome").asString("")) {
      case "SETTLED_FULFILLED" -> Tone.GOOD;
      case "SETTLED_ENFORCED", "SETTLED_WAIVED", "SETTLED_LAPSED" -> Tone.CARE;
      case "SETTLED_UNPAID" -> Tone.BAD;
      case "DECIDED_FOR_BUYER", "DECIDED_FOR_MERCHANT", "DECIDED_SPLIT" -> Tone.CALM;
      default -> Tone.PLAIN;
    };
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.addAll(List.of(promises().split("\n", -1)));
    var money = record.path("money");
    var currency = money.path("currency").asString("");
    long unpaid = money.path("unpaid").path("amount").asLong(0);
    if (unpaid > 0) lines.add(words.say("lead.unpaid", Map.of("sum", Phrasebook.sum(unpaid, currency))));
    var responsible = record.path("responsible").asString("");
    if (!responsible.equals("NOT_RULED")) lines.add(words.name("liable", responsible));
    var because = record.path("because").asString("");
    if (!because.equals("Closed")) lines.add(words.name("because", because));
    return lines;
  }

  static @Nullable JsonNode inForce(JsonNode record) {
    for (var agreement : record.path("agreements")) if (agreement.path("inForce").asBoolean(false)) return agreement;
    return null;
  }

  private String promises() {
    var agreement = inForce(record);
    if (agreement == null) return words.say("lead.none");
    var promises = agreement.path("promises");
    if (promises.isEmpty()) return words.say("lead.nothing");
    return promises.size() == 1 ? one(promises.get(0)) : many(promises);
  }

  private String one(JsonNode it) {
    var state = it.path("state").asString("");
    boolean late = state.equals("VERIFIED") && it.path("onTime").isBoolean() && !it.path("onTime").asBoolean();
    var key = "one." + state + (late ? ".late" : "");
    return words.say(key, Map.of("deed", deed(it), "due", words.minute(it.path("promisedBy").asString("")), "kept",
        words.minute(it.path("keptAt").asString("")), "enforced", words.minute(it.path("enforcedAt").asString(""))));
  }

  /** What is promised, in a few words. */
  String deed(JsonNode it) {
    var currency = record.path("money").path("currency").asString("");
    return words.say("deed." + it.path("kind").asString(""),
        Map.of("sum", Phrasebook.sum(it.path("amount").asLong(0), currency)));
  }

  private String many(JsonNode promises) {
    var counts = new LinkedHashMap<String, Integer>();
    boolean late = false;
    for (var it : promises) {
      counts.merge(it.path("state").asString(""), 1, Integer::sum);
      late |= it.path("onTime").isBoolean() && !it.path("onTime").asBoolean();
    }
    var all = Integer.toString(promises.size());
    if (counts.keySet().equals(java.util.Set.of("VERIFIED"))) {
      return words.say(late ? "many.late" : "many.kept", Map.of("all", all));
    }
    var parts = new ArrayList<String>();
    counts.forEach((state, count) -> parts.add(words.say("count." + state, Map.of("n", Integer.toString(count)))));
    return words.say("many.mixed", Map.of("all", all, "parts", String.join(words.say("comma"), parts)));
  }
}
