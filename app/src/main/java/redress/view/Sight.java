package redress.view;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import redress.check.FindingCode;
import redress.dispute.Event;
import redress.dispute.Event.*;
import redress.policy.Role;
import redress.store.Disputes.Happened;
import redress.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an event a reader may see: staff all of it, a party what concerns both sides or itself. */
public final class Sight {
  /**
   * Whom a text or a record is about is in the view already, and who of the staff it was is not the parties' business.
   */
  private static final Set<String> HIDDEN =
      Set.of("mediator", "verifier", "decidedBy", "approvedBy", "askedBy", "filing",
          "type", "row", "brokenEvidence", "upload");

  /** Of these, what is nobody's business outside the staff. */
  private static final Set<String> STAFF =
      Set.of("mediator", "verifier", "decidedBy", "approvedBy", "askedBy", "brokenEvidence");

  /** What staff must judge before a party hears of it. */
  private static final Set<FindingCode> STAFF_ONLY =
      EnumSet.of(FindingCode.EVIDENCE_CONTRADICTS, FindingCode.FOLLOW_UP_ATTEMPTS_SHORT);
  private static final String FINDING = "Finding";

  private Sight() {}

  /** Whether only staff may know that this was found. */
  public static boolean isForStaff(FindingCode code) {
    return STAFF_ONLY.contains(code);
  }

  /**
   * Whether the reader may know of it. {@code asked} tells by {@link #name} who asked, who spoke, and what only staff
   * may know was found.
   */
  public static boolean mayKnow(Happened it, Reader reader, Map<String, Role> asked) {
    if (it.event() instanceof EvidenceSubmitted given) return given.opensTo(reader.side(), reader.isStaff());
    if (reader.isStaff()) return true;
    return switch (it.event()) {
      // @formatter:off
      case NoteAdded _, Tagged _, PersonalDataRevealed _, DecisionWaits _, DecisionRejected _, PayoutAsked _,
           PayoutApproved _, PayoutRejected _, Alerted _, VerifierActed _, TargetMissed _, FirstReplyGiven _ -> false;
      case SupportAsked _, FeedbackGiven _ -> isSameSide(it.role(), reader);
      case SupportAnswered e  -> isSameSide(asked.getOrDefault("SupportAsked" + e.question(), Role.SYSTEM), reader);
      case FeedbackAnswered e -> isSameSide(asked.getOrDefault("FeedbackGiven" + e.feedback(), Role.SYSTEM), reader);
      case FindingRaised e    -> !isForStaff(e.finding().code());
      case FindingEnded e     -> !asked.containsKey(FINDING + e.finding());
      case FindingWaits e     -> !asked.containsKey(FINDING + e.finding());
      case Filed _, MessageSent _, EvidenceSubmitted _, TurnPassed _, OfferMade _, OfferEnded _, Reminded _,
           RoundStarted _ -> true;
      case MediationQueued _, Assigned _, Recused _, EvidenceRequested _, EvidenceSupplied _, EvidenceClosed _,
           SettlementProposed _, ProposalAssented _, ProposalEnded _, Decided _, Appealed _, AppealWaived _,
           AppealOpened _, AppealDecided _ -> true;
      case SettlementFormed _, Confirmed _, StatementSubmitted _, InformationConfirmed _, PerformingStarted _,
           ObligationMoved _ -> true;
      case ItemsDisputed _, HoldPlaced _, HoldReleased _, RefundRequested _, RefundMoved _, OutsideRefundFound _,
           FundsAsked _, FundsReserved _, FundsReturned _, PromiseBroken _, Overpaid _,
           ChargebackOpened _ -> true;
      case AuditingStarted _, Audited _, FollowUpStarted _, ContactTried _, FollowUpAnswered _, ConcludingStarted _,
           ExceptionOpened _, EnforcementStarted _, EnforcementShort _, Resumed _, Overdue _, Breached _,
           Closed _ -> true;
      // @formatter:on
    };
  }

  /** Whether it may leave the house at all: what staff note down for themselves does not. */
  public static boolean mayTake(Event event) {
    return !(event instanceof NoteAdded || event instanceof Tagged || event instanceof PersonalDataRevealed);
  }

  /** Why a mediator stepped back is staff's to know. */
  public static boolean mayRead(Event event, Reader reader) {
    return reader.isStaff() || !(event instanceof Recused);
  }

  /** Whether it says who of the staff it was, or what only staff may know of evidence. */
  public static boolean namesStaff(Event event) {
    return names(Json.MAPPER.valueToTree(event));
  }

  private static boolean names(JsonNode node) {
    for (var name : STAFF) {
      var value = node.path(name);
      if (!value.isNull() && (value.isString() ? !value.stringValue().isEmpty() : !value.isEmpty())) return true;
    }
    return node.values().stream().anyMatch(Sight::names);
  }

  public static boolean isSameSide(Role role, Reader reader) {
    return reader.side().isPresent() && new redress.dispute.Actor(role, "").side().equals(reader.side());
  }

  /** Under which name an event is remembered on which it depends who may know of later ones; empty for all others. */
  public static String name(Event event) {
    return switch (event) {
      case SupportAsked asked -> "SupportAsked" + asked.id();
      case FeedbackGiven given -> "FeedbackGiven" + given.id();
      case FindingRaised raised when isForStaff(raised.finding().code()) -> FINDING + raised.finding().id();
      default -> "";
    };
  }

  /** The figures and dates of an event, without texts and without names of staff. */
  public static ObjectNode details(Event event) {
    var node = (ObjectNode) Json.MAPPER.valueToTree(event);
    strip(node);
    return node;
  }

  /** The ids of the texts an event refers to. */
  public static Set<String> texts(Event event) {
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
