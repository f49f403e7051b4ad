package redress.lab.explore;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Dispute;
import redress.dispute.EvidenceRequest;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Outcome;
import redress.dispute.Payment;
import redress.dispute.Promise;
import redress.dispute.Refund;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Timer;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/**
 * What of a matter can make a difference to what may still happen. Two matters with one fingerprint go on in the same
 * ways, so that exploring one of them is enough; the explorer tests this wherever it meets a state again.
 *
 * <p>
 * Left out is what only names or tells: numbers of events, texts, when things began, how long ago a deadline passed,
 * what was found and has ended, who spoke in a round that is over, everything about a dispute that can never open
 * again.
 */
final class Fingerprint {
  private final RuleSet rules;
  private final Dispute d;
  private final Imprint out;
  private final int round;
  private final boolean ruled;
  private final boolean moreRounds;

  private Fingerprint(Matter matter, Imprint out) {
    this.rules = matter.rules();
    this.d = matter.dispute();
    this.out = out;
    this.round = d.tally().settlements() * 10;
    this.ruled = (d.settlement() != null && d.settlement().isRuling()) || switch (d.stage()) {
      case Stage.Decided _,Stage.Appealed _ -> true;
      case Stage.Closed closed -> switch (closed.outcome()) {
        case DECIDED_FOR_BUYER, DECIDED_FOR_MERCHANT, DECIDED_SPLIT -> true;
        case Outcome _ -> false;
      };
      case Stage _ -> false;
    };
    this.moreRounds = !ruled && d.tally().reopenings() < rules.limits().reopenings();
  }

  /** {@code timers}: the live deadlines, the next first. */
  static Imprint of(Matter matter, List<Timer> timers, Instant now) {
    var out = new Imprint(now);
    var print = new Fingerprint(matter, out);
    out.add(matter.dispute().status());
    if (print.isOverForGood()) return out;
    print.payment(matter.payment());
    print.dispute();
    // Of deadlines that passed long ago and wait for their stage to come back, only the order matters.
    for (var timer : timers) if (out.isPast(timer.due())) out.add(timer.deadline()).add(print.name(timer.about()));
    return out;
  }

  private boolean isOverForGood() {
    return d.status() == Status.CLOSED && !mayReopen() && !mayComeBack();
  }

  private boolean mayReopen() {
    return moreRounds && !d.tally().reopenedAfterClose() && !d.tally().chargedBack();
  }

  /** Whether a refund of a closed dispute can be reversed with a consequence. */
  private boolean mayComeBack() {
    return !d.tally().chargedBack() && d.settlement() != null
        && d.tally().reversalsAfterClose() < rules.limits().reversalsAfterClose()
        && d.refunds().stream().anyMatch(r -> r.isLive() && isOwed(r.obligation()));
  }

  private boolean isOwed(int obligation) {
    return d.obligation(obligation).isPresent();
  }

  private void payment(Payment payment) {
    out.add(payment.refunded()).add(payment.compensated()).add(payment.chargedBack()).add(payment.available())
        .add(payment.overpaid());
    for (var held : payment.holds().values()) out.add(held);
  }

  private void dispute() {
    boolean settled = d.settlement() != null && (d.status() != Status.CLOSED || mayComeBack());
    stage(d.stage());
    talks();
    mediation(d.mediation());
    out.add(settled);
    if (d.settlement() != null) out.add(d.settlement().isRuling());
    if (settled) {
      out.add(d.settled().v0() != null).add(d.settled().stated());
      for (var promise : d.obligations()) obligation(promise);
    }
    refunds(settled);
    findings();
    followUp(d.followUp());
    var t = d.tally();
    out.add(moreRounds ? t.reopenings() : -1).add(moreRounds && t.reopenedAfterClose()).add(t.exceptions())
        .add(t.reversalsAfterClose()).add(t.chargedBack()).add(t.deposit()).add(t.fund());
  }

  /** What a round of negotiation can still use; once it is over, only how patient the sides must be matters. */
  private void talks() {
    if (d.filing() == null) return;
    var old = d.about().at().plus(rules.escalateAfter());
    boolean canTalk = d.status().isNegotiating() || moreRounds;
    if (canTalk && old.isAfter(out.now())) {
      out.add(old).add(d.wasOverdue(Side.BUYER)).add(d.wasOverdue(Side.MERCHANT));
    }
    if (d.status().isNegotiating()) round(d.round());
  }

  private void round(Dispute.Round r) {
    out.add(r.totalDue()).add(r.buyerOffers()).add(r.merchantOffers()).add(r.buyerDeclined())
        .add(r.merchantDeclined()).add(r.firstReplyDue());
    offer(r.buyerOffer());
    offer(r.merchantOffer());
  }

  private void offer(@Nullable Offer offer) {
    if (offer == null) {
      out.add(-3);
      return;
    }
    out.add(offer.expires());
    terms(offer.terms());
  }

  private void mediation(Dispute.Mediation m) {
    boolean appealable = !m.appealed();
    boolean working = d.status().phase == Status.Phase.MEDIATION || (appealable && m.ruling() != null);
    out.add(working ? m.mediator() : "").add(m.appealed());
    // What was ruled is never mediated or negotiated again.
    if (!ruled) {
      out.add(m.queuedAt() != null).add(m.requests()).add(moreRounds ? m.proposals() : 0)
          .add(moreRounds && m.returned()).add(m.firstActionDue()).add(m.targetDue()).add(m.maxDue());
    }
    if (m.ruling() == null) return;
    out.add(m.ruling().outcome());
    if (appealable) out.add(m.ruling().decidedBy()).add(m.ruling().approvedBy());
  }

  private void ruling(@Nullable Ruling ruling) {
    if (ruling == null) {
      out.add(-5);
      return;
    }
    out.add(ruling.outcome()).add(ruling.decidedBy()).add(ruling.approvedBy());
    terms(ruling.terms());
  }

  private void terms(Terms terms) {
    out.add(terms.remedy());
    for (var promise : terms.promises()) promise(promise);
  }

  private void promise(Promise p) {
    out.add(p.kind()).add(p.minor()).add(p.executor()).add(p.valueIfBroken()).add(p.after())
        .add(p.within() == null ? -1 : p.within().toSeconds());
  }

  private void obligation(Obligation o) {
    promise(o.promise());
    out.add(o.state()).add(o.due()).add(name(o.after()));
  }

  /** A promise by its place in its settlement; one of an earlier settlement is below zero. */
  private int name(int obligation) {
    return obligation == 0 ? Integer.MIN_VALUE : obligation - round;
  }

  /** Refunds that count, one after another, and how often enforcement has failed, up to where that is asked. */
  private void refunds(boolean settled) {
    long paidBefore = 0;
    for (var r : d.refunds()) {
      boolean owed = settled && isOwed(r.obligation());
      if (!r.isLive()) continue;
      if (owed || r.state().isInFlight()) refund(r, out);
      else {
        var one = out.fresh();
        refund(r.minor(), r, one);
        paidBefore += one.high();
      }
    }
    out.add(paidBefore);
    if (!settled) return;
    for (var o : d.obligations()) {
      long failed = d.refunds().stream().filter(r -> r.obligation() == o.id() && r.enforcement()
          && r.state() == Refund.State.FAILED).count();
      out.add(Math.min(failed, rules.limits().enforcementTries()));
      // The route is tried a second time only after the first refund of a promise.
      out.add(d.refunds().stream().anyMatch(r -> r.obligation() == o.id() && !r.isLive()));
    }
  }

  private void refund(Refund r, Imprint print) {
    print.add(name(r.obligation())).add(r.executor()).add(r.state()).add(r.enforcement()).add(r.arrival() != null)
        .add(r.complained());
    refund(r.minor(), r, print);
  }

  private static void refund(long minor, Refund r, Imprint print) {
    print.add(minor).add(r.compensation()).add(r.fromHold()).add(r.fromAvailable()).add(r.fromDeposit())
        .add(r.fromFund());
  }

  /** What stands, one after another; and what may not be cured or found again. */
  private void findings() {
    var ended = new HashSet<Long>();
    boolean lastResort = d.tally().exceptions() >= rules.limits().exceptions();
    for (var f : d.findings()) {
      if (f.code().severity == FindingCode.Severity.INFO) continue;
      boolean cured = f.state() == Finding.State.CURED && !lastResort;
      boolean signed = f.state() == Finding.State.SIGNED && !f.code().blocks();
      if (f.state().isOpen()) finding(f);
      else if ((cured || signed) && canRecur(f)) ended.add(end(f));
    }
    long sum = 0;
    for (long print : ended) sum += print;
    out.add(sum);
  }

  private void finding(Finding f) {
    out.add(f.code()).add(name(f.obligation())).add(f.state()).add(f.next());
    boolean party = f.code().curer == FindingCode.Curer.BUYER || f.code().curer == FindingCode.Curer.MERCHANT;
    if (party && f.state() == Finding.State.OPEN) out.add(rules.due(Deadline.EXCEPTION_CURE, f.at()));
  }

  /** Whether the same may be found again: of promises that are no more, only what concerns money on its way. */
  private boolean canRecur(Finding f) {
    return f.obligation() == 0 || isOwed(f.obligation()) || f.code() == FindingCode.REFUND_UNKNOWN
        || f.code() == FindingCode.REFUND_IN_TRANSIT;
  }

  private long end(Finding f) {
    return out.fresh().add(f.code()).add(name(f.obligation())).add(f.state()).high();
  }

  private void followUp(FollowUp f) {
    var status = d.status();
    if (status == Status.AUDITING || status == Status.FOLLOWING_UP) out.add(f.answer());
    if (status == Status.FOLLOWING_UP) {
      out.add(Math.min(f.attempts(), rules.limits().followUpAttempts())).add(f.recorded());
    }
  }

  private void stage(Stage stage) {
    switch (stage) {
      case Stage.NotFiled _,Stage.Queued _,Stage.Performing _ -> {}
      case Stage.Negotiating s -> out.add(s.awaited()).add(s.replyDue()).add(s.reminded());
      case Stage.Mediating s -> {
        ruling(s.waiting());
        out.add(s.approveBy());
      }
      case Stage.AwaitingEvidence s -> {
        for (var request : s.requests()) request(request);
        out.add(s.due());
      }
      case Stage.Proposed s -> {
        terms(s.terms());
        out.add(s.due()).add(s.buyerAssented()).add(s.merchantAssented());
      }
      case Stage.Decided s -> {
        ruling(s.ruling());
        out.add(s.appealBy()).add(s.buyer()).add(s.merchant());
      }
      case Stage.Appealed s -> out.add(s.ruling().decidedBy()).add(s.ruling().approvedBy()).add(s.due());
      case Stage.Confirming s -> out.add(s.due()).add(s.identity()).add(s.transaction()).add(s.statement());
      case Stage.Auditing s -> out.add(s.ends()).add(s.look()).add(s.late());
      case Stage.FollowingUp s -> out.add(s.ends());
      case Stage.Concluding s -> out.add(s.ends()).add(s.look()).add(s.late());
      case Stage.Excepted s -> excepted(s);
      case Stage.Closed s -> out.add(s.reopenBy()).add(mayReopen() ? s.outcome() : null);
    }
  }

  private void request(EvidenceRequest request) {
    out.add(request.side()).set(request.types()).set(request.supplied());
  }

  private void excepted(Stage.Excepted s) {
    // Where it was matters only when it goes back: to the promises, or to the audit.
    out.add(s.from() == Status.PERFORMING || s.from() == Status.CONFIRMING).add(s.chargeback()).add(s.enforceUntil());
    // The number of an ask only names it.
    var ask = s.ask();
    if (ask != null) out.add(name(ask.obligation())).add(ask.pot()).add(ask.minor());
    for (var one : s.tried()) out.add(name(one.obligation())).add(one.pot());
    var payout = s.payout();
    if (payout != null)
      out.add(name(payout.obligation())).add(payout.minor()).add(payout.askedBy())
          .add(payout.approveBy());
  }
}
