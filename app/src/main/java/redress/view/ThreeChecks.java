package redress.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import redress.check.FindingCode;
import redress.dispute.Dispute;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Refund;
import redress.dispute.Settlement;
import redress.dispute.Stage;
import redress.view.DisputeView.CheckView;
import redress.view.DisputeView.CheckView.Fact;
import redress.view.DisputeView.CheckView.Result;

/**
 * The three questions that verification answers about a settlement: does the amount match what was agreed, was it
 * performed, is the buyer satisfied. Each with what was looked at and what proves it.
 */
public final class ThreeChecks {
  private static final Set<FindingCode> ABOUT_AMOUNTS = EnumSet.of(FindingCode.REFUND_AMOUNT_MISMATCH,
      FindingCode.REFUND_WRONG_CURRENCY, FindingCode.TRANSACTION_CHANGED, FindingCode.TRANSACTION_NOT_FOUND,
      FindingCode.OVERPAID, FindingCode.DUPLICATE_REFUND);
  private static final Set<FindingCode> NOT_ABOUT_PERFORMING = EnumSet.of(FindingCode.BUYER_DISSATISFIED,
      FindingCode.BUYER_NOT_REACHED, FindingCode.FOLLOW_UP_ATTEMPTS_SHORT, FindingCode.MERCHANT_STATEMENT_MISSING,
      FindingCode.EVIDENCE_CONTRADICTS);

  private final Dispute dispute;
  private final Settlement settlement;

  private ThreeChecks(Dispute dispute, Settlement settlement) {
    this.dispute = dispute;
    this.settlement = settlement;
  }

  public static List<CheckView> of(Dispute dispute, Settlement settlement) {
    var checks = new ThreeChecks(dispute, settlement);
    return List.of(checks.amountMatches(), checks.performed(), checks.satisfied());
  }

  private CheckView amountMatches() {
    long agreed = 0;
    long recorded = 0;
    var proof = new ArrayList<String>();
    proof.add(settlement.termsHash());
    for (var obligation : dispute.obligations()) {
      if (!obligation.kind().isPayment() || isGivenUp(obligation)) continue;
      agreed += obligation.promise().minor();
      for (var refund : dispute.refunds()) {
        if (refund.obligation() != obligation.id() || refund.state() != Refund.State.SUCCEEDED) continue;
        recorded += refund.minor();
        proof.add(refund.reference(dispute.about().id()));
      }
    }
    boolean wrong = dispute.findings().stream().anyMatch(f -> ABOUT_AMOUNTS.contains(f.code()) && f.state().isOpen());
    var result = wrong ? Result.FAILED : settlement.a0() != null && agreed == recorded ? Result.PASSED : Result.PENDING;
    if (dispute.tally().evidence() > 0) proof.add("/v1/disputes/" + dispute.about().id() + "/readings");
    return new CheckView("AMOUNT_MATCHES", result, List.of(new Fact("agreed", Long.toString(agreed)),
        new Fact("recorded", Long.toString(recorded)), new Fact("currency", dispute.about().currency()),
        new Fact("evidence", evidence())), proof);
  }

  /** What the documents say to it: the worst that stands, and whether a person has seen it. */
  private String evidence() {
    if (dispute.tally().evidence() == 0) return "NONE";
    if (stands(FindingCode.EVIDENCE_HASH_MISMATCH, Finding.State.OPEN)) return "CHANGED";
    if (stands(FindingCode.EVIDENCE_CONTRADICTS, Finding.State.OPEN)) return "CONTRADICTS";
    if (stands(FindingCode.EVIDENCE_CONTRADICTS, Finding.State.SIGNED)) return "CONTRADICTS_SIGNED";
    boolean waits = settlement.a0() == null || (dispute.stage() instanceof Stage.Auditing it
        && it.look() == Stage.Look.NONE);
    return waits ? "NOT_READ_YET" : "NOTHING_AGAINST";
  }

  private boolean stands(FindingCode code, Finding.State state) {
    return dispute.findings().stream().anyMatch(it -> it.code() == code && it.state() == state);
  }

  private static boolean isGivenUp(Obligation obligation) {
    return obligation.state() == Obligation.State.WAIVED_BY_CREDITOR || obligation.state() == Obligation.State.LAPSED;
  }

  private CheckView performed() {
    var facts = new ArrayList<Fact>();
    boolean allOver = true;
    boolean broken = false;
    for (var obligation : dispute.obligations()) {
      facts.add(new Fact(obligation.kind() + " " + obligation.id(), obligation.state().name()));
      allOver &= obligation.state().isOver();
      broken |= obligation.state() == Obligation.State.BROKEN || obligation.state() == Obligation.State.OVERDUE;
    }
    broken |= dispute.blocking().stream().anyMatch(it -> !NOT_ABOUT_PERFORMING.contains(it.code()));
    var proof = dispute.obligations().stream().map(it -> it.reference().id()).filter(id -> !id.isEmpty()).toList();
    return new CheckView("PERFORMED", broken ? Result.FAILED : allOver ? Result.PASSED : Result.PENDING, facts, proof);
  }

  private CheckView satisfied() {
    var followUp = dispute.followUp();
    var answer = followUp.answer();
    boolean over = dispute.stage() instanceof Stage.Closed;
    var result = answer == FollowUp.Answer.SATISFIED ? Result.PASSED
        : answer != null || over ? Result.FAILED : Result.PENDING;
    var said = answer == null ? over ? "NOT_REACHED" : "NOT_ASKED_YET" : answer.name();
    return new CheckView("SATISFIED", result, List.of(new Fact("answer", said),
        new Fact("attempts", Integer.toString(followUp.attempts()))), List.of());
  }
}
