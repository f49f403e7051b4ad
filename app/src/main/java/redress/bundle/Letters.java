package redress.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redress.dispute.DisputeId;
import redress.seal.Checkpoint;
import redress.seal.Digest;
import redress.seal.Note;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Written;
import redress.store.Json;
import redress.store.SubjectKeys;
import tools.jackson.databind.JsonNode;

/** The texts that belong to events, each with the key that opens it and no other. */
public final class Letters {
  private final Disputes disputes;
  private final SubjectKeys keys;

  public Letters(Disputes disputes, SubjectKeys keys) {
    this.disputes = disputes;
    this.keys = keys;
  }

  /**
   * The texts that these events speak of, as a bundle holds them. Those that were erased are not there, nor those from
   * before each text had a key of its own: their key would open everything that their writer wrote.
   */
  List<Object> of(DisputeId id, List<Happened> events) {
    var committed = new LinkedHashMap<String, String>();
    for (var it : events) collect(Json.MAPPER.valueToTree(it.event()), committed);
    var written = new HashMap<String, Written>();
    for (var it : disputes.words(id)) written.put(it.id(), it);
    var texts = new ArrayList<Object>();
    committed.forEach((words, commitment) -> {
      var it = written.get(words);
      var body = it == null ? null : it.body();
      if (it == null || body == null) return;
      var key = keys.of(it.subject(), words);
      if (!Digest.keyed(key, body).equals(commitment)) return;
      texts.add(Map.of("id", words, "key", HexFormat.of().formatHex(key), "text", body));
    });
    return texts;
  }

  private static void collect(JsonNode node, Map<String, String> into) {
    if (node.isObject() && node.has("commitment") && node.has("chars")) {
      if (node.get("chars").intValue() > 0) {
        into.put(node.get("id").stringValue(), node.get("commitment").stringValue());
      }
    } else {
      node.values().forEach(inner -> collect(inner, into));
    }
  }

  /** How large the log was when this result was signed; empty when the result has no proof. */
  static Optional<Long> sizeThen(String result) {
    var checkpoint = Json.MAPPER.readTree(result).path("log").path("checkpoint");
    if (!checkpoint.isString()) return Optional.empty();
    return Optional.of(Checkpoint.parse(Note.parse(checkpoint.stringValue()).text()).size());
  }
}
