package redress.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Event.*;
import redress.dispute.Obligation;
import redress.dispute.Obligation.Kind;
import redress.dispute.Obligation.State;
import redress.dispute.Refund;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.store.Disputes.Happened;

/** What was agreed or ruled in all rounds: each promise, when it was to be kept and when it was. */
final class Agreed {
  private final Material material;
  private final Map<Integer, Terms> terms = new LinkedHashMap<>();
  private final Map<Integer, Promised> promises = new LinkedHashMap<>();
  private final Map<Integer, Refund> refunds = new LinkedHashMap<>();
  private @Nullable Terms current;

  private Agreed(Material material) {
    this.material = material;
    for (var it : material.events()) happened(it);
  }

  static List<Object> of(Material material) {
    var agreed = new Agreed(material);
    return agreed.terms.values().stream().<Object>map(agreed::written).toList();
  }

  private static final class Terms {
    final Settlement settlement;
    @Nullable Instant confirmed;
    @Nullable Instant verified;

    Terms(Settlement settlement) {
      this.settlement = settlement;
    }
  }

  private static final class Promised {
    final int agreement;
    final Obligation obligation;
    State state;
    @Nullable Instant due;
    @Nullable Instant kept;
    @Nullable Instant enforced;
    long paid;

    Promised(int agreement, Obligation obligation) {
      this.agreement = agreement;
      this.obligation = obligation;
      this.state = obligation.state();
      this.due = obligation.due();
    }

    void moved(ObligationMoved e, Instant at) {
      state = e.state();
      if (state == State.PENDING && e.due() != null) due = e.due();
      if (state == State.ENFORCED) enforced = at;
      if (obligation.kind().isPayment()) return;
      boolean done = state == State.REPORTED_DONE || state == State.VERIFIED
          || (state == State.SHIPPED && obligation.kind() == Kind.RETURN_ITEM);
      if (!done && state != State.SHIPPED) kept = null;
      else if (done && kept == null) kept = at;
    }

    void paid(long sum, Instant at) {
      paid = sum;
      if (!obligation.kind().isPayment()) return;
      if (sum < obligation.worth()) kept = null;
      else if (kept == null) kept = at;
    }
  }

  private void happened(Happened it) {
    switch (it.event()) {
      case SettlementFormed e -> formed(e);
      case InformationConfirmed e -> {
        if (current != null) current.confirmed = e.v0();
      }
      case AuditingStarted e -> {
        if (current != null) current.verified = e.a0();
      }
      case ObligationMoved e -> {
        var promise = promises.get(e.obligation());
        if (promise != null) promise.moved(e, it.at());
      }
      case RefundRequested e -> refund(e.refund(), it.at());
      case RefundMoved e -> refund(e.refund(), it.at());
      case OutsideRefundFound e -> refund(e.refund(), it.at());
      case redress.dispute.Event _ -> {}
    }
  }

  private void formed(SettlementFormed e) {
    current = new Terms(e.settlement());
    terms.put(e.settlement().number(), current);
    for (var o : e.obligations()) promises.put(o.id(), new Promised(e.settlement().number(), o));
  }

  private void refund(Refund refund, Instant at) {
    refunds.put(refund.id(), refund);
    var promise = promises.get(refund.obligation());
    if (promise == null) return;
    promise.paid(refunds.values().stream().filter(it -> it.obligation() == refund.obligation()
        && it.state() == Refund.State.SUCCEEDED).mapToLong(Refund::minor).sum(), at);
  }

  private Object written(Terms it) {
    var settlement = it.settlement;
    var inForce = material.dispute().settlement();
    return Leaf.of("number", settlement.number(), "origin", settlement.origin(), "remedy",
        settlement.terms().remedy(), "termsHash", settlement.termsHash(), "agreedBy", settlement.agreedBy(),
        "inForce", inForce != null && inForce.number() == settlement.number(), "formedAt", settlement.t0(),
        "confirmedAt", it.confirmed, "verifiedFrom", it.verified, "promises",
        promises.values().stream().filter(promise -> promise.agreement == settlement.number())
            .map(this::written).toList());
  }

  private Object written(Promised it) {
    var o = it.obligation;
    // What the platform had to enforce was not kept by whoever promised it.
    var kept = it.state == State.ENFORCED ? null : it.kept;
    var onTime = (kept == null || it.due == null) ? null : !kept.isAfter(it.due);
    return Leaf.of("number", o.id(), "kind", o.kind(), "debtor", o.kind().debtor(), "amount", o.promise().minor(),
        "valueIfBroken", o.promise().valueIfBroken(), "executor", o.promise().executor(), "after", o.after(),
        "state", it.state, "promisedBy", it.due, "keptAt", kept, "enforcedAt", it.enforced, "onTime", onTime,
        "paid", it.paid, "refunds",
        refunds.values().stream().filter(refund -> refund.obligation() == o.id()).map(Refund::id).toList());
  }

  /** What the platform decided, and on appeal. Who of the staff it was is committed to in the log. */
  static List<Object> decisions(Material material) {
    var all = new ArrayList<Object>();
    for (var it : material.events()) {
      switch (it.event()) {
        case Decided e -> all.add(decision("DECISION", e.ruling(), it));
        case AppealDecided e -> all.add(decision("APPEAL", e.ruling(), it));
        case redress.dispute.Event _ -> {}
      }
    }
    return all;
  }

  private static Object decision(String kind, Ruling ruling, Happened it) {
    return Leaf.of("kind", kind, "event", it.n(), "at", it.at(), "outcome", ruling.outcome(), "liable",
        ruling.liable(), "remedy", ruling.terms().remedy(), "pays", ruling.terms().pays(), "by", it.role(),
        "secondPerson", !ruling.approvedBy().isEmpty(), "reasons", Leaf.text(ruling.reasons()));
  }
}
