package redress.lab.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import redress.check.FindingCode;
import redress.dispute.Event;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Settlement;
import redress.policy.Limits;

/** Judges the three days, the problems found, and the end: what a result may be called after all that happened. */
final class VerificationJudge {
  private static final Duration DAY = Duration.ofDays(1);

  private final Limits limits;
  private final Books books;
  private final String payer;
  private final String currency;

  VerificationJudge(Limits limits, Books books, String payer, String currency) {
    this.limits = limits;
    this.books = books;
    this.payer = payer;
    this.currency = currency;
  }

  void saw(Moment m, Event event) {
    var shadow = m.shadow();
    switch (event) {
      case Event.AuditingStarted e -> {
        m.require(e.a0().equals(m.at()) && e.ends().equals(e.a0().plus(DAY)), Invariant.DAYS_IN_ORDER,
            () -> e + " at " + m.at());
        shadow.slotEnds = e.ends();
        shadow.answerOfSlot();
      }
      case Event.FollowUpStarted e -> next(m, e.ends());
      case Event.ConcludingStarted e -> concluding(m, e);
      case Event.Audited __ -> shadow.audited = m.at();
      case Event.FollowUpAnswered e -> shadow.answer = e.answer();
      case Event.FindingRaised e -> raised(m, e.finding());
      case Event.FindingEnded e -> finding(m, e.finding(), e.state(), null);
      case Event.FindingWaits e -> finding(m, e.finding(), e.state(), e.next());
      case Event.ExceptionOpened e -> {
        shadow.exceptions++;
        m.require(e.from() == shadow.status, Invariant.STATUS_AGREES, () -> e + " in " + shadow.status);
        if (e.row() == 36) {
          shadow.exceptedAfterClose++;
          m.require(shadow.exceptedAfterClose <= limits.reversalsAfterClose(), Invariant.COUNTED, e);
        }
      }
      case Event.Closed e -> closed(m, e);
      default -> {}
    }
    if (ends(event)) shadow.supersede();
  }

  /** Whether what was found so far has no bearing any more. */
  private static boolean ends(Event event) {
    return event instanceof Event.RoundStarted || event instanceof Event.MediationQueued
        || event instanceof Event.AppealOpened
        || event instanceof Event.SettlementFormed || event instanceof Event.Closed;
  }

  private static void next(Moment m, Instant ends) {
    var shadow = m.shadow();
    m.require(!m.at().isBefore(shadow.slotEnds), Invariant.DAYS_IN_ORDER,
        () -> "the next day began at " + m.at() + ", the last ends " + shadow.slotEnds);
    m.require(!ends.isBefore(shadow.slotEnds.plus(DAY)), Invariant.DAYS_IN_ORDER,
        () -> "a day that ends at " + ends + " is short");
    shadow.slotEnds = ends;
  }

  private static void concluding(Moment m, Event.ConcludingStarted e) {
    var shadow = m.shadow();
    next(m, e.ends());
    var settlement = shadow.settlement;
    boolean ruling = settlement != null && settlement.origin() == Settlement.Origin.RULING;
    boolean satisfied = shadow.answer == FollowUp.Answer.SATISFIED;
    boolean recorded = ruling && shadow.answer != null;
    if (e.row() == 26)
      m.require(satisfied || recorded, Invariant.SATISFIED_MEANS_ASKED, () -> "the buyer said " + shadow.answer);
    if (e.row() == 28) {
      boolean marked = shadow.findings.values().stream().anyMatch(f -> f.code() == FindingCode.BUYER_NOT_REACHED
          && (f.state() == Finding.State.OPEN || f.state() == Finding.State.SIGNED));
      m.require(marked, Invariant.SATISFIED_MEANS_ASKED, "nobody wrote down that the buyer was not reached");
    }
  }

  private static void raised(Moment m, Finding finding) {
    m.require(m.shadow().findings.put(finding.id(), finding) == null, Invariant.TERMS_NEVER_CHANGE,
        () -> finding + " has an old number");
  }

  private static void finding(Moment m, int id, Finding.State state,
      java.time.@org.jspecify.annotations.Nullable Instant next) {
    var known = m.shadow().findings.get(id);
    m.require(known != null && known.state().isOpen(), Invariant.COUNTED,
        () -> "finding " + id + " is not open: " + known);
    if (known == null) return;
    m.shadow().findings.put(id, new Finding(id, known.code(), known.obligation(), known.at(), state, next));
  }

  private void closed(Moment m, Event.Closed e) {
    var shadow = m.shadow();
    m.require(shadow.status != redress.dispute.Status.CLOSED || e.row() == 36, Invariant.ONE_OUTCOME,
        () -> e + " again");
    shadow.outcome = e.outcome();
    shadow.reopenBy = e.reopenBy();
    m.require(!shadow.inFlight(), Invariant.NOTHING_IN_FLIGHT, e);
    m.require(fits(m, e), Invariant.ONE_OUTCOME,
        () -> e + " in " + shadow.status + " after " + shadow.promises.values());
    if (e.outcome() == Outcome.SETTLED_FULFILLED) fulfilled(m, e);
  }

  private static boolean fits(Moment m, Event.Closed e) {
    var shadow = m.shadow();
    var ruling = shadow.ruling;
    return switch (e.outcome()) {
      case WITHDRAWN -> e.row() == 11;
      case EXPIRED_BUYER_SILENT -> e.row() == 9;
      case SUPERSEDED_BY_CHARGEBACK -> e.row() == 34 || e.row() == 36;
      case DECIDED_FOR_BUYER, DECIDED_FOR_MERCHANT, DECIDED_SPLIT -> ruling == null
          ? e.outcome() == Outcome.DECIDED_FOR_BUYER && isRuling(shadow) : ruling.outcome() == e.outcome();
      case SETTLED_WAIVED -> any(shadow, Obligation.State.WAIVED_BY_CREDITOR);
      case SETTLED_LAPSED -> any(shadow, Obligation.State.LAPSED);
      case SETTLED_ENFORCED -> any(shadow, Obligation.State.ENFORCED);
      case SETTLED_UNPAID -> true;
      case SETTLED_FULFILLED -> true;
    };
  }

  /** A full refund after the last reopening counts as a ruling. */
  private static boolean isRuling(Shadow shadow) {
    return shadow.settlement != null && shadow.settlement.origin() == Settlement.Origin.RULING;
  }

  private static boolean any(Shadow shadow, Obligation.State state) {
    for (int id : shadow.current) {
      var promise = shadow.promises.get(id);
      if (promise != null && promise.state() == state) return true;
    }
    return false;
  }

  private void fulfilled(Moment m, Event.Closed e) {
    var shadow = m.shadow();
    m.require(shadow.blocking().isEmpty(), Invariant.FULFILLED_IS_PROVED, () -> e + " with " + shadow.blocking());
    for (int id : shadow.current) {
      var promise = shadow.promises.get(id);
      if (promise == null) continue;
      m.require(promise.state() == Obligation.State.VERIFIED, Invariant.FULFILLED_IS_PROVED,
          () -> e + " with " + promise);
      if (promise.kind().isPayment()) paid(m, promise);
    }
    boolean asked = shadow.answer == FollowUp.Answer.SATISFIED || shadow.findings.values().stream()
        .anyMatch(f -> f.code() == FindingCode.BUYER_NOT_REACHED || f.code() == FindingCode.BUYER_DISSATISFIED);
    m.require(asked, Invariant.SATISFIED_MEANS_ASKED, () -> e + " but the buyer said " + shadow.answer);
  }

  /** The money for this promise was in the provider's own books when they were last asked. */
  private void paid(Moment m, Obligation promise) {
    var audited = m.shadow().audited;
    var proved = m.shadow().proved.getOrDefault(promise.id(), audited);
    var asked = proved.isAfter(audited) ? proved : audited;
    long sum = shown(m.shadow(), promise.id(), asked);
    m.require(sum >= promise.promise().minor(), Invariant.FULFILLED_IS_PROVED,
        () -> "the books show " + sum + " for " + promise + " when asked at " + asked);
  }

  private long shown(Shadow shadow, int promise, Instant asked) {
    long sum = 0;
    for (var refund : shadow.refunds.values()) {
      if (refund.obligation() != promise || !refund.isLive()) continue;
      var record = books.find(refund.reference(shadow.id));
      boolean right = record != null && record.payee.equals(payer) && record.currency.equals(currency);
      if (record != null && right && record.stoodAt(asked)) sum += record.minor;
    }
    return sum;
  }

  /** After a decision: whatever blocks, blocks. */
  void ends(Moment m) {
    var shadow = m.shadow();
    List<Finding> blocking = shadow.blocking();
    boolean verifying = switch (shadow.status) {
      case CONFIRMING, PERFORMING, AUDITING, FOLLOWING_UP, CONCLUDING -> true;
      default -> false;
    };
    if (verifying)
      m.require(blocking.isEmpty(), Invariant.STATUS_ROW, () -> shadow.status + " goes on with " + blocking);
  }
}
