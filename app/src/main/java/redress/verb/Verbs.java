package redress.verb;

import static redress.verb.Field.amount;
import static redress.verb.Field.choice;
import static redress.verb.Field.choices;
import static redress.verb.Field.duration;
import static redress.verb.Field.id;
import static redress.verb.Field.ids;
import static redress.verb.Field.instant;
import static redress.verb.Field.number;
import static redress.verb.Field.text;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command;
import redress.dispute.Command.*;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Promise;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Terms;
import redress.dispute.Visibility;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.verb.Field.Kind;

/**
 * Every command that can be posted below a dispute. The router, the list of allowed actions and the OpenAPI document
 * are read from this one table. What only time, providers and automatic checks can say is not in it.
 */
public final class Verbs {
  public static final Map<String, Field> PROMISE = Fields.of(
      choice("kind", Obligation.Kind.class, "What is promised.").needed(),
      amount("amount", "What is paid; 0 for a promise in kind."),
      choice("executor", Executor.class, "Who carries out a payment."),
      amount("valueIfBroken", "What a broken promise in kind is worth."),
      duration("within", "How long after the confirmation it is due; without it the rules' own length."),
      number("after", 20, "The number of the promise that must be kept first; 0 for none."));

  public static final Map<String, Field> TERMS = Fields.of(
      choice("remedy", Remedy.class, "What would put things right.").needed(),
      amount("amount", "What is refunded."),
      amount("compensation", "What is paid on top of a refund, or instead of one."),
      id("currency", "ISO 4217; must be the payment's. Needed with any amount.").upTo(3),
      choice("executor", Executor.class, "Who carries out the payments; PLATFORM when left out."),
      amount("valueIfBroken", "What a broken promise in kind is worth."),
      Field.of("promises", Kind.PROMISES, "Every single promise, instead of the remedy's usual ones."));

  public static final Map<String, Field> ASKED = Fields.of(
      choice("side", Side.class, "Who is asked.").needed(),
      choices("types", EvidenceType.class, "What is asked for.").needed());

  private static final Field TERMS_FIELD = Field.of("terms", Kind.TERMS, "The remedy and its promises.");
  private static final Field TEXT = text("text", "What is said with it.");
  private static final Field REASON = text("reason", "Why.");
  private static final Field PROOF = text("proof", "What proves it.");
  private static final Field[] RULING = {
      choice("outcome", Outcome.class, "How it ends.").needed(), TERMS_FIELD,
      choice("liable", Ruling.Liable.class, "Who is responsible.").needed(),
      text("reasons", "The reasons given.").needed()};

  // @formatter:off
  public static final List<Verb> ALL = List.of(
      verb("SendMessage", "messages", "Say something to the other side and the platform.", (b, s, n) -> new SendMessage(s.words(b, "text"), b.ids("attachments")), TEXT.needed(), ids("attachments", "Ids of files that go with it.")),
      verb("SubmitEvidence", "evidence", "Submit an upload as evidence.", (b, s, n) -> evidence(b, s), choice("evidenceType", EvidenceType.class, "What it is.").needed(), id("upload", "The upload that holds the file; nothing is evidence without one."), choice("visibility", Visibility.class, "Who may see it besides its giver; PARTIES when left out."), number("request", 10_000, "The evidence request it answers; whichever it fits when left out."), id("sha256", "No longer taken: a hash is no evidence without its file, and is refused with UPLOAD_NEEDED."), TEXT),
      verb("AskSupport", "support-questions", "Ask customer service.", (b, s, n) -> new AskSupport(s.words(b, "text")), TEXT.needed()),
      verb("AnswerSupport", "support-questions/{n}/answer", "Answer a question to customer service.", (b, s, n) -> new AnswerSupport(n, s.words(b, "text")), TEXT.needed()),
      verb("GiveFeedback", "feedback", "Say what you think of how this dispute is handled.", (b, s, n) -> new GiveFeedback(b.choice("kind", Feedback.class), (int) b.number("rating"), s.words(b, "text")), choice("kind", Feedback.class, "What it is.").needed(), number("rating", 5, "1 to 5, of a RATING only."), TEXT),
      verb("AnswerFeedback", "feedback/{n}/answer", "Answer feedback.", (b, s, n) -> new AnswerFeedback(n, s.words(b, "text")), TEXT.needed()),
      verb("AddNote", "notes", "Write a note that only staff can read.", (b, s, n) -> new AddNote(s.words(b, "text")), TEXT.needed()),
      verb("Tag", "tags", "Tag the dispute for staff.", (b, s, n) -> new Tag(b.id("tag")), id("tag", "1 to 32 letters, digits or hyphens.").needed()),
      verb("RevealPersonalData", "reveals", "See a party's contacts; the reason is recorded.", (b, s, n) -> new RevealPersonalData(b.choice("of", Side.class), s.words(b, "reason")), choice("of", Side.class, "Whose.").needed(), REASON.needed()),

      verb("MakeOffer", "offers", "Make an offer or a counter-offer.", (b, s, n) -> new MakeOffer(terms(b, s), b.duration("validFor"), s.words(b, "text")), TERMS_FIELD.needed(), duration("validFor", "How long it can be accepted."), TEXT),
      verb("AcceptOffer", "offers/{n}/acceptance", "Accept an offer: this makes the settlement.", (b, s, n) -> new AcceptOffer(n)),
      verb("DeclineOffer", "offers/{n}/decline", "Decline an offer.", (b, s, n) -> new DeclineOffer(n, s.words(b, "reason")), REASON.needed()),
      verb("WithdrawOffer", "offers/{n}/withdrawal", "Take back an own offer.", (b, s, n) -> new WithdrawOffer(n)),
      verb("RefundNow", "refund", "Refund everything that is disputed.", (b, s, n) -> new RefundNow(b.choice("executor", Executor.class)), choice("executor", Executor.class, "Who carries it out.").needed()),
      verb("Escalate", "escalation", "Call the platform in.", (b, s, n) -> new Escalate(s.words(b, "reason")), REASON),
      verb("Withdraw", "withdrawal", "Withdraw the dispute.", (b, s, n) -> new Withdraw()),

      verb("Assign", "assignment", "Take the dispute, or with a mediator's id give it to that one (a lead).", (b, s, n) -> b.has("mediator") ? new Reassign(b.id("mediator")) : new Assign(), id("mediator", "Whose it becomes; a lead only.")),
      verb("Recuse", "recusal", "Give the dispute back because of a conflict of interest.", (b, s, n) -> new Recuse(s.words(b, "reason")), REASON.needed()),
      verb("RequestEvidence", "evidence-requests", "Ask one or both sides for evidence.", (b, s, n) -> new RequestEvidence(asked(b), within(b)), Field.of("requests", Kind.ASKED, "Who is asked for what.").needed(), duration("within", "How long they have; PT48H when left out.")),
      verb("ProposeSettlement", "proposals", "Propose a settlement to both sides.", (b, s, n) -> new ProposeSettlement(terms(b, s), s.words(b, "text")), TERMS_FIELD.needed(), TEXT),
      verb("AcceptProposal", "proposals/{n}/acceptance", "Accept the mediator's proposal.", (b, s, n) -> new AcceptProposal(n)),
      verb("DeclineProposal", "proposals/{n}/decline", "Decline the mediator's proposal.", (b, s, n) -> new DeclineProposal(n, s.words(b, "reason")), REASON.needed()),
      verb("ReturnToNegotiation", "return-to-negotiation", "Give it back to the two sides.", (b, s, n) -> new ReturnToNegotiation(s.words(b, "reason")), REASON),
      verb("Decide", "decision", "Decide the dispute.", (b, s, n) -> new Decide(b.choice("outcome", Outcome.class), ruled(b, s), b.choice("liable", Ruling.Liable.class), s.words(b, "reasons")), RULING),
      verb("ApproveDecision", "decision/approval", "Approve a decision as second person.", (b, s, n) -> new ApproveDecision()),
      verb("RejectDecision", "decision/rejection", "Send a decision back as second person.", (b, s, n) -> new RejectDecision(s.words(b, "reason")), REASON.needed()),
      verb("Appeal", "appeal", "Appeal against the decision.", (b, s, n) -> new Appeal(b.choice("ground", Ground.class), s.words(b, "text")), choice("ground", Ground.class, "On what it rests.").needed(), TEXT.needed()),
      verb("WaiveAppeal", "appeal-waiver", "Say that you will not appeal.", (b, s, n) -> new WaiveAppeal()),
      verb("DecideAppeal", "appeal-decision", "Decide all appeals together.", (b, s, n) -> new DecideAppeal(b.choice("outcome", Outcome.class), ruled(b, s), b.choice("liable", Ruling.Liable.class), s.words(b, "reasons")), RULING),

      verb("SubmitStatement", "statement", "Say how and when the settlement will be kept.", (b, s, n) -> new SubmitStatement(s.words(b, "text")), TEXT.needed()),
      verb("ReportPerformance", "obligations/{n}/performance", "Report a promise as kept.", (b, s, n) -> new ReportPerformance(n, s.reference(b, "reference")), text("reference", "Where it can be checked: the provider's reference, a tracking number.").needed()),
      verb("ShipReturn", "obligations/{n}/shipment", "Report that the item was sent back.", (b, s, n) -> new ShipReturn(n, s.reference(b, "tracking")), text("tracking", "Carrier and tracking number.").needed()),
      verb("AcknowledgeReturn", "obligations/{n}/acknowledgement", "Say how the returned item arrived.", (b, s, n) -> new AcknowledgeReturn(n, b.choice("condition", Condition.class)), choice("condition", Condition.class, "How it arrived.").needed()),
      verb("WaiveObligation", "obligations/{n}/waiver", "Give up an own claim.", (b, s, n) -> new WaiveObligation(n)),
      verb("ReportShipment", "obligations/{n}/delivery", "Report what a carrier says of a parcel.", (b, s, n) -> new ReportShipment(n, b.choice("shipment", Shipment.class)), choice("shipment", Shipment.class, "What happened.").needed()),
      verb("ReportShipment", "shipments", "Report what a carrier says of a parcel.", (b, s, n) -> new ReportShipment((int) b.number("obligation"), b.choice("shipment", Shipment.class)), number("obligation", 10_000, "Which promise.").needed(), choice("shipment", Shipment.class, "What happened.").needed()),

      verb("AnswerFollowUp", "follow-up", "Say whether the settlement was kept to your satisfaction.", (b, s, n) -> new AnswerFollowUp(b.choice("answer", FollowUp.Answer.class), s.words(b, "text")), choice("answer", FollowUp.Answer.class, "What the buyer says.").needed(), TEXT),
      verb("SignFinding", "findings/{n}/signature", "Sign a warning so that it does not hold the dispute up.", (b, s, n) -> new SignFinding(n, s.words(b, "note")), text("note", "Why it may go on.")),
      verb("Cure", "findings/{n}/cure", "Put a problem right.", (b, s, n) -> new Cure(n, s.words(b, "proof")), PROOF.needed()),
      verb("RefuteFinding", "findings/{n}/refutation", "Show that a problem is none.", (b, s, n) -> new RefuteFinding(n, s.words(b, "proof")), PROOF.needed()),
      verb("Enforce", "findings/{n}/enforcement", "Enforce what is missing.", (b, s, n) -> new Enforce(n)),
      verb("ApprovePayout", "payout/approval", "Approve a payout as second person.", (b, s, n) -> new ApprovePayout()),
      verb("RejectPayout", "payout/rejection", "Reject a payout as second person.", (b, s, n) -> new RejectPayout(s.words(b, "reason")), REASON.needed()),
      verb("ReopenNegotiation", "renegotiation", "Let the two sides negotiate again.", (b, s, n) -> new ReopenNegotiation(s.words(b, "reason")), REASON.needed()),
      verb("SendToMediation", "mediation", "Hand it to mediation.", (b, s, n) -> new SendToMediation(s.words(b, "reason")), REASON.needed()),
      verb("EndException", "exception-end", "End it for good after the sixth problem.", (b, s, n) -> new EndException(s.words(b, "reason")), REASON.needed()),
      verb("RecordRefund", "refunds/{n}/result", "Record what a provider said of a refund by telephone.", (b, s, n) -> new RecordRefund(n, b.choice("state", Refund.State.class), b.instant("arrival")), choice("state", Refund.State.class, "How it stands there.").except("REQUESTED").needed(), instant("arrival", "When it arrives, or arrived.")),
      verb("OpenChargeback", "chargebacks", "Report a chargeback.", (b, s, n) -> chargeback(b, s), amount("amount", "What was charged back.").needed(), id("currency", "ISO 4217; must be the payment's.").upTo(3).needed()),
      verb("Reopen", "reopening", "Reopen a closed dispute with a new fact.", (b, s, n) -> new Reopen(s.words(b, "newFact")), text("newFact", "What is new.").needed()));
  // @formatter:on

  /** Commands that move money and so want an idempotency key. */
  public static final Set<String> MONEY = Set.of("RefundNow", "Enforce", "ApprovePayout", "OpenChargeback");

  private static final Map<String, Verb> BY_PATH = index(Verb::path);
  /** Of two addresses for one command the first is advertised. */
  private static final Map<String, Verb> BY_COMMAND = index(Verb::command);

  private Verbs() {}

  /** The verb at this address below a dispute, its number written {@code {n}}; null when there is none. */
  public static @Nullable Verb at(String path) {
    return BY_PATH.get(path);
  }

  /** The verb that carries this command; null for what cannot be posted. */
  public static @Nullable Verb of(String command) {
    return BY_COMMAND.get(command.equals("Reassign") ? "Assign" : command);
  }

  private static Map<String, Verb> index(Function<Verb, String> key) {
    var all = new LinkedHashMap<String, Verb>();
    for (var verb : ALL) all.putIfAbsent(key.apply(verb), verb);
    return Map.copyOf(all);
  }

  private static Verb verb(String command, String path, String summary, Verb.Maker maker, Field... fields) {
    return new Verb(command, path, summary, Fields.of(fields), maker);
  }

  private static Command evidence(Body body, Scribe scribe) {
    var type = body.choice("evidenceType", EvidenceType.class);
    if (body.has("sha256")) throw Fault.UPLOAD_NEEDED.away(body.at("sha256"));
    if (!body.has("upload")) throw Fault.UPLOAD_NEEDED.away(body.at("upload"));
    var visibility = body.optional("visibility", Visibility.class);
    return new SubmitEvidence(type, "", scribe.words(body, "text"),
        visibility == null ? Visibility.PARTIES : visibility, body.id("upload"), (int) body.number("request"));
  }

  private static Command chargeback(Body body, Scribe scribe) {
    long minor = body.number("amount");
    scribe.sameCurrency(body, minor);
    return new OpenChargeback(minor);
  }

  private static Duration within(Body body) {
    var within = body.duration("within");
    return within == null ? Deadline.EVIDENCE_REQUEST.standard : within;
  }

  private static List<Asked> asked(Body body) {
    return body.objects("requests", ASKED).stream()
        .map(one -> new Asked(one.choice("side", Side.class), one.choices("types", EvidenceType.class))).toList();
  }

  private static Terms terms(Body body, Scribe scribe) {
    var inner = body.object("terms", TERMS);
    if (inner == null) throw Fault.FIELD_MISSING.away(body.at("terms"));
    return read(inner, scribe);
  }

  /** A ruling may owe nothing. */
  private static Terms ruled(Body body, Scribe scribe) {
    var inner = body.object("terms", TERMS);
    return inner == null ? new Terms(Remedy.EXPLANATION_ONLY, List.of()) : read(inner, scribe);
  }

  private static Terms read(Body body, Scribe scribe) {
    var remedy = body.choice("remedy", Remedy.class);
    var terms = body.has("promises") ? new Terms(remedy, promises(body)) : usual(body, remedy);
    try {
      scribe.sameCurrency(body, Math.max(terms.pays(), terms.cost()));
    } catch (ArithmeticException e) {
      throw Fault.NUMBER_OUT_OF_RANGE.away(body.at("promises"));
    }
    return terms;
  }

  private static Terms usual(Body body, Remedy remedy) {
    var executor = body.optional("executor", Executor.class);
    long refund = body.number("amount");
    boolean refunds = remedy.promises.contains(Obligation.Kind.REFUND);
    if (refund > 0 && !refunds) throw Fault.FIELD_VALUE.away(body.at("amount"));
    return Terms.of(remedy, refund, body.number("compensation"), executor == null ? Executor.PLATFORM : executor,
        body.number("valueIfBroken"));
  }

  private static List<Promise> promises(Body body) {
    for (var other : List.of("amount", "compensation", "executor", "valueIfBroken")) {
      if (body.has(other)) throw Fault.FIELD_VALUE.away(body.at(other));
    }
    return body.objects("promises", PROMISE).stream()
        .map(one -> new Promise(one.choice("kind", Obligation.Kind.class), one.number("amount"),
            one.optional("executor", Executor.class), one.number("valueIfBroken"), one.duration("within"),
            (int) one.number("after")))
        .toList();
  }
}
