package redress.lab.judge;

import static redress.policy.Deadline.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command;
import redress.dispute.Event;
import redress.dispute.Side;
import redress.dispute.Timer;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/** Judges time: what was promised for when, and what acted when. */
final class TimeJudge {
  private final RuleSet rules;
  private boolean breached;

  TimeJudge(RuleSet rules) {
    this.rules = rules;
  }

  /** A deadline has an effect. */
  void acts(Moment m, Command.Pass pass) {
    var shadow = m.shadow();
    m.require(!m.at().isBefore(pass.due()), Invariant.DEADLINE_EARLY, () -> pass + " acted at " + m.at());
    m.require(shadow.acted.add(new Shadow.Acted(pass.deadline(), pass.about(), pass.due())), Invariant.DEADLINE_ONCE,
        pass);
    var promised = shadow.promised.get(new Shadow.Key(pass.deadline(), pass.about()));
    m.require(pass.due().equals(promised), Invariant.DEADLINE_PROMISED, () -> pass + " was promised for " + promised);
    breached = false;
  }

  void saw(Moment m, Event event) {
    var shadow = m.shadow();
    if (event instanceof Event.ExceptionOpened) shadow.nextAlert = m.at();
    shadow.nextAlert = after(shadow.nextAlert, m.at());
    shadow.promise(LEAD_ALERT, 0, shadow.nextAlert);
    switch (event) {
      case Event.Filed e -> {
        runs(m, MERCHANT_REPLY, e.replyDue());
        runs(m, NEGOTIATION_TOTAL, e.totalDue());
        runs(m, MERCHANT_FIRST_REPLY, e.firstReplyDue());
      }
      case Event.TurnPassed e -> runs(m, e.awaited() == Side.MERCHANT ? MERCHANT_REPLY : BUYER_REPLY, e.replyDue());
      case Event.OfferMade e -> offer(m, e);
      case Event.RoundStarted e -> {
        runs(m, MERCHANT_REPLY, e.replyDue());
        runs(m, NEGOTIATION_TOTAL, e.totalDue());
      }
      case Event.MediationQueued e -> {
        runs(m, MEDIATION_FIRST_ACTION, e.firstActionDue());
        runs(m, MEDIATION_TARGET, e.targetDue());
        runs(m, MEDIATION_MAX, e.maxDue());
      }
      case Event.EvidenceRequested e -> {
        m.require(!e.due().isBefore(m.at().plus(rules.evidenceMin())), Invariant.DEADLINE_PROMISED, e);
        shadow.promise(EVIDENCE_REQUEST, 0, e.due());
      }
      case Event.SettlementProposed e -> runs(m, PROPOSAL_VALIDITY, e.id(), e.due());
      case Event.DecisionWaits e -> runs(m, DECISION_APPROVE, e.approveBy());
      case Event.Decided e -> runs(m, APPEAL_WINDOW, e.appealBy());
      case Event.AppealOpened e -> runs(m, APPEAL_DECIDE, e.due());
      case Event.Closed e -> runs(m, REOPEN_AFTER_CLOSE, e.reopenBy());
      case Event.Alerted e -> shadow.promise(e.deadline(), e.about(), e.next());
      case Event.Breached e -> breached(m, e);
      default -> settled(m, event);
    }
  }

  private void settled(Moment m, Event event) {
    var shadow = m.shadow();
    switch (event) {
      case Event.SettlementFormed e -> {
        runs(m, SETTLEMENT_CONFIRM, e.confirmBy());
        for (var promise : e.obligations()) obligation(m, promise.id(), promise.due());
      }
      case Event.Resumed e -> runs(m, SETTLEMENT_CONFIRM, e.confirmBy());
      case Event.ObligationMoved e -> obligation(m, e.obligation(), e.due());
      case Event.AuditingStarted e -> shadow.promise(VERIFICATION_DAY1, 0, e.ends());
      case Event.FollowUpStarted e -> shadow.promise(VERIFICATION_DAY2, 0, e.ends());
      case Event.ConcludingStarted e -> shadow.promise(VERIFICATION_DAY3, 0, e.ends());
      case Event.FindingRaised e -> waits(m, e.finding().id(), e.finding().next());
      case Event.FindingWaits e -> waits(m, e.finding(), e.next());
      case Event.EnforcementStarted e -> runs(m, ENFORCEMENT_MAX, e.until());
      case Event.PayoutAsked e -> runs(m, PAYOUT_APPROVE, e.obligation(), e.approveBy());
      default -> {}
    }
  }

  private void offer(Moment m, Event.OfferMade e) {
    var length = Duration.between(m.at(), e.offer().expires());
    m.require(length.compareTo(rules.offerMin()) >= 0 && length.compareTo(rules.offerMax()) <= 0,
        Invariant.DEADLINE_PROMISED, e.offer());
    m.shadow().promise(OFFER_VALIDITY, e.offer().id(), e.offer().expires());
  }

  /** The next alert, counted in its own steps. */
  private @Nullable Instant after(@Nullable Instant alert, Instant now) {
    var next = alert;
    while (next != null && !next.isAfter(now)) next = next.plus(rules.length(LEAD_ALERT));
    return next;
  }

  private static void waits(Moment m, int finding, @Nullable Instant next) {
    for (var deadline : List.of(EXCEPTION_CURE, ENFORCEMENT_RETRY, LEAD_ALERT))
      m.shadow().promise(deadline, finding, next);
  }

  private static void obligation(Moment m, int promise, @Nullable Instant due) {
    for (var deadline : List.of(OBLIGATION_REFUND, RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP)) {
      m.shadow().promise(deadline, promise, due);
    }
  }

  /** A deadline starts to run: its end follows from the rule set. */
  private void runs(Moment m, Deadline deadline, @Nullable Instant due) {
    runs(m, deadline, 0, due);
  }

  private void runs(Moment m, Deadline deadline, int about, @Nullable Instant due) {
    if (due == null) return;
    m.require(due.equals(m.at().plus(rules.length(deadline))), Invariant.DEADLINE_PROMISED,
        () -> deadline + " was set to " + due + " at " + m.at());
    m.shadow().promise(deadline, about, due);
  }

  private void breached(Moment m, Event.Breached e) {
    m.require(e.lateness().equals(Duration.between(e.due(), m.at())), Invariant.LATENESS_RECORDED,
        () -> e + " at " + m.at());
    breached = true;
  }

  /** What is published as running is what was promised; a late effect has left its lateness. */
  void live(Moment m, List<Timer> timers) {
    var fired = m.fired();
    if (fired != null && m.at().isAfter(fired.due().plus(rules.breachAfter()))) {
      m.require(breached, Invariant.LATENESS_RECORDED,
          () -> fired + " acted at " + m.at() + " and left no record of it");
    }
    for (var timer : timers) {
      var promised = m.shadow().promised.get(new Shadow.Key(timer.deadline(), timer.about()));
      m.require(timer.due().equals(promised), Invariant.DEADLINE_PROMISED,
          () -> timer + " was promised for " + promised);
    }
  }

}
