package redress.dispute;

import static redress.dispute.Decision.no;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import redress.dispute.Command.*;
import redress.policy.Role;

/** The whole of a dispute: what may happen, and what it changes. No I/O, no clock. */
public final class Rules {

  /** What happens when {@code act} is done in {@code matter}, or why it is refused; a refusal changes nothing. */
  public static Decision decide(Matter matter, Act act) {
    var refusal = Permits.refusal(matter, act);
    return refusal != null ? no(refusal) : heard(matter, act);
  }

  // @formatter:off
  private static Decision heard(Matter m, Act a) {
    return switch (a.command()) {
      case File c                -> Talking.file(m, a, c);
      case SendMessage c         -> Talking.message(m, a, c);
      case SubmitEvidence c      -> Talking.evidence(m, a, c);
      case AskSupport c          -> Talking.ask(m, c);
      case AnswerSupport c       -> Talking.answer(m, c);
      case GiveFeedback c        -> Talking.feedback(m, c);
      case AnswerFeedback c      -> Talking.answer(m, c);
      case AddNote c             -> Talking.note(m, c);
      case Tag c                 -> Talking.tag(c);
      case RevealPersonalData c  -> Talking.reveal(m, c);

      case MakeOffer c           -> Negotiation.offer(m, a, c);
      case AcceptOffer c         -> Negotiation.accept(m, a, c);
      case DeclineOffer c        -> Negotiation.decline(m, a, c);
      case WithdrawOffer c       -> Negotiation.withdrawOffer(m, a, c);
      case RefundNow c           -> Negotiation.refundNow(m, a, c);
      case Escalate c            -> Negotiation.escalate(m, a, c);
      case Withdraw _            -> Negotiation.withdraw(m, a);

      case Assign _              -> Mediation.assign(m, a);
      case Reassign c            -> Mediation.reassign(m, a, c);
      case Recuse c              -> Mediation.recuse(m, a, c);
      case RequestEvidence c     -> Mediation.request(m, a, c);
      case ProposeSettlement c   -> Mediation.propose(m, a, c);
      case AcceptProposal c      -> Mediation.accept(m, a, c);
      case DeclineProposal c     -> Mediation.decline(m, a, c);
      case ReturnToNegotiation c -> Mediation.giveBack(m, a, c);
      case Decide c              -> Deciding.decide(m, a, c);
      case ApproveDecision _     -> Deciding.approve(m, a);
      case RejectDecision c      -> Deciding.reject(m, a, c);
      case Appeal c              -> Deciding.appeal(m, a, c);
      case WaiveAppeal _         -> Deciding.waive(m, a);
      case DecideAppeal c        -> Deciding.decideAppeal(m, a, c);

      case ConfirmIdentity c     -> Settling.identity(m, a, c);
      case ConfirmTransaction c  -> Settling.transaction(m, a, c);
      case SubmitStatement c     -> Settling.statement(m, a, c);
      case ReportPerformance c   -> Settling.report(m, a, c);
      case ShipReturn c          -> Settling.ship(m, a, c);
      case ReportShipment c      -> Settling.shipment(m, a, c);
      case AcknowledgeReturn c   -> Settling.acknowledge(m, a, c);
      case WaiveObligation c     -> Settling.waive(m, a, c);

      case RecordAudit c         -> Verifying.audit(m, a, c);
      case RecordContact c       -> Verifying.contact(m, a, c);
      case AnswerFollowUp c      -> Verifying.answer(m, a, c);
      case SignFinding c         -> Verifying.sign(m, a, c);

      case Cure c                -> Problems.cure(m, a, c);
      case RefuteFinding c       -> Problems.refute(m, a, c);
      case Enforce c             -> Problems.enforce(m, a, c);
      case ApprovePayout _       -> Problems.approve(m, a);
      case RejectPayout c        -> Problems.reject(m, a, c);
      case ReopenNegotiation c   -> Problems.reopen(m, a, c);
      case SendToMediation c     -> Problems.mediate(m, a, c);
      case EndException c        -> Problems.endException(m, a, c);
      case ReserveFunds c        -> Problems.reserve(m, a, c);

      case RecordRefund c        -> Refunds.answered(m, a, c);
      case OpenChargeback c      -> Closing.chargeback(m, a, c);
      case Reopen c              -> Closing.reopen(m, a, c);
      case RecordReminder c      -> Timing.reminded(m, a, c);
      case Pass c                -> Timing.pass(m, a, c);
    };
  }
  // @formatter:on

  /** The dispute after {@code event}, which happened at {@code at} (UTC). */
  public static Dispute evolve(Dispute dispute, Event event, Instant at) {
    return Evolution.after(dispute, event, at);
  }

  /**
   * The payment after {@code event} of {@code dispute}; its version grows when its money or what is in dispute changes.
   */
  public static Payment evolve(Payment payment, DisputeId dispute, Event event) {
    return Spending.after(payment, dispute, event);
  }

  /** The live deadlines, the next first; none once it is closed. */
  public static List<Timer> timers(Matter matter) {
    return Timing.timers(matter);
  }

  /** What {@code by} may do now; each is accepted when sent as advertised. */
  public static List<Action> actions(Matter matter, Actor by, Instant at) {
    return Offering.actions(matter, by, at);
  }

  /** What is to be done outside because of {@code event} at {@code at}; {@code after} is the matter after it. */
  public static List<Errand> errands(Matter after, Event event, Instant at) {
    return Errands.after(after, event, at);
  }

  /** Whether a result is recorded because of this event. */
  public static boolean isFinal(Event event) {
    return Closing.isFinal(event);
  }

  /** Every command's name with the roles that may say it. */
  public static SortedMap<String, Set<Role>> roles() {
    return Permits.table();
  }

  private Rules() {}
}
