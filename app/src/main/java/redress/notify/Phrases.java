package redress.notify;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import redress.check.FindingCode;
import redress.dispute.EvidenceType;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Status;
import redress.policy.Deadline;

/** The short words of one language: names of reasons, promises, outcomes … and the sentences about deadlines. */
final class Phrases {
  /** The kinds of constants that a notice may name; each constant needs words. */
  private static final Map<String, Enum<?>[]> NAMED = Map.ofEntries(
      Map.entry("reason", Reason.values()), Map.entry("remedy", Remedy.values()), Map.entry("who", Side.values()),
      Map.entry("who.you", Side.values()), Map.entry("promise", Obligation.Kind.values()),
      Map.entry("state", Obligation.State.values()), Map.entry("status", Status.values()),
      Map.entry("outcome", Outcome.values()), Map.entry("liable", Ruling.Liable.values()),
      Map.entry("finding", FindingCode.values()), Map.entry("otherwise", FindingCode.Otherwise.values()),
      Map.entry("evidence", EvidenceType.values()), Map.entry("answer", FollowUp.Answer.values()),
      Map.entry("deadline", Deadline.values()));

  private final Language language;
  private final Map<Object, Object> words;
  private final ConcurrentMap<String, Blanks> blanks = new ConcurrentHashMap<>();

  /** Throws IllegalStateException when a constant has no words. */
  Phrases(Language language, Properties words) {
    this.language = language;
    this.words = Map.copyOf(words);
    NAMED.forEach((kind, constants) -> {
      for (var constant : constants) get(kind, constant);
    });
  }

  /** The words for {@code key}; throws IllegalStateException when there are none. */
  String get(String key) {
    if (words.get(key) instanceof String found) return found;
    throw new IllegalStateException(language + " has no words for " + key);
  }

  /** The words for a constant: {@code kind.NAME}. */
  String get(String kind, Enum<?> constant) {
    return get(kind + "." + constant.name());
  }

  /** The words for {@code key} with its values filled in. */
  String get(String key, Map<String, String> values) {
    return blanks.computeIfAbsent(key, it -> new Blanks(get(it))).fill(name -> {
      var value = values.get(name);
      if (value == null) throw new IllegalStateException(language + ": " + key + " asks for an unknown " + name);
      return value;
    });
  }

  /** The keys, sorted. */
  Set<String> keys() {
    var keys = new TreeSet<String>();
    for (var key : words.keySet()) keys.add(key.toString());
    return keys;
  }
}
