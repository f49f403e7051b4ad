package redress.dispute;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import redress.dispute.Dispute.Round;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** What each event makes of a dispute. */
final class Evolution {

  // @formatter:off
  static Dispute after(Dispute dispute, Event event, Instant at) {
    var d = new Draft(dispute, at);
    switch (event) {
      case Filed e                 -> filed(d, e, at);
      case EvidenceSubmitted e     -> d.evidence = e.id();
      case SupportAsked e          -> d.questions = e.id();
      case FeedbackGiven e         -> d.feedback = e.id();

      case TurnPassed e            -> d.stage = new Stage.Negotiating(e.awaited(), e.replyDue(), false);
      case FirstReplyGiven _       -> d.firstReply(null);
      case OfferMade e             -> d.offered(e.offer());
      case OfferEnded e            -> d.offerEnded(e.by(), e.state() == Offer.State.DECLINED);
      case Reminded e              -> reminded(d, e.side());
      case RoundStarted e          -> roundStarted(d, e, at);

      case MediationQueued e       -> queued(d, e, at);
      case Assigned e              -> assigned(d, e.mediator());
      case Recused _               -> recused(d);
      case EvidenceRequested e     -> requested(d, e);
      case EvidenceSupplied e      -> supplied(d, e.request());
      case EvidenceClosed _        -> d.stage = new Stage.Mediating(null, null);
      case SettlementProposed e    -> proposed(d, e);
      case ProposalAssented e      -> assented(d, e.side());
      case ProposalEnded e         -> { if (e.row() != 0 && d.stage instanceof Stage.Proposed) d.stage = new Stage.Mediating(null, null); }
      case DecisionWaits e         -> d.stage = new Stage.Mediating(e.ruling(), e.approveBy());
      case DecisionRejected _      -> d.stage = new Stage.Mediating(null, null);
      case Decided e               -> decided(d, e);
      case Appealed e              -> voice(d, e.side(), Stage.Decided.Voice.APPEALED);
      case AppealWaived e          -> voice(d, e.side(), Stage.Decided.Voice.WAIVED);
      case AppealOpened e          -> appealOpened(d, e.due());
      case AppealDecided e         -> d.ruling = e.ruling();

      case SettlementFormed e      -> formed(d, e);
      case Confirmed e             -> { if (d.stage instanceof Stage.Confirming c) d.stage = c.with(e.which(), e.state()); }
      case StatementSubmitted _    -> stated(d);
      case InformationConfirmed e  -> { if (d.settlement != null) d.settlement = d.settlement.confirmed(e.v0()); }
      case PerformingStarted _     -> d.stage = new Stage.Performing();
      case ObligationMoved e       -> moved(d, e);

      case RefundRequested e       -> refund(d, e.refund());
      case RefundMoved e           -> refundMoved(d, e);
      case OutsideRefundFound e    -> d.refunds = Draft.and(d.refunds, e.refund());
      case FundsAsked e            -> { if (d.stage instanceof Stage.Excepted x) d.stage = x.reserving(e.ask()); }
      case FundsReserved e         -> reserved(d, e);
      case FundsReturned e         -> reserve(d, e.pot(), -e.minor());
      case ChargebackOpened _      -> chargedBack(d);

      case AuditingStarted e       -> auditing(d, e);
      case Audited e               -> looked(d, e.look());
      case FollowUpStarted e       -> followingUp(d, e);
      case ContactTried e          -> contacted(d, e);
      case FollowUpAnswered e      -> answered(d, e);
      case ConcludingStarted e     -> d.stage = new Stage.Concluding(e.ends(), Stage.Look.NONE, false);
      case Closed e                -> closed(d, e, at);
      case VerifierActed e         -> verified(d, e.verifier());

      case FindingRaised e         -> d.findings = Draft.and(d.findings, e.finding());
      case FindingEnded e          -> d.finding(e.finding(), f -> f.in(e.state(), null));
      case FindingWaits e          -> waits(d, e);
      case ExceptionOpened e       -> excepted(d, e, at);
      case EnforcementStarted e    -> { if (d.stage instanceof Stage.Excepted x) d.stage = x.enforcingUntil(e.until()); }
      case PayoutAsked e           -> asked(d, e);
      case PayoutApproved _, PayoutRejected _ -> { if (d.stage instanceof Stage.Excepted x) d.stage = x.asking(null); }
      case Resumed e               -> resumed(d, e);

      case Overdue e               -> d.late(e.side());
      case Alerted e               -> alerted(d, e);
      case TargetMissed e          -> targetMissed(d, e.deadline());

      case MessageSent _, SupportAnswered _, FeedbackAnswered _, NoteAdded _, Tagged _, PersonalDataRevealed _,
           ItemsDisputed _, HoldPlaced _, HoldReleased _, PromiseBroken _, Overpaid _, EnforcementShort _, Breached _ -> { }
    }
    return d.done();
  }
  // @formatter:on

  private static void filed(Draft d, Filed e, Instant at) {
    d.filing = e.filing();
    d.stage = new Stage.Negotiating(Side.MERCHANT, e.replyDue(), false);
    d.round = new Round(1, at, e.totalDue(), null, null, 0, 0, false, false, e.firstReplyDue());
  }

  private static void reminded(Draft d, Side side) {
    if (d.stage instanceof Stage.Negotiating n && n.awaited() == side) {
      d.stage = new Stage.Negotiating(side, n.replyDue(), true);
    }
  }

  private static void roundStarted(Draft d, RoundStarted e, Instant at) {
    d.round = new Round(e.number(), at, e.totalDue(), null, null, 0, 0, false, false, null);
    d.stage = new Stage.Negotiating(Side.MERCHANT, e.replyDue(), false);
    if (e.counts()) d.reopenings++;
    if (e.row() == Row.RETURN) d.returned = true;
    if (e.row() == Row.REOPEN) d.reopenedAfterClose = true;
    d.mediator = "";
    d.unsettle();
  }

  private static void queued(Draft d, MediationQueued e, Instant at) {
    d.stage = new Stage.Queued();
    d.mediator = "";
    if (d.queuedAt == null) {
      d.queuedAt = at;
      d.firstActionDue = e.firstActionDue();
      d.targetDue = e.targetDue();
      d.maxDue = e.maxDue();
    }
    if (e.counts()) d.reopenings++;
    d.noOffers();
    d.unsettle();
  }

  private static void verified(Draft d, String verifier) {
    d.verifier = verifier;
    d.verifiers = Draft.and(d.verifiers, verifier);
  }

  private static void assigned(Draft d, String mediator) {
    d.mediator = mediator;
    d.mediators = Draft.and(d.mediators, mediator);
    d.firstActionDue = null;
    if (d.stage instanceof Stage.Queued) d.stage = new Stage.Mediating(null, null);
  }

  private static void recused(Draft d) {
    d.mediator = "";
    if (!(d.stage instanceof Stage.Appealed)) d.stage = new Stage.Queued();
  }

  private static void requested(Draft d, EvidenceRequested e) {
    d.stage = new Stage.AwaitingEvidence(e.requests(), e.due());
    d.requestRounds++;
    d.requests = e.requests().getLast().id();
  }

  private static void supplied(Draft d, EvidenceRequest request) {
    if (d.stage instanceof Stage.AwaitingEvidence(var requests, var due)) {
      d.stage =
          new Stage.AwaitingEvidence(requests.stream().map(r -> r.id() == request.id() ? request : r).toList(), due);
    }
  }

  private static void proposed(Draft d, SettlementProposed e) {
    d.stage = new Stage.Proposed(e.id(), e.terms(), e.due(), false, false);
    d.proposalRounds++;
    d.proposals = e.id();
  }

  private static void assented(Draft d, Side side) {
    if (d.stage instanceof Stage.Proposed p) {
      d.stage = new Stage.Proposed(p.proposal(), p.terms(), p.due(), p.buyerAssented() || side == Side.BUYER,
          p.merchantAssented() || side == Side.MERCHANT);
    }
  }

  private static void decided(Draft d, Decided e) {
    d.ruling = e.ruling();
    d.stage = new Stage.Decided(e.ruling(), e.appealBy(), Stage.Decided.Voice.SILENT, Stage.Decided.Voice.SILENT);
  }

  private static void voice(Draft d, Side side, Stage.Decided.Voice voice) {
    if (d.stage instanceof Stage.Decided decided) d.stage = decided.with(side, voice);
  }

  private static void appealOpened(Draft d, Instant due) {
    var ruling = d.ruling;
    if (ruling == null) throw new IllegalStateException("an appeal without a ruling");
    d.stage = new Stage.Appealed(ruling, due, false);
    d.appealed = true;
    d.unsettle();
  }

  private static void formed(Draft d, SettlementFormed e) {
    var pending = Confirmation.State.PENDING;
    d.supersedeFindings();
    d.settlement = e.settlement();
    d.settlements = e.settlement().number();
    d.obligations = e.obligations();
    d.followUp = FollowUp.NONE;
    d.noOffers();
    d.stage = new Stage.Confirming(e.confirmBy(), pending, pending,
        e.statementNeeded() ? pending : Confirmation.State.NOT_NEEDED);
  }

  private static void stated(Draft d) {
    if (d.stage instanceof Stage.Confirming c) {
      d.stage = c.with(Confirmation.MERCHANT_STATEMENT, Confirmation.State.PASSED);
    }
    if (d.settlement != null) d.settlement = d.settlement.withStatement();
  }

  private static void moved(Draft d, ObligationMoved e) {
    d.obligation(e.obligation(), o -> {
      var next = o.in(e.state()).dueAt(e.due());
      return e.reference().isPresent() ? next.referring(e.reference()) : next;
    });
  }

  private static void refund(Draft d, Refund refund) {
    d.refunds = Draft.and(d.refunds, refund);
    d.deposit -= refund.fromDeposit();
    d.fund -= refund.fromFund();
  }

  private static void refundMoved(Draft d, RefundMoved e) {
    d.refund(e.refund());
    boolean back = new Refund.Change(e.was(), e.refund().state()).ends();
    if (back && !e.afterClose()) {
      d.deposit += e.refund().fromDeposit();
      d.fund += e.refund().fromFund();
    }
  }

  private static void waits(Draft d, FindingWaits e) {
    d.finding(e.finding(), f -> f.in(e.state(), e.next()));
    var promise = d.findings.stream().filter(f -> f.id() == e.finding()).findFirst();
    if (d.stage instanceof Stage.Excepted x && promise.isPresent()) d.stage = x.afresh(promise.get().obligation());
  }

  private static void reserved(Draft d, FundsReserved e) {
    reserve(d, e.pot(), e.minor());
    if (d.stage instanceof Stage.Excepted x) d.stage = x.reserved();
  }

  private static void reserve(Draft d, Command.Pot pot, long minor) {
    switch (pot) {
      case DEPOSIT -> d.deposit += minor;
      case FUND -> d.fund += minor;
    }
  }

  private static void chargedBack(Draft d) {
    d.chargedBack = true;
    if (d.stage instanceof Stage.Excepted x) d.stage = x.chargedBack();
  }

  private static void auditing(Draft d, AuditingStarted e) {
    d.stage = new Stage.Auditing(e.ends(), Stage.Look.NONE, false);
    d.followUp = FollowUp.NONE;
    if (d.settlement != null) d.settlement = d.settlement.audited(e.a0());
  }

  private static void looked(Draft d, Stage.Look look) {
    if (d.stage instanceof Stage.Auditing a) d.stage = new Stage.Auditing(a.ends(), look, a.late());
    if (d.stage instanceof Stage.Concluding c) d.stage = new Stage.Concluding(c.ends(), look, c.late());
  }

  private static void followingUp(Draft d, FollowUpStarted e) {
    d.stage = new Stage.FollowingUp(e.ends());
    d.followUp = new FollowUp(e.plan(), 0, d.followUp.channels(), d.followUp.answer(), d.followUp.recorded());
  }

  private static void contacted(Draft d, ContactTried e) {
    var channels = new HashSet<>(d.followUp.channels());
    if (e.delivered()) channels.add(e.channel());
    d.followUp = new FollowUp(d.followUp.plan(), e.attempt(), channels, d.followUp.answer(), d.followUp.recorded());
  }

  private static void answered(Draft d, FollowUpAnswered e) {
    d.followUp =
        new FollowUp(d.followUp.plan(), d.followUp.attempts(), d.followUp.channels(), e.answer(), e.recordedOnly());
  }

  private static void closed(Draft d, Closed e, Instant at) {
    d.stage = new Stage.Closed(e.outcome(), at, e.reopenBy());
    d.noOffers();
    d.supersedeFindings();
  }

  private static void excepted(Draft d, ExceptionOpened e, Instant at) {
    d.stage = new Stage.Excepted(e.from(), at, e.chargeback(), null, null, null, List.of());
    d.exceptions++;
    if (e.row() == Row.AFTER_CLOSE) d.reversalsAfterClose++;
  }

  private static void asked(Draft d, PayoutAsked e) {
    if (d.stage instanceof Stage.Excepted x) {
      d.stage = x.asking(new Stage.Excepted.Payout(e.obligation(), e.minor(), e.askedBy(), e.approveBy()));
    }
  }

  private static void resumed(Draft d, Resumed e) {
    if (e.to() == Status.PERFORMING) d.stage = new Stage.Performing();
    if (e.to() == Status.CONFIRMING && e.confirmBy() != null && d.settlement != null) {
      var pending = Confirmation.State.PENDING;
      var statement = d.settlement.isRuling() ? Confirmation.State.NOT_NEEDED
          : d.settlement.stated() ? Confirmation.State.PASSED : pending;
      d.stage = new Stage.Confirming(e.confirmBy(), pending, pending, statement);
    }
  }

  private static void alerted(Draft d, Alerted e) {
    if (e.deadline() == Deadline.MEDIATION_MAX) d.maxDue = e.next();
    if (e.deadline() == Deadline.EXCEPTION_CURE) d.finding(e.about(), f -> f.in(f.state(), e.next()));
    d.stage = switch (d.stage) {
      case Stage.Mediating m when e.deadline() == Deadline.DECISION_APPROVE ->
          new Stage.Mediating(m.waiting(), e.next());
      case Stage.Appealed a when e.deadline() == Deadline.APPEAL_DECIDE ->
          new Stage.Appealed(a.ruling(), e.next(), true);
      case Stage.Auditing a when e.deadline() == Deadline.VERIFICATION_DAY1 ->
          new Stage.Auditing(e.next(), a.look(), true);
      case Stage.Concluding c when e.deadline() == Deadline.VERIFICATION_DAY3 ->
          new Stage.Concluding(e.next(), c.look(), true);
      case Stage.Excepted x when e.deadline() == Deadline.ENFORCEMENT_MAX -> x.enforcingUntil(e.next());
      case Stage.Excepted x when e.deadline() == Deadline.PAYOUT_APPROVE && x.payout() != null -> x.asking(
          new Stage.Excepted.Payout(x.payout().obligation(), x.payout().minor(), x.payout().askedBy(), e.next()));
      case Stage other -> other;
    };
  }

  private static void targetMissed(Draft d, Deadline deadline) {
    if (deadline == Deadline.MERCHANT_FIRST_REPLY) d.firstReply(null);
    if (deadline == Deadline.MEDIATION_FIRST_ACTION) d.firstActionDue = null;
    if (deadline == Deadline.MEDIATION_TARGET) d.targetDue = null;
  }

  private Evolution() {}
}
