package redress.lab.judge;

import redress.dispute.Event;
import redress.dispute.Side;
import redress.dispute.Status;

/** Which status each event leads to, in the judge's own words. */
final class Statuses {
  static Status after(Shadow shadow, Event event) {
    var now = shadow.status;
    return switch (event) {
      case Event.Filed __ -> Status.AWAITING_MERCHANT;
      case Event.TurnPassed passed ->
          passed.awaited() == Side.MERCHANT ? Status.AWAITING_MERCHANT : Status.AWAITING_BUYER;
      case Event.RoundStarted __ -> Status.AWAITING_MERCHANT;
      case Event.MediationQueued __ -> Status.MEDIATION_QUEUED;
      case Event.Assigned __ -> now == Status.MEDIATION_QUEUED ? Status.MEDIATING : now;
      case Event.Recused __ -> now == Status.APPEALED ? now : Status.MEDIATION_QUEUED;
      case Event.EvidenceRequested __ -> Status.AWAITING_EVIDENCE;
      case Event.EvidenceClosed __ -> Status.MEDIATING;
      case Event.SettlementProposed __ -> Status.PROPOSED;
      case Event.ProposalEnded ended -> ended.row() == 16 ? Status.MEDIATING : now;
      case Event.Decided __ -> Status.DECIDED;
      case Event.AppealOpened __ -> Status.APPEALED;
      case Event.SettlementFormed __ -> Status.CONFIRMING;
      case Event.PerformingStarted __ -> Status.PERFORMING;
      case Event.AuditingStarted __ -> Status.AUDITING;
      case Event.FollowUpStarted __ -> Status.FOLLOWING_UP;
      case Event.ConcludingStarted __ -> Status.CONCLUDING;
      case Event.Closed __ -> Status.CLOSED;
      case Event.ExceptionOpened __ -> Status.EXCEPTION;
      case Event.Resumed resumed -> resumed.to();
      default -> now;
    };
  }

  private Statuses() {}
}
