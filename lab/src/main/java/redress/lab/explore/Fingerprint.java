package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceRequest;
import redress.dispute.Finding;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Payment;
import redress.dispute.Promise;
import redress.dispute.Refund;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.dispute.Stage;
import redress.dispute.Terms;

/**
 * What of a matter can make a difference to what may still happen. Left out is history: how many events there were,
 * numbers
 * that only name things, when things began, what was found and ended.
 */
final class Fingerprint {
  private final Imprint out;

  private Fingerprint(Imprint out) {
    this.out = out;
  }

  static Imprint of(Matter matter, DisputeId id, Instant now, Duration past) {
    var out = new Imprint(now, past);
    var print = new Fingerprint(out);
    print.payment(matter.payment(), id);
    print.dispute(matter.dispute());
    return out;
  }

  private void payment(Payment payment, DisputeId id) {
    out.add(payment.refunded()).add(payment.compensated()).add(payment.chargedBack()).add(payment.available())
        .add(payment.held(id)).add(payment.open().containsKey(id));
  }

  private void dispute(Dispute d) {
    stage(d.stage());
    // A new round begins afresh; the old one makes no difference once it is over.
    if (d.status().isNegotiating()) {
      out.add(d.about().at()).add(d.tally().merchantLate());
      round(d.round());
    }
    mediation(d.mediation());
    settlement(d.settlement());
    for (var promise : d.obligations()) obligation(promise, d.obligations());
    refunds(d);
    findings(d);
    var f = d.followUp();
    out.add(f.attempts()).add(f.answer()).add(f.recorded());
    var t = d.tally();
    out.add(t.evidence()).add(t.reopenings()).add(t.reopenedAfterClose()).add(t.exceptions())
        .add(t.reversalsAfterClose())
        .add(t.chargedBack()).add(t.deposit()).add(t.fund());
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
    out.add(offer.by()).add(offer.expires());
    terms(offer.terms());
  }

  private void mediation(Dispute.Mediation m) {
    out.add(m.queuedAt() != null).add(m.mediator()).add(m.requests()).add(m.proposals()).add(m.returned())
        .add(m.appealed()).add(m.firstActionDue()).add(m.targetDue()).add(m.maxDue());
    ruling(m.ruling());
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

  private void settlement(@Nullable Settlement s) {
    if (s == null) {
      out.add(-7);
      return;
    }
    out.add(s.isRuling()).add(s.v0() != null).add(s.stated());
    terms(s.terms());
  }

  private void obligation(Obligation o, List<Obligation> all) {
    promise(o.promise());
    out.add(o.state()).add(o.due());
    out.add(index(o.after(), all));
  }

  private static int index(int id, List<Obligation> all) {
    for (int i = 0; i < all.size(); i++) if (all.get(i).id() == id) return i + 1;
    return 0;
  }

  /** Refunds in any order: those that count, and the failures that enforcement counts. */
  private void refunds(Dispute d) {
    long sum = 0;
    for (var r : d.refunds()) {
      int promise = index(r.obligation(), d.obligations());
      boolean counts = r.isLive() || (promise > 0 && r.enforcement() && r.state() == Refund.State.FAILED);
      if (counts) sum += refund(r, promise);
    }
    out.add(sum);
  }

  private long refund(Refund r, int promise) {
    var one = out.fresh();
    one.add(promise).add(r.minor()).add(r.executor()).add(r.state()).add(r.compensation()).add(r.enforcement())
        .add(r.fromHold()).add(r.fromAvailable()).add(r.fromDeposit()).add(r.fromFund()).add(r.arrival())
        .add(r.complained());
    return one.high();
  }

  /** Findings in any order: those that stand, and those that may not be cured or found again. */
  private void findings(Dispute d) {
    var ended = new HashSet<Long>();
    long open = 0;
    for (var f : d.findings()) {
      long print = finding(f, index(f.obligation(), d.obligations()));
      boolean remembered =
          f.state() == Finding.State.CURED || (f.state() == Finding.State.SIGNED && !f.code().blocks());
      if (f.state().isOpen()) open += print;
      else if (remembered) ended.add(print);
    }
    long sum = 0;
    for (long print : ended) sum += print;
    out.add(open).add(sum);
  }

  private long finding(Finding f, int promise) {
    var one = out.fresh().add(f.code()).add(promise).add(f.state());
    if (f.state().isOpen()) one.add(f.next());
    return one.high();
  }

  private void stage(Stage stage) {
    out.add(stage.status());
    switch (stage) {
      case Stage.NotFiled __ -> {}
      case Stage.Negotiating s -> out.add(s.awaited()).add(s.replyDue()).add(s.reminded());
      case Stage.Queued __ -> {}
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
      case Stage.Appealed s -> {
        ruling(s.ruling());
        out.add(s.due()).add(s.late());
      }
      case Stage.Confirming s -> out.add(s.due()).add(s.identity()).add(s.transaction()).add(s.statement());
      case Stage.Performing __ -> {}
      case Stage.Auditing s -> out.add(s.ends()).add(s.look()).add(s.late());
      case Stage.FollowingUp s -> out.add(s.ends());
      case Stage.Concluding s -> out.add(s.ends()).add(s.look()).add(s.late());
      case Stage.Excepted s -> excepted(s);
      case Stage.Closed s -> out.add(s.outcome()).add(s.reopenBy());
    }
  }

  private void request(EvidenceRequest request) {
    out.add(request.side()).set(request.types()).set(request.supplied());
  }

  private void excepted(Stage.Excepted s) {
    out.add(s.from()).add(s.chargeback()).add(s.enforceUntil());
    var payout = s.payout();
    if (payout != null) out.add(payout.minor()).add(payout.askedBy()).add(payout.approveBy());
  }
}
