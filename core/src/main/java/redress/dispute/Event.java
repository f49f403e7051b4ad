package redress.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.policy.Deadline;

/**
 * What happened. Events carry conclusions (a date, an amount and where it is drawn from), never the rule that led to
 * them, and no text, name or contact. {@link #row} is the row of the transition table that was taken, 0 when none was.
 */
public sealed interface Event {

  /** The row of the transition table, 0 for none. */
  default int row() {
    return 0;
  }

  // Filing and talking
  record Filed(int row, Filing filing, Instant replyDue, Instant totalDue, Instant firstReplyDue) implements Event {}
  record MessageSent(Words text, List<String> attachments) implements Event {}

  /**
   * A piece of evidence. {@code upload} names its bytes, empty when they are kept elsewhere; {@code request} is the
   * evidence request it answers, 0 for none. Before there were uploads, every piece was for both sides to see.
   */
  record EvidenceSubmitted(int id, EvidenceType evidenceType, @Nullable Side side, String sha256, Words text,
      Visibility visibility, String upload, int request) implements Event {
    public EvidenceSubmitted(int id, EvidenceType evidenceType, @Nullable Side side, String sha256, Words text,
        @Nullable Visibility visibility, @Nullable String upload, int request) {
      this.id = id;
      this.evidenceType = evidenceType;
      this.side = side;
      this.sha256 = sha256;
      this.text = text;
      this.visibility = visibility == null ? Visibility.PARTIES : visibility;
      this.upload = upload == null ? "" : upload;
      this.request = request;
    }

    /** Whether its bytes are in the vault. */
    public boolean isStored() {
      return !upload.isEmpty();
    }

    /** Whether a reader on {@code reader}'s side (none: on no side) may see it. */
    public boolean opensTo(Optional<Side> reader, boolean staff) {
      return visibility.opensTo(side, reader, staff);
    }
  }

  record SupportAsked(int id, Words text) implements Event {}
  record SupportAnswered(int question, Words text) implements Event {}
  record FeedbackGiven(int id, Command.Feedback kind, int rating, Words text) implements Event {}
  record FeedbackAnswered(int feedback, Words text) implements Event {}
  record NoteAdded(Words text) implements Event {}
  record Tagged(String tag) implements Event {}
  record PersonalDataRevealed(Side of, Words reason) implements Event {}

  // Negotiation
  record TurnPassed(int row, Side awaited, Instant replyDue) implements Event {}
  record FirstReplyGiven() implements Event {}
  record OfferMade(int row, Offer offer, Words text) implements Event {}
  record OfferEnded(int row, int offer, Side by, Offer.State state, Words reason) implements Event {}
  record Reminded(Side side) implements Event {}
  record RoundStarted(int row, int number, boolean counts, Instant replyDue, Instant totalDue) implements Event {}

  // Mediation
  record MediationQueued(int row, boolean counts, Words reason, @Nullable Instant firstActionDue,
      @Nullable Instant targetDue, @Nullable Instant maxDue) implements Event {}
  record Assigned(int row, String mediator) implements Event {}
  record Recused(int row, Words reason) implements Event {}
  record EvidenceRequested(int row, List<EvidenceRequest> requests, Instant due) implements Event {}
  record EvidenceSupplied(EvidenceRequest request) implements Event {}
  record EvidenceClosed(int row, boolean complete) implements Event {}
  record SettlementProposed(int row, int id, Terms terms, Words text, Instant due) implements Event {}
  record ProposalAssented(int proposal, Side side) implements Event {}
  record ProposalEnded(int row, int proposal, Offer.State state, Words reason) implements Event {}
  record DecisionWaits(Ruling ruling, Instant approveBy) implements Event {}
  record DecisionRejected(Words reason) implements Event {}
  record Decided(int row, Ruling ruling, Instant appealBy) implements Event {}
  record Appealed(int row, Side side, Command.Ground ground, Words text) implements Event {}
  record AppealWaived(int row, Side side) implements Event {}
  record AppealOpened(int row, Instant due) implements Event {}
  record AppealDecided(int row, Ruling ruling) implements Event {}

  // Settlement
  record SettlementFormed(int row, Settlement settlement, List<Obligation> obligations, Instant confirmBy,
      boolean statementNeeded) implements Event {}
  record Confirmed(Confirmation which, Confirmation.State state) implements Event {}
  record StatementSubmitted(Words text) implements Event {}
  record InformationConfirmed(int row, Instant v0) implements Event {}
  record PerformingStarted(int row) implements Event {}
  record ObligationMoved(int row, int obligation, Obligation.State state, @Nullable Instant due, Words reference)
      implements Event {}

  // Money
  record ItemsDisputed(Set<String> items) implements Event {}
  record HoldPlaced(long minor, long shortfall) implements Event {}
  record HoldReleased(long minor) implements Event {}
  record RefundRequested(Refund refund) implements Event {}
  record RefundMoved(int row, Refund refund, Refund.State was, boolean afterClose) implements Event {}
  record OutsideRefundFound(Refund refund) implements Event {}
  record FundsAsked(int row, Stage.Excepted.Ask ask) implements Event {}
  record FundsReserved(Command.Pot pot, long minor) implements Event {}
  record FundsReturned(Command.Pot pot, long minor) implements Event {}
  record PromiseBroken(int obligation, long minor, long fromHold) implements Event {}
  record Overpaid(long minor) implements Event {}
  record ChargebackOpened(int row, long minor, long fromHold, long fromAvailable, long fromReceivable)
      implements Event {}

  // Verification
  record AuditingStarted(int row, Instant a0, Instant ends) implements Event {}
  record Audited(Stage.Look look, int records, int evidence) implements Event {}
  record FollowUpStarted(int row, Instant ends, List<Instant> plan) implements Event {}
  record ContactTried(int attempt, String channel, boolean delivered) implements Event {}
  record FollowUpAnswered(int row, FollowUp.Answer answer, Words text, boolean recordedOnly) implements Event {}
  record ConcludingStarted(int row, Instant ends) implements Event {}
  record Closed(int row, Outcome outcome, Instant reopenBy) implements Event {}

  record VerifierActed(String verifier) implements Event {}

  // Problems
  record FindingRaised(Finding finding) implements Event {}
  record FindingEnded(int row, int finding, Finding.State state, Words proof) implements Event {}
  record FindingWaits(int finding, Finding.State state, Instant next) implements Event {}
  record ExceptionOpened(int row, Status from, boolean chargeback) implements Event {}
  record EnforcementStarted(int row, int obligation, Instant until) implements Event {}
  record EnforcementShort(int row, int obligation, long missing) implements Event {}
  record PayoutAsked(int row, int obligation, long minor, String askedBy, Instant approveBy) implements Event {}
  record PayoutApproved(int row, int obligation, long minor) implements Event {}
  record PayoutRejected(int row, int obligation, Words reason) implements Event {}
  record Resumed(int row, Status to, @Nullable Instant confirmBy) implements Event {}

  // Time
  record Overdue(Side side, Deadline deadline) implements Event {}
  record Breached(Deadline deadline, Instant due, Duration lateness) implements Event {}
  record Alerted(Deadline deadline, int about, Instant next) implements Event {}
  record TargetMissed(Deadline deadline) implements Event {}
}
