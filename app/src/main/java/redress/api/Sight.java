package redress.api;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import redress.dispute.Event;
import redress.dispute.Event.*;
import redress.policy.Role;
import redress.store.Disputes.Happened;
import redress.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an event a reader may see: staff all of it, a party what concerns both sides or itself. */
final class Sight {
  /**
   * Whom a text or a record is about is in the view already, and who of the staff it was is not the parties' business.
   */
  private static final Set<String> HIDDEN =
      Set.of("mediator", "verifier", "decidedBy", "approvedBy", "askedBy", "filing",
          "type", "row", "brokenEvidence");

  private Sight() {}

  /** Whether the reader may know of it. {@code asked} tells who asked or spoke by question and feedback number. */
  static boolean mayKnow(Happened it, Reader reader, Map<String, Role> asked) {
    if (reader.isStaff()) return true;
    return switch (it.event()) {
      case NoteAdded _,Tagged _,PersonalDataRevealed _,DecisionWaits _,DecisionRejected _ -> false;
      case PayoutAsked _,PayoutApproved _,PayoutRejected _ -> false;
      case Alerted _,VerifierActed _,TargetMissed _,FirstReplyGiven _ -> false;
      case SupportAsked _,FeedbackGiven _ -> isSameSide(it.role(), reader);
      case SupportAnswered e -> isSameSide(asked.getOrDefault("SupportAsked" + e.question(), Role.SYSTEM), reader);
      case FeedbackAnswered e -> isSameSide(asked.getOrDefault("FeedbackGiven" + e.feedback(), Role.SYSTEM), reader);
      case Event _ -> true;
    };
  }

  private static boolean isSameSide(Role role, Reader reader) {
    return reader.side().isPresent() && new redress.dispute.Actor(role, "").side().equals(reader.side());
  }

  /** Under which name an event that can be answered is remembered. */
  static String name(Event event) {
    if (event instanceof SupportAsked asked) return "SupportAsked" + asked.id();
    return event instanceof FeedbackGiven given ? "FeedbackGiven" + given.id() : "";
  }

  /** The figures and dates of an event, without texts and without names of staff. */
  static ObjectNode details(Event event) {
    var node = (ObjectNode) Json.MAPPER.valueToTree(event);
    strip(node);
    return node;
  }

  /** The ids of the texts an event refers to. */
  static Set<String> texts(Event event) {
    var found = new LinkedHashSet<String>();
    collect(Json.MAPPER.valueToTree(event), found);
    return found;
  }

  private static void collect(JsonNode node, Set<String> into) {
    if (isText(node)) into.add(node.get("id").stringValue());
    else node.values().forEach(inner -> collect(inner, into));
  }

  private static boolean isText(JsonNode node) {
    return node.isObject() && node.has("commitment") && node.has("chars");
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(HIDDEN);
      object.removeIf(Sight::isText);
    }
    node.values().forEach(Sight::strip);
  }
}
