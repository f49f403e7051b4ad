package redress.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.policy.Deadline;

/**
 * Everything that can be said in a dispute. Who says it, and when, travel beside it in {@link Act}. Numbers name
 * offers, obligations, findings and so on as the dispute's own view shows them.
 */
public sealed interface Command {

  // Filing and talking
  record File(Filing filing) implements Command {}
  record SendMessage(Words text, List<String> attachments) implements Command {}

  /**
   * A piece of evidence: what it is, the SHA-256 of its bytes, who may see it, the upload that holds the bytes (empty
   * when they are kept elsewhere) and the evidence request it is for (0: whichever it fits).
   */
  record SubmitEvidence(EvidenceType evidenceType, String sha256, Words text, Visibility visibility, String upload,
      int request) implements Command {

    /** One for both sides to see whose bytes are kept elsewhere. */
    public static SubmitEvidence elsewhere(EvidenceType type, String sha256, Words text) {
      return new SubmitEvidence(type, sha256, text, Visibility.PARTIES, "", 0);
    }

    /** The same with the bytes of an upload. */
    public SubmitEvidence of(String stored, String hash) {
      return new SubmitEvidence(evidenceType, hash, text, visibility, stored, request);
    }
  }

  record AskSupport(Words text) implements Command {}
  record AnswerSupport(int question, Words text) implements Command {}
  record GiveFeedback(Feedback kind, int rating, Words text) implements Command {}
  record AnswerFeedback(int feedback, Words text) implements Command {}
  record AddNote(Words text) implements Command {}
  record Tag(String tag) implements Command {}
  record RevealPersonalData(Side of, Words reason) implements Command {}

  // Negotiation
  record MakeOffer(Terms terms, @Nullable Duration validFor, Words text) implements Command {}
  record AcceptOffer(int offer) implements Command {}
  record DeclineOffer(int offer, Words reason) implements Command {}
  record WithdrawOffer(int offer) implements Command {}
  record RefundNow(Executor executor) implements Command {}
  record Escalate(Words reason) implements Command {}
  record Withdraw() implements Command {}

  // Mediation
  record Assign() implements Command {}
  record Reassign(String mediator) implements Command {}
  record Recuse(Words reason) implements Command {}
  record RequestEvidence(List<Asked> requests, Duration within) implements Command {}
  record ProposeSettlement(Terms terms, Words text) implements Command {}
  record AcceptProposal(int proposal) implements Command {}
  record DeclineProposal(int proposal, Words reason) implements Command {}
  record ReturnToNegotiation(Words reason) implements Command {}
  record Decide(Outcome outcome, Terms terms, Ruling.Liable liable, Words reasons) implements Command {}
  record ApproveDecision() implements Command {}
  record RejectDecision(Words reason) implements Command {}
  record Appeal(Ground ground, Words text) implements Command {}
  record WaiveAppeal() implements Command {}
  record DecideAppeal(Outcome outcome, Terms terms, Ruling.Liable liable, Words reasons) implements Command {}

  // Settlement
  record ConfirmIdentity(Facts.Identity facts) implements Command {}
  record ConfirmTransaction(Facts.Transaction facts) implements Command {}
  record SubmitStatement(Words text) implements Command {}
  record ReportPerformance(int obligation, Words reference) implements Command {}
  record ShipReturn(int obligation, Words tracking) implements Command {}
  record ReportShipment(int obligation, Shipment shipment) implements Command {}
  record AcknowledgeReturn(int obligation, Condition condition) implements Command {}
  record WaiveObligation(int obligation) implements Command {}

  // Verification
  record RecordAudit(Facts.Audit facts) implements Command {}
  record RecordContact(String channel, boolean delivered) implements Command {}
  record AnswerFollowUp(FollowUp.Answer answer, Words text) implements Command {}
  record SignFinding(int finding, Words note) implements Command {}

  // Problems
  record Cure(int finding, Words proof) implements Command {}
  record RefuteFinding(int finding, Words proof) implements Command {}
  record Enforce(int finding) implements Command {}
  record ApprovePayout() implements Command {}
  record RejectPayout(Words reason) implements Command {}
  record ReopenNegotiation(Words reason) implements Command {}
  record SendToMediation(Words reason) implements Command {}
  record EndException(Words reason) implements Command {}
  record ReserveFunds(Pot pot, int ask, long minor) implements Command {}

  // Providers, time, and after the end
  record RecordRefund(int refund, Refund.State state, @Nullable Instant arrival) implements Command {}
  record OpenChargeback(long minor) implements Command {}
  record Reopen(Words newFact) implements Command {}
  record RecordReminder(Deadline deadline, Instant due, boolean delivered) implements Command {}
  record Pass(Deadline deadline, int about, Instant due) implements Command {}

  /** What a piece of feedback is. */
  enum Feedback { OPINION, RATING, SUGGESTION }

  /** On what an appeal rests. */
  enum Ground { NEW_EVIDENCE, PROCEDURE }

  /** What a carrier reports of a parcel. */
  enum Shipment { DELIVERED, LOST }

  /** How a returned item was received. */
  enum Condition { AS_SENT, EMPTY, DAMAGED, OTHER_ITEM }

  /** A reserve an enforcement may draw on, held at a home of its own. */
  enum Pot { DEPOSIT, FUND }

  /** What one side is asked for. */
  record Asked(Side side, Set<EvidenceType> types) {
    public Asked {
      types = Set.copyOf(types);
    }
  }

  /** The name of the command, as the API and the list of allowed actions use it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
