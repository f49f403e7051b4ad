package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Outcome;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.lab.explore.Move.Kind;
import redress.lab.life.Bodies;
import redress.lab.life.Cast;
import redress.policy.Deadline;

/**
 * Everything that can be tried in a state of the small world: every command, with a few bodies each, by whoever might
 * send it.
 */
final class Moves {
  private static final String SHA = "ab".repeat(32);

  private final List<Move> moves = new ArrayList<>();
  private final Matter matter;
  private final Dispute dispute;
  private final Instant now;

  private Moves(Matter matter, Instant now) {
    this.matter = matter;
    this.dispute = matter.dispute();
    this.now = now;
  }

  static List<Move> of(Matter matter, Instant now) {
    var all = new Moves(matter, now);
    all.collect();
    return all.moves;
  }

  private void collect() {
    if (dispute.status() == Status.NOT_FILED) {
      say(Kind.PARTY, Cast.BUYER, new Command.File(SmallWorld.filing()));
      return;
    }
    for (var by : List.of(Cast.BUYER, Cast.OWNER)) party(by);
    for (var by : List.of(Cast.ANN, Cast.VERA, Cast.FAY)) staff(by);
    for (var by : List.of(Cast.LEA, Cast.LIN, Cast.LOU)) lead(by);
    machines();
    say(Kind.OUTSIDE, Cast.PLATFORM, new Command.OpenChargeback(2));
  }

  private void say(Kind kind, Actor by, Command command) {
    moves.add(new Move(kind, by, command));
  }

  private void party(Actor by) {
    var side = by.side().orElseThrow();
    negotiate(by, side);
    for (var command : List.of(new Command.Escalate(Bodies.text()), new Command.Withdraw(),
        new Command.RefundNow(Executor.PLATFORM),
        new Command.Appeal(Command.Ground.NEW_EVIDENCE, Bodies.text()), new Command.WaiveAppeal(),
        new Command.SubmitStatement(Bodies.text()), new Command.Reopen(Bodies.text()),
        new Command.SubmitEvidence(EvidenceType.OTHER, SHA, Bodies.text()))) {
      say(Kind.PARTY, by, command);
    }
    for (var answer : FollowUp.Answer.values()) say(Kind.PARTY, by, new Command.AnswerFollowUp(answer, Bodies.text()));
    for (var promise : dispute.obligations()) {
      int id = promise.id();
      say(Kind.PARTY, by, new Command.ReportPerformance(id, Bodies.text()));
      say(Kind.PARTY, by, new Command.ShipReturn(id, Bodies.text()));
      say(Kind.PARTY, by, new Command.AcknowledgeReturn(id, Command.Condition.AS_SENT));
      say(Kind.PARTY, by, new Command.AcknowledgeReturn(id, Command.Condition.EMPTY));
      say(Kind.PARTY, by, new Command.WaiveObligation(id));
    }
    cure(Kind.PARTY, by);
  }

  private void negotiate(Actor by, Side side) {
    var round = dispute.round();
    var theirs = side == Side.BUYER ? round.merchantOffer() : round.buyerOffer();
    var own = side == Side.BUYER ? round.buyerOffer() : round.merchantOffer();
    if (theirs != null) {
      say(Kind.PARTY, by, new Command.AcceptOffer(theirs.id()));
      say(Kind.PARTY, by, new Command.DeclineOffer(theirs.id(), Bodies.text()));
    }
    if (own != null) {
      say(Kind.PARTY, by, new Command.AcceptOffer(own.id()));
      say(Kind.PARTY, by, new Command.WithdrawOffer(own.id()));
    }
    if (dispute.status().isNegotiating()) {
      offer(by, SmallWorld.refund(matter, Executor.PLATFORM));
      offer(by, SmallWorld.returnAndRefund(matter));
    }
    if (dispute.stage() instanceof Stage.Proposed proposed) {
      say(Kind.PARTY, by, new Command.AcceptProposal(proposed.proposal()));
      say(Kind.PARTY, by, new Command.DeclineProposal(proposed.proposal(), Bodies.text()));
    }
  }

  private void offer(Actor by, Terms terms) {
    say(Kind.PARTY, by, new Command.MakeOffer(terms, null, Bodies.text()));
  }

  private void cure(Kind kind, Actor by) {
    for (var finding : dispute.findings()) {
      if (finding.state().isOpen()) say(kind, by, new Command.Cure(finding.id(), Bodies.text()));
    }
  }

  private void staff(Actor by) {
    var little = SmallWorld.refund(matter, Executor.PLATFORM);
    var much = Terms.of(Remedy.PARTIAL_REFUND, Math.max(1, matter.payment().refundable()), 0, Executor.PLATFORM, 0);
    var nothing = new Terms(Remedy.EXPLANATION_ONLY, List.of());
    var asked = List.of(new Command.Asked(Side.BUYER, Set.of(EvidenceType.OTHER)));
    for (var command : List.of(new Command.Assign(), new Command.Recuse(Bodies.text()),
        new Command.RequestEvidence(asked, Duration.ofDays(1)), new Command.ProposeSettlement(little, Bodies.text()),
        new Command.ReturnToNegotiation(Bodies.text()), new Command.ApproveDecision(),
        new Command.RejectDecision(Bodies.text()), new Command.ApprovePayout(), new Command.RejectPayout(Bodies.text()),
        new Command.ReopenNegotiation(Bodies.text()), new Command.SendToMediation(Bodies.text()),
        new Command.EndException(Bodies.text()))) {
      say(Kind.STAFF, by, command);
    }
    decide(by, Outcome.DECIDED_FOR_BUYER, Ruling.Liable.MERCHANT, much);
    decide(by, Outcome.DECIDED_FOR_MERCHANT, Ruling.Liable.NEITHER, nothing);
    cure(Kind.STAFF, by);
    for (var finding : dispute.findings()) {
      if (!finding.state().isOpen()) continue;
      say(Kind.STAFF, by, new Command.SignFinding(finding.id(), Bodies.text()));
      say(Kind.STAFF, by, new Command.RefuteFinding(finding.id(), Bodies.text()));
      say(Kind.STAFF, by, new Command.Enforce(finding.id()));
    }
  }

  /** What only a lead may do; the rest a lead does like any mediator. */
  private void lead(Actor by) {
    say(Kind.STAFF, by, new Command.ApproveDecision());
    say(Kind.STAFF, by, new Command.RejectDecision(Bodies.text()));
    say(Kind.STAFF, by, new Command.EndException(Bodies.text()));
    var much = Terms.of(Remedy.PARTIAL_REFUND, Math.max(1, matter.payment().refundable()), 0, Executor.PLATFORM, 0);
    decide(by, Outcome.DECIDED_FOR_BUYER, Ruling.Liable.MERCHANT, much);
    decide(by, Outcome.DECIDED_FOR_MERCHANT, Ruling.Liable.NEITHER, new Terms(Remedy.EXPLANATION_ONLY, List.of()));
    cure(Kind.STAFF, by);
  }

  private void decide(Actor by, Outcome outcome, Ruling.Liable liable, Terms terms) {
    say(Kind.STAFF, by, new Command.Decide(outcome, terms, liable, Bodies.text()));
    say(Kind.STAFF, by, new Command.DecideAppeal(outcome, terms, liable, Bodies.text()));
  }

  private void machine(Command command) {
    say(Kind.MACHINE, Cast.SYSTEM, command);
  }

  private void machines() {
    if (dispute.stage() instanceof Stage.Negotiating talking) {
      var deadline = talking.awaited() == Side.BUYER ? Deadline.BUYER_REPLY : Deadline.MERCHANT_REPLY;
      machine(new Command.RecordReminder(deadline, talking.replyDue(), true));
    }
    if (dispute.settlement() != null) {
      machine(new Command.ConfirmIdentity(new Facts.Identity("a", "a", 1, now, true)));
      machine(new Command.ConfirmIdentity(new Facts.Identity("a", "b", 1, now, true)));
      machine(new Command.ConfirmTransaction(transaction(true)));
      machine(new Command.ConfirmTransaction(transaction(false)));
      machine(new Command.RecordContact("SMS", true));
      audits();
    }
    for (var refund : dispute.refunds()) {
      if (refund.executor() == Executor.MERCHANT) continue;
      for (var state : Refund.State.values()) {
        var arrival = state == Refund.State.PROCESSING ? now.plus(Duration.ofDays(1)) : null;
        machine(new Command.RecordRefund(refund.id(), state, arrival));
      }
    }
    for (var promise : dispute.obligations()) {
      say(Kind.OUTSIDE, Cast.PLATFORM, new Command.ReportShipment(promise.id(), Command.Shipment.DELIVERED));
      say(Kind.OUTSIDE, Cast.PLATFORM, new Command.ReportShipment(promise.id(), Command.Shipment.LOST));
    }
  }

  private Facts.Transaction transaction(boolean found) {
    return new Facts.Transaction(true, found, found, found ? matter.payment().captured() : 0, found ? "CNY" : null,
        matter.payment().chargedBack());
  }

  private void audits() {
    var hash = dispute.settled().termsHash();
    audit(true, hash, entries(false));
    audit(true, hash, entries(true));
    audit(false, hash, List.of());
    audit(true, "0".repeat(64), entries(false));
  }

  private void audit(boolean complete, String hash, List<Facts.Entry> entries) {
    machine(new Command.RecordAudit(new Facts.Audit(complete, hash, dispute.tally().evidence(), List.of(), List.of(),
        transaction(true), entries)));
  }

  /**
   * The provider's records as our own books expect them; with {@code outside}, the merchant paid what it had promised.
   */
  private List<Facts.Entry> entries(boolean outside) {
    var all = new ArrayList<Facts.Entry>();
    for (var r : dispute.refunds()) {
      var state = state(r.state());
      if (state != null) all.add(entry(r.reference(SmallWorld.ID), r.id(), r.obligation(), r.minor(), state));
    }
    for (var promise : dispute.obligations()) {
      boolean theirs = promise.promise().executor() == Executor.MERCHANT && dispute.live(promise.id()) == 0;
      if (outside && theirs)
        all.add(entry("out-" + promise.id(), 0, promise.id(), promise.promise().minor(), Facts.State.SUCCEEDED));
    }
    return all;
  }

  private static Facts.Entry entry(String reference, int refund, int promise, long minor, Facts.State state) {
    return new Facts.Entry(reference, refund, promise, minor, "CNY", Cast.PAYER, state, null);
  }

  private static Facts.@Nullable State state(Refund.State state) {
    return switch (state) {
      case SUCCEEDED -> Facts.State.SUCCEEDED;
      case REVERSED -> Facts.State.REVERSED;
      case FAILED -> Facts.State.FAILED;
      case REQUESTED, PROCESSING, UNKNOWN -> null;
    };
  }
}
