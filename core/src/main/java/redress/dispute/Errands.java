package redress.dispute;

import static redress.dispute.Errand.Audience.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redress.check.FindingCode;
import redress.dispute.Errand.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** What is to be done outside because of an event: people to tell, providers to ask, records to look at. */
final class Errands {
  private static final List<Duration> REMINDERS = List.of(Duration.ofHours(24), Duration.ofHours(2));

  private final Matter m;
  private final Instant at;
  private final List<Errand> all = new ArrayList<>();

  private Errands(Matter matter, Instant at) {
    this.m = matter;
    this.at = at;
  }

  static List<Errand> after(Matter m, Event event, Instant at) {
    var errands = new Errands(m, at);
    errands.causedBy(event);
    return errands.all;
  }

  // @formatter:off
  private void causedBy(Event event) {
    switch (event) {
      case Filed e               -> both(Notice.FILED, 0).remind(Deadline.MERCHANT_REPLY, e.replyDue(), Side.MERCHANT);
      case MessageSent _         -> both(Notice.MESSAGE, 0);
      case EvidenceSubmitted e   -> { if (e.visibility() == Visibility.PARTIES) both(Notice.EVIDENCE_ADDED, e.id()); }
      case SupportAsked e        -> tell(Notice.SUPPORT_ASKED, SUPPORT, e.id());
      case SupportAnswered e     -> both(Notice.SUPPORT_ANSWERED, e.question());
      case FeedbackAnswered e    -> both(Notice.FEEDBACK_ANSWERED, e.feedback());

      case TurnPassed e          -> remind(e.awaited() == Side.BUYER ? Deadline.BUYER_REPLY : Deadline.MERCHANT_REPLY, e.replyDue(), e.awaited());
      case OfferMade e           -> tell(Notice.OFFER_MADE, audience(e.offer().by().other()), e.offer().id());
      case OfferEnded e          -> offerEnded(e);
      case RoundStarted e        -> both(e.row() == Row.RETURN ? Notice.BACK_TO_NEGOTIATION : Notice.NEGOTIATION_REOPENED, 0)
                                       .remind(Deadline.MERCHANT_REPLY, e.replyDue(), Side.MERCHANT);

      case MediationQueued _     -> both(Notice.MEDIATION_STARTED, 0).tell(Notice.MEDIATION_STARTED, MEDIATOR, 0);
      case Assigned _            -> both(Notice.MEDIATOR_ASSIGNED, 0);
      case EvidenceRequested e   -> requested(e);
      case SettlementProposed e  -> both(Notice.PROPOSAL_MADE, e.id()).remindBoth(Deadline.PROPOSAL_VALIDITY, e.due());
      case ProposalEnded e       -> { if (e.row() != 0) both(Notice.PROPOSAL_ENDED, e.proposal()); }
      case DecisionWaits _       -> tell(Notice.DECISION_TO_APPROVE, LEAD, 0);
      case Decided e             -> both(Notice.DECIDED, 0).remindBoth(Deadline.APPEAL_WINDOW, e.appealBy());
      case Appealed e            -> tell(Notice.APPEALED, audience(e.side().other()), 0);
      case AppealOpened _        -> both(Notice.APPEALED, 0).tell(Notice.APPEALED, LEAD, 0);
      case AppealDecided _       -> both(Notice.APPEAL_DECIDED, 0);

      case SettlementFormed e    -> formed(e);
      case InformationConfirmed _ -> both(Notice.VERIFICATION_DATES, 0);
      case Resumed e             -> { if (e.to() == Status.CONFIRMING) confirm(); both(Notice.PROBLEM_SOLVED, 0); }
      case ObligationMoved e     -> promise(e);

      case RefundRequested e     -> pay(e.refund()).tell(Notice.REFUND_SENT, BUYER, e.refund().id());
      case RefundMoved e         -> { refund(e); result(e); }
      case OutsideRefundFound e  -> tell(Notice.REFUND_ARRIVED, BUYER, e.refund().id());
      case ChargebackOpened e    -> { tell(Notice.CHARGEBACK, MERCHANT, 0).tell(Notice.CHARGEBACK, FINANCE, 0); result(e); }

      case AuditingStarted _     -> both(Notice.VERIFICATION_DATES, 0).audit();
      case FollowUpStarted e     -> followUp(e.plan());
      case FollowUpAnswered _    -> tell(Notice.FOLLOW_UP_ANSWERED, MERCHANT, 0);
      case ConcludingStarted _   -> audit();
      case Closed e              -> both(Notice.CLOSED, 0).result(e);

      case FindingRaised e       -> raised(e.finding());
      case FindingWaits _        -> audit();
      case ExceptionOpened _     -> both(Notice.PROBLEM_FOUND, 0).audit();
      case PayoutAsked e         -> tell(Notice.PAYOUT_TO_APPROVE, FINANCE, e.obligation());
      case FundsAsked e          -> all.add(new Reserve(at, e.ask()));
      case FundsReturned e       -> all.add(new Return(at, m.dispute().version(), e.pot(), e.minor()));
      case EnforcementShort e    -> tell(Notice.STAFF_ALERT, FINANCE, e.obligation());

      case TargetMissed e        -> { if (e.deadline() == Deadline.MERCHANT_FIRST_REPLY) tell(Notice.FIRST_REPLY_MISSED, MERCHANT, 0); else tell(Notice.STAFF_ALERT, LEAD, 0); }
      case Breached _            -> tell(Notice.STAFF_ALERT, LEAD, 0);
      case Alerted e             -> alerted(e);

      case FeedbackGiven _, NoteAdded _, Tagged _, PersonalDataRevealed _, FirstReplyGiven _, Reminded _, Recused _,
           EvidenceSupplied _, EvidenceClosed _, ProposalAssented _, DecisionRejected _, AppealWaived _, Confirmed _,
           StatementSubmitted _, PerformingStarted _, ItemsDisputed _, HoldPlaced _, HoldReleased _, FundsReserved _,
           PromiseBroken _, Overpaid _, Audited _, ContactTried _, VerifierActed _, FindingEnded _,
           EnforcementStarted _, PayoutApproved _, PayoutRejected _, Overdue _ -> { }
    }
  }
  // @formatter:on

  private void offerEnded(OfferEnded e) {
    var other = audience(e.by().other());
    switch (e.state()) {
      case DECLINED -> tell(Notice.OFFER_DECLINED, audience(e.by()), e.offer());
      case WITHDRAWN -> tell(Notice.OFFER_WITHDRAWN, other, e.offer());
      case EXPIRED -> both(Notice.OFFER_EXPIRED, e.offer());
      case OPEN, COUNTERED, ACCEPTED, SUPERSEDED -> {}
    }
  }

  private void requested(EvidenceRequested e) {
    for (var request : e.requests()) {
      tell(Notice.EVIDENCE_REQUESTED, audience(request.side()), request.id());
      remind(Deadline.EVIDENCE_REQUEST, e.due(), request.side());
    }
  }

  private void formed(SettlementFormed e) {
    both(Notice.SETTLED, 0).confirm();
    if (e.statementNeeded()) {
      tell(Notice.STATEMENT_WANTED, MERCHANT, 0);
      remind(Deadline.SETTLEMENT_CONFIRM, e.confirmBy(), Side.MERCHANT);
    }
  }

  private void promise(ObligationMoved e) {
    var o = m.dispute().obligation(e.obligation()).orElse(null);
    if (o == null) return;
    switch (e.state()) {
      case PENDING -> {
        boolean mine = o.promise().executor() != Executor.PLATFORM;
        if (e.due() != null && mine) remind(Settling.deadline(o), e.due(), o.kind().debtor());
      }
      case SHIPPED -> tell(Notice.RETURN_SHIPPED, MERCHANT, o.id());
      case REPORTED_DONE -> {
        if (o.kind() == Obligation.Kind.RETURN_ITEM) tell(Notice.RETURN_DELIVERED, MERCHANT, o.id());
        else if (o.promise().executor() != Executor.PLATFORM) tell(Notice.OBLIGATION_CHANGED, BUYER, o.id());
        if (m.dispute().status().phase == Status.Phase.VERIFICATION) audit();
      }
      case LAPSED, WAIVED_BY_CREDITOR, BROKEN, OVERDUE -> both(Notice.OBLIGATION_CHANGED, o.id());
      case ENFORCED -> both(Notice.ENFORCED, o.id());
      case VERIFIED -> {}
    }
  }

  private void refund(RefundMoved e) {
    var refund = e.refund();
    if (refund.state() == e.was()) return;
    switch (refund.state()) {
      case SUCCEEDED -> {
        tell(Notice.REFUND_ARRIVED, BUYER, refund.id());
        if (m.dispute().status().phase == Status.Phase.VERIFICATION) audit();
      }
      case FAILED, REVERSED -> both(Notice.REFUND_FAILED, refund.id());
      case PROCESSING, UNKNOWN -> all.add(new Enquire(at, refund.id()));
      case REQUESTED -> {}
    }
  }

  private void followUp(List<Instant> plan) {
    for (int i = 0; i < plan.size(); i++) all.add(new Contact(plan.get(i), i + 1));
  }

  private void raised(Finding finding) {
    switch (finding.code().severity) {
      case BLOCKING ->
          tell(Notice.STAFF_ALERT, finding.code().curer == FindingCode.Curer.LEAD ? LEAD : VERIFIER, finding.id());
      case WARN -> tell(Notice.STAFF_ALERT, VERIFIER, finding.id());
      case INFO -> {}
    }
  }

  private void alerted(Alerted e) {
    tell(Notice.STAFF_ALERT, LEAD, e.about());
    if (e.deadline() == Deadline.EXCEPTION_CURE || e.deadline() == Deadline.ENFORCEMENT_MAX) {
      if (m.dispute().status() == Status.EXCEPTION) audit();
    }
  }

  private void result(Event event) {
    if (Closing.isFinal(event)) all.add(new WriteResult(at, m.dispute().version()));
  }

  private Errands confirm() {
    all.add(new CheckIdentity(at));
    all.add(new CheckTransaction(at));
    return this;
  }

  private Errands audit() {
    if (m.dispute().settlement() != null) all.add(new Audit(at));
    return this;
  }

  private Errands pay(Refund refund) {
    all.add(new Pay(at, refund.id()));
    return this;
  }

  private Errands tell(Notice notice, Audience to, int about) {
    all.add(new Tell(at, notice, to, about));
    return this;
  }

  private Errands both(Notice notice, int about) {
    return tell(notice, BUYER, about).tell(notice, MERCHANT, about);
  }

  private Errands remind(Deadline deadline, Instant due, Side side) {
    for (var before : REMINDERS) {
      var when = due.minus(before);
      if (when.isAfter(at)) all.add(new Remind(when, deadline, due, side));
    }
    return this;
  }

  private void remindBoth(Deadline deadline, Instant due) {
    remind(deadline, due, Side.BUYER).remind(deadline, due, Side.MERCHANT);
  }

  private static Audience audience(Side side) {
    return side == Side.BUYER ? BUYER : MERCHANT;
  }
}
