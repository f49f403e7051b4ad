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
import redress.dispute.Words;
import redress.lab.explore.Move.Kind;
import redress.lab.explore.SmallWorld.Twist;
import redress.lab.life.Bodies;
import redress.lab.life.Cast;
import redress.policy.Deadline;

/**
 * Everything that can be tried in a state of the small world: every command that can change something, with a few
 * bodies each, by whoever might send it. Whether it is the time for it is for the rules to say.
 */
final class Moves {
  private static final String SHA = "ab".repeat(32);
  private static final Words TEXT = Bodies.text();
  private static final Terms NOTHING = new Terms(Remedy.EXPLANATION_ONLY, List.of());

  private final List<Move> moves = new ArrayList<>();
  private final SmallWorld world;
  private final Matter matter;
  private final Dispute dispute;
  private final Instant now;
  private final boolean chatty;

  private Moves(SmallWorld world, Matter matter, Instant now, boolean chatty) {
    this.world = world;
    this.matter = matter;
    this.dispute = matter.dispute();
    this.now = now;
    this.chatty = chatty;
  }

  /** {@code chatty}: also what is only said, noted or asked, and should change nothing. */
  static List<Move> of(SmallWorld world, Matter matter, Instant now, boolean chatty) {
    var all = new Moves(world, matter, now, chatty);
    all.collect();
    return all.moves;
  }

  private void collect() {
    if (dispute.status() == Status.NOT_FILED) {
      say(Kind.PARTY, Cast.BUYER, new Command.File(world.filing()));
      return;
    }
    for (var by : List.of(Cast.BUYER, Cast.OWNER)) {
      talk(by);
      perform(by);
      findings(Kind.PARTY, by);
    }
    mediate();
    lead();
    verify();
    if (chatty) chat();
    say(Kind.STAFF, Cast.FAY, new Command.ApprovePayout());
    say(Kind.STAFF, Cast.FAY, new Command.RejectPayout(TEXT));
    machines();
    if (!dispute.tally().chargedBack()) say(Kind.OUTSIDE, Cast.PLATFORM, new Command.OpenChargeback(1));
  }

  private void say(Kind kind, Actor by, Command command) {
    moves.add(new Move(kind, by, command));
  }

  private void talk(Actor by) {
    if (chatty || dispute.status().isNegotiating()) say(Kind.PARTY, by, new Command.SendMessage(TEXT, List.of()));
    if (chatty || dispute.status().isNegotiating() || dispute.stage() instanceof Stage.AwaitingEvidence) {
      say(Kind.PARTY, by, Command.SubmitEvidence.elsewhere(EvidenceType.OTHER, SHA, TEXT));
    }
    say(Kind.PARTY, by, new Command.MakeOffer(world.terms(), null, TEXT));
    for (var side : Side.values()) {
      var offer = dispute.round().offer(side);
      if (offer == null) continue;
      say(Kind.PARTY, by, new Command.AcceptOffer(offer.id()));
      say(Kind.PARTY, by, new Command.DeclineOffer(offer.id(), TEXT));
      say(Kind.PARTY, by, new Command.WithdrawOffer(offer.id()));
    }
    if (dispute.stage() instanceof Stage.Proposed proposed) {
      say(Kind.PARTY, by, new Command.AcceptProposal(proposed.proposal()));
      say(Kind.PARTY, by, new Command.DeclineProposal(proposed.proposal(), TEXT));
    }
    say(Kind.PARTY, by, new Command.Escalate(TEXT));
    say(Kind.PARTY, by, new Command.Withdraw());
    if (has(Twist.REFUNDS_BY_PLATFORM)) say(Kind.PARTY, by, new Command.RefundNow(Executor.PLATFORM));
    if (has(Twist.REFUNDS_BY_ITSELF)) say(Kind.PARTY, by, new Command.RefundNow(Executor.MERCHANT));
    say(Kind.PARTY, by, new Command.Appeal(Command.Ground.NEW_EVIDENCE, TEXT));
    say(Kind.PARTY, by, new Command.WaiveAppeal());
    say(Kind.PARTY, by, new Command.Reopen(TEXT));
  }

  private void chat() {
    for (var command : List.of(new Command.AskSupport(TEXT),
        new Command.GiveFeedback(Command.Feedback.RATING, 5, TEXT))) {
      say(Kind.PARTY, Cast.BUYER, command);
    }
    say(Kind.STAFF, Cast.SUE, new Command.AnswerSupport(1, TEXT));
    say(Kind.STAFF, Cast.SUE, new Command.AnswerFeedback(1, TEXT));
    say(Kind.STAFF, Cast.SUE, new Command.AddNote(TEXT));
    say(Kind.STAFF, Cast.SUE, new Command.Tag("urgent"));
    say(Kind.STAFF, Cast.SUE, new Command.RevealPersonalData(Side.BUYER, TEXT));
  }

  private void perform(Actor by) {
    say(Kind.PARTY, by, new Command.SubmitStatement(TEXT));
    for (var answer : FollowUp.Answer.values()) say(Kind.PARTY, by, new Command.AnswerFollowUp(answer, TEXT));
    for (var promise : dispute.obligations()) {
      int id = promise.id();
      say(Kind.PARTY, by, new Command.ReportPerformance(id, TEXT));
      say(Kind.PARTY, by, new Command.ShipReturn(id, TEXT));
      say(Kind.PARTY, by, new Command.AcknowledgeReturn(id, Command.Condition.AS_SENT));
      say(Kind.PARTY, by, new Command.AcknowledgeReturn(id, Command.Condition.EMPTY));
      say(Kind.PARTY, by, new Command.WaiveObligation(id));
    }
  }

  private void findings(Kind kind, Actor by) {
    for (var finding : dispute.findings()) {
      if (finding.state().isOpen()) say(kind, by, new Command.Cure(finding.id(), TEXT));
    }
  }

  private void mediate() {
    var asked = List.of(new Command.Asked(Side.BUYER, Set.of(EvidenceType.OTHER)));
    for (var command : List.of(new Command.Assign(), new Command.Recuse(TEXT),
        new Command.RequestEvidence(asked, Duration.ofDays(1)), new Command.ProposeSettlement(world.terms(), TEXT),
        new Command.ReturnToNegotiation(TEXT))) {
      say(Kind.STAFF, Cast.ANN, command);
    }
    decide(Cast.ANN);
  }

  /** Three leads, for what needs a second and a third person: Lin decides, Lea approves, Lou hears appeals. */
  private void lead() {
    var heads = dispute.mediation().mediator();
    if (!heads.equals(Cast.ANN.subject())) {
      say(Kind.STAFF, Cast.LEA, new Command.Reassign(Cast.ANN.subject()));
      decide(Cast.LIN);
    }
    say(Kind.STAFF, Cast.LEA, new Command.ApproveDecision());
    say(Kind.STAFF, Cast.LEA, new Command.RejectDecision(TEXT));
    say(Kind.STAFF, Cast.LEA, new Command.EndException(TEXT));
    findings(Kind.STAFF, Cast.LEA);
    say(Kind.STAFF, Cast.LOU,
        new Command.DecideAppeal(Outcome.DECIDED_FOR_BUYER, world.terms(), Ruling.Liable.MERCHANT, TEXT));
    say(Kind.STAFF, Cast.LOU,
        new Command.DecideAppeal(Outcome.DECIDED_FOR_MERCHANT, NOTHING, Ruling.Liable.NEITHER, TEXT));
  }

  private void decide(Actor by) {
    say(Kind.STAFF, by, new Command.Decide(Outcome.DECIDED_FOR_BUYER, world.terms(), Ruling.Liable.MERCHANT, TEXT));
    say(Kind.STAFF, by, new Command.Decide(Outcome.DECIDED_FOR_MERCHANT, NOTHING, Ruling.Liable.NEITHER, TEXT));
  }

  private void verify() {
    var by = Cast.VERA;
    say(Kind.STAFF, by, new Command.ReopenNegotiation(TEXT));
    say(Kind.STAFF, by, new Command.SendToMediation(TEXT));
    findings(Kind.STAFF, by);
    for (var finding : dispute.findings()) {
      if (!finding.state().isOpen()) continue;
      say(Kind.STAFF, by, new Command.SignFinding(finding.id(), TEXT));
      say(Kind.STAFF, by, new Command.RefuteFinding(finding.id(), TEXT));
      say(Kind.STAFF, by, new Command.Enforce(finding.id()));
    }
    for (var refund : dispute.refunds()) {
      if (refund.state() != Refund.State.UNKNOWN) continue;
      say(Kind.STAFF, by, new Command.RecordRefund(refund.id(), Refund.State.SUCCEEDED, null));
      say(Kind.STAFF, by, new Command.RecordRefund(refund.id(), Refund.State.FAILED, null));
    }
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
      machine(new Command.ConfirmTransaction(transaction(true)));
      if (has(Twist.OTHER_PERSON)) machine(new Command.ConfirmIdentity(new Facts.Identity("a", "b", 1, now, true)));
      if (has(Twist.PAYMENT_UNKNOWN)) machine(new Command.ConfirmTransaction(transaction(false)));
      machine(new Command.RecordContact("SMS", true));
      audits();
    }
    if (dispute.stage() instanceof Stage.Excepted stopped && stopped.ask() != null) {
      var ask = stopped.ask();
      machine(new Command.ReserveFunds(ask.pot(), ask.number(), 0));
      if (has(Twist.RESERVES)) machine(new Command.ReserveFunds(ask.pot(), ask.number(), 1));
    }
    for (var refund : dispute.refunds()) {
      if (refund.executor() == Executor.MERCHANT) continue;
      for (var state : Refund.State.values()) {
        if (state == Refund.State.PROCESSING && !has(Twist.NO_ARRIVAL)) continue;
        machine(new Command.RecordRefund(refund.id(), state, null));
      }
      machine(new Command.RecordRefund(refund.id(), Refund.State.PROCESSING, SmallWorld.BEGIN));
    }
    for (var promise : dispute.obligations()) {
      say(Kind.OUTSIDE, Cast.PLATFORM, new Command.ReportShipment(promise.id(), Command.Shipment.DELIVERED));
      say(Kind.OUTSIDE, Cast.PLATFORM, new Command.ReportShipment(promise.id(), Command.Shipment.LOST));
    }
  }

  private boolean has(Twist twist) {
    return world.twists().contains(twist);
  }

  private Facts.Transaction transaction(boolean found) {
    return new Facts.Transaction(true, found, found, found ? matter.payment().captured() : 0, found ? "CNY" : null,
        matter.payment().chargedBack());
  }

  private void audits() {
    var hash = dispute.settled().termsHash();
    audit(hash, entries(false));
    if (has(Twist.PAID_OUTSIDE)) audit(hash, entries(true));
    if (has(Twist.TERMS_CHANGED)) audit("0".repeat(64), entries(false));
  }

  private void audit(String hash, List<Facts.Entry> entries) {
    machine(new Command.RecordAudit(
        new Facts.Audit(true, hash, dispute.tally().evidence(), List.of(), List.of(), transaction(true), entries)));
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
