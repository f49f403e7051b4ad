package redress.dispute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Action.Field;
import redress.dispute.Command.*;
import redress.policy.Deadline;
import redress.policy.Role;

/**
 * What a person may do now, found by asking the rules themselves: each command is tried with the plainest body that
 * could be
 * right, and advertised if the answer is yes.
 */
final class Offering {
  private static final Words TEXT = new Words("-", "-", 1);
  private static final String HASH = "0".repeat(64);

  private final Matter m;
  private final Actor by;
  private final Instant at;
  private final List<Action> found = new ArrayList<>();

  private Offering(Matter matter, Actor by, Instant at) {
    this.m = matter;
    this.by = by;
    this.at = at;
  }

  static List<Action> actions(Matter matter, Actor by, Instant at) {
    if (matter.dispute().filing() == null || !Permits.belongs(matter.dispute(), by)) return List.of();
    var offering = new Offering(matter, by, at);
    offering.talk();
    switch (matter.dispute().status().phase) {
      case NEGOTIATION -> offering.negotiate();
      case MEDIATION -> offering.mediate();
      case SETTLEMENT, VERIFICATION -> offering.settle();
      case CLOSED -> offering.tryOut(new Reopen(TEXT), 0, text("newFact", offering.limits().messageChars()));
    }
    return List.copyOf(offering.found);
  }

  private void talk() {
    var limits = limits();
    tryOut(new SendMessage(TEXT, List.of()), 0, text("text", limits.messageChars()));
    tryOut(SubmitEvidence.elsewhere(EvidenceType.OTHER, HASH, Words.NONE), 0, new Field("evidenceType", true, 0),
        new Field("upload", true, 100));
    tryOut(new AskSupport(TEXT), 0, text("text", limits.messageChars()));
    if (m.dispute().tally().questions() > 0) {
      tryOut(new AnswerSupport(m.dispute().tally().questions(), TEXT), m.dispute().tally().questions(),
          text("text", limits.messageChars()));
    }
    tryOut(new GiveFeedback(Feedback.RATING, 5, Words.NONE), 0, new Field("kind", true, 0),
        new Field("rating", false, 5));
    if (m.dispute().tally().feedback() > 0) {
      tryOut(new AnswerFeedback(m.dispute().tally().feedback(), TEXT), m.dispute().tally().feedback(),
          text("text", limits.messageChars()));
    }
    tryOut(new AddNote(TEXT), 0, text("text", limits.messageChars()));
    tryOut(new Tag("tag"), 0, new Field("tag", true, 32));
    tryOut(new RevealPersonalData(Side.BUYER, TEXT), 0, new Field("of", true, 0),
        text("reason", limits.messageChars()));
    tryOut(new OpenChargeback(1), 0, new Field("minor", true, m.payment().captured()));
  }

  private void negotiate() {
    var side = by.side().orElse(null);
    for (var author : Side.values()) {
      var offer = m.dispute().round().offer(author);
      if (offer == null) continue;
      tryOut(new AcceptOffer(offer.id()), offer.id());
      tryOut(new DeclineOffer(offer.id(), TEXT), offer.id(), text("reason", limits().messageChars()));
      tryOut(new WithdrawOffer(offer.id()), offer.id());
    }
    if (side != null) tryOut(new MakeOffer(plainest(), null, Words.NONE), 0, terms());
    tryOut(new RefundNow(Executor.PLATFORM), 0, new Field("executor", true, 0));
    tryOut(new Escalate(Words.NONE), 0, text("reason", limits().messageChars(), false));
    tryOut(new Withdraw(), 0);
  }

  private void mediate() {
    var limits = limits();
    tryOut(new Assign(), 0);
    tryOut(new Reassign("-"), 0, new Field("mediator", true, 0));
    tryOut(new Recuse(TEXT), 0, text("reason", limits.messageChars()));
    tryOut(new RequestEvidence(List.of(new Asked(Side.BUYER, Set.of(EvidenceType.OTHER))),
        m.rules().length(Deadline.EVIDENCE_REQUEST)), 0, new Field("requests", true, 2), new Field("within", true, 0));
    tryOut(new ProposeSettlement(plainest(), Words.NONE), 0, terms());
    if (m.dispute().stage() instanceof Stage.Proposed p) {
      tryOut(new AcceptProposal(p.proposal()), p.proposal());
      tryOut(new DeclineProposal(p.proposal(), TEXT), p.proposal(), text("reason", limits.messageChars()));
    }
    tryOut(new ReturnToNegotiation(Words.NONE), 0, text("reason", limits.messageChars(), false));
    var nothing = new Terms(Remedy.EXPLANATION_ONLY, List.of());
    var ruling = new Field[] {new Field("outcome", true, 0), terms(), new Field("liable", true, 0),
        text("reasons", limits.rationaleChars())};
    tryOut(new Decide(Outcome.DECIDED_FOR_MERCHANT, nothing, Ruling.Liable.NEITHER, TEXT), 0, ruling);
    tryOut(new ApproveDecision(), 0);
    tryOut(new RejectDecision(TEXT), 0, text("reason", limits.messageChars()));
    tryOut(new Appeal(Ground.PROCEDURE, TEXT), 0, new Field("ground", true, 0), text("text", limits.rationaleChars()));
    tryOut(new WaiveAppeal(), 0);
    tryOut(new DecideAppeal(Outcome.DECIDED_FOR_MERCHANT, nothing, Ruling.Liable.NEITHER, TEXT), 0, ruling);
    tryOut(new RefundNow(Executor.PLATFORM), 0, new Field("executor", true, 0));
    tryOut(new Withdraw(), 0);
  }

  private void settle() {
    var limits = limits();
    tryOut(new SubmitStatement(TEXT), 0, text("text", limits.statementChars()));
    for (var o : m.dispute().obligations()) promise(o);
    for (var answer : FollowUp.Answer.values()) {
      if (tryOut(new AnswerFollowUp(answer, Words.NONE), 0, new Field("answer", true, 0),
          text("text", limits.messageChars(), false)))
        break;
    }
    for (var f : m.dispute().findings()) finding(f);
    tryOut(new ApprovePayout(), 0);
    tryOut(new RejectPayout(TEXT), 0, text("reason", limits.messageChars()));
    tryOut(new ReopenNegotiation(TEXT), 0, text("reason", limits.messageChars()));
    tryOut(new SendToMediation(TEXT), 0, text("reason", limits.messageChars()));
    tryOut(new EndException(TEXT), 0, text("reason", limits.messageChars()));
    if (by.role() == Role.VERIFIER) {
      for (var r : m.dispute().refunds()) {
        tryOut(new RecordRefund(r.id(), Refund.State.SUCCEEDED, null), r.id(), new Field("state", true, 0));
      }
    }
  }

  private void promise(Obligation o) {
    var limits = limits();
    tryOut(new ReportPerformance(o.id(), TEXT), o.id(), text("reference", limits.statementChars()));
    tryOut(new ShipReturn(o.id(), TEXT), o.id(), text("tracking", limits.statementChars()));
    tryOut(new ReportShipment(o.id(), Shipment.DELIVERED), o.id(), new Field("shipment", true, 0));
    tryOut(new AcknowledgeReturn(o.id(), Condition.AS_SENT), o.id(), new Field("condition", true, 0));
    tryOut(new WaiveObligation(o.id()), o.id());
  }

  private void finding(Finding f) {
    var limits = limits();
    tryOut(new SignFinding(f.id(), Words.NONE), f.id(), text("note", limits.messageChars(), false));
    tryOut(new Cure(f.id(), TEXT), f.id(), text("proof", limits.messageChars()));
    tryOut(new RefuteFinding(f.id(), TEXT), f.id(), text("proof", limits.messageChars()));
    tryOut(new Enforce(f.id()), f.id());
  }

  /** The plainest terms that could be right: the least refund, or an explanation where nothing can be refunded. */
  private Terms plainest() {
    boolean left = m.payment().refundable() > 0 && by.limit() > 0;
    return left ? Terms.of(Remedy.PARTIAL_REFUND, 1, 0, Executor.PLATFORM, 0)
        : new Terms(Remedy.EXPLANATION_ONLY, List.of());
  }

  private Field terms() {
    return new Field("terms", true, m.payment().refundable());
  }

  private static Field text(String name, int max) {
    return text(name, max, true);
  }

  private static Field text(String name, int max, boolean required) {
    return new Field(name, required, max);
  }

  private redress.policy.Limits limits() {
    return m.rules().limits();
  }

  private boolean tryOut(Command command, int about, Field... fields) {
    boolean yes = Rules.decide(m, new Act(by, at, command)) instanceof Decision.Yes(var events) && !events.isEmpty();
    if (yes) {
      var timer = running(command, about);
      found.add(new Action(command.name(), about, List.of(fields), timer == null ? null : timer.due(),
          timer == null ? null : timer.deadline()));
    }
    return yes;
  }

  /** The deadline that runs for this step: by whom and about what it is. */
  private @Nullable Timer running(Command command, int about) {
    var keys = deadlines(command);
    for (var timer : Timing.timers(m)) {
      if (keys.contains(timer.deadline()) && (timer.about() == 0 || timer.about() == about)) return timer;
    }
    return null;
  }

  private Set<Deadline> deadlines(Command command) {
    return switch (command) {
      case AcceptOffer _,DeclineOffer _ -> Set.of(Deadline.OFFER_VALIDITY);
      case MakeOffer _,RefundNow _ -> replies();
      case SubmitEvidence _ -> m.dispute().stage() instanceof Stage.AwaitingEvidence
          ? Set.of(Deadline.EVIDENCE_REQUEST) : replies();
      case Assign _ -> Set.of(Deadline.MEDIATION_FIRST_ACTION, Deadline.MEDIATION_MAX);
      case AcceptProposal _,DeclineProposal _ -> Set.of(Deadline.PROPOSAL_VALIDITY);
      case ApproveDecision _,RejectDecision _ -> Set.of(Deadline.DECISION_APPROVE);
      case Appeal _,WaiveAppeal _ -> Set.of(Deadline.APPEAL_WINDOW);
      case DecideAppeal _ -> Set.of(Deadline.APPEAL_DECIDE);
      case SubmitStatement _ -> Set.of(Deadline.SETTLEMENT_CONFIRM);
      case ReportPerformance _ -> Set.of(Deadline.OBLIGATION_REFUND, Deadline.REPLACEMENT_SHIP);
      case ShipReturn _ -> Set.of(Deadline.RETURN_SHIP);
      case AcknowledgeReturn _ -> Set.of(Deadline.RETURN_ACKNOWLEDGE);
      case AnswerFollowUp _ -> Set.of(Deadline.VERIFICATION_DAY2, Deadline.VERIFICATION_DAY3);
      case SignFinding _ -> Set.of(Deadline.VERIFICATION_DAY1, Deadline.VERIFICATION_DAY3);
      case Cure _,RefuteFinding _ -> Set.of(Deadline.EXCEPTION_CURE);
      case ApprovePayout _,RejectPayout _ -> Set.of(Deadline.PAYOUT_APPROVE);
      case Command _ -> Set.of();
    };
  }

  private Set<Deadline> replies() {
    boolean awaited =
        m.dispute().stage() instanceof Stage.Negotiating n && by.side().filter(n.awaited()::equals).isPresent();
    if (!awaited) return Set.of();
    return by.role() == Role.BUYER ? Set.of(Deadline.BUYER_REPLY) : Set.of(Deadline.MERCHANT_REPLY);
  }
}
