package redress.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.dispute.Side;
import redress.dispute.Status;

/**
 * A dispute as one reader may see it. Amounts are minor units of {@code currency}, instants UTC; {@code staff} is null
 * for everybody else.
 */
public record DisputeView(String id, int version, Status.Phase stage, Status status, ViewState viewState,
    @Nullable String awaited, boolean test, String payment, String buyer, String merchant, Reason reason, Remedy wish,
    List<String> items, String currency, Amounts amounts, int round, List<OfferView> offers,
    @Nullable ProposalView proposal, List<RequestView> evidenceRequests, @Nullable RulingView decision,
    @Nullable SettlementView settlement, List<RefundView> refunds, List<FindingView> findings,
    @Nullable FollowUpView followUp, @Nullable Outcome outcome, Late wasOverdue, List<KeyDate> keyDates,
    List<ActionView> availableActions, @Nullable Staff staff) {

  /** The money of the dispute; {@code refundable} is what of the payment can still be refunded. */
  public record Amounts(long disputed, long refundable, long held, long paid, long inFlight, long compensated) {}

  /** Whether a side was ever late. */
  public record Late(boolean buyer, boolean merchant) {}

  /** A remedy and its promises. */
  public record TermsView(Remedy remedy, long pays, List<PromiseView> promises) {}

  /** One promise of an offer; {@code after} is the number of the promise that must be kept first, 0 for none. */
  public record PromiseView(Obligation.Kind kind, long amount, @Nullable Executor executor, long valueIfBroken,
      @Nullable Duration within, int after) {}

  /** An open offer. */
  public record OfferView(int number, Side by, TermsView terms, Instant expires) {}

  /** The mediator's proposal that lies before both sides. */
  public record ProposalView(int number, TermsView terms, Instant due, boolean buyerAssented,
      boolean merchantAssented) {}

  /** What a side was asked for. */
  public record RequestView(int number, Side side, List<EvidenceType> types, List<EvidenceType> supplied,
      Instant due) {}

  /** What was decided. */
  public record RulingView(Outcome outcome, TermsView terms, Ruling.Liable liable, String reasons, boolean appealed) {}

  /** What was agreed or ruled, the promises and how they stand, and the three checks. */
  public record SettlementView(int number, Settlement.Origin origin, TermsView terms, String termsHash, Instant t0,
      @Nullable Instant v0, @Nullable Instant a0, @Nullable ConfirmationsView confirmations,
      List<ObligationView> obligations, List<CheckView> checks) {}

  /** How the three confirmations stand. */
  public record ConfirmationsView(String identity, String transactionRecord, String merchantStatement, Instant due) {}

  /** One promise and what became of it. */
  public record ObligationView(int number, Obligation.Kind kind, Side debtor, long amount, long valueIfBroken,
      @Nullable Executor executor, int after, Obligation.State state, @Nullable Instant due) {}

  /** One of the three checks: what was looked at, what proves it, and the result so far. */
  public record CheckView(String check, Result result, List<Fact> facts, List<String> proof) {
    /** How a check stands. */
    public enum Result { PENDING, PASSED, FAILED }

    /** One thing that was looked at. */
    public record Fact(String name, String value) {}
  }

  /** Money on its way to the buyer or back. */
  public record RefundView(int number, int obligation, long amount, Executor executor, Refund.State state,
      boolean compensation, boolean enforced, @Nullable Instant arrival, String reference) {}

  /** Something a check found. */
  public record FindingView(int number, String code, String severity, int obligation, Instant at, Finding.State state,
      String curer, @Nullable Instant next) {}

  /** What the buyer was asked and said. */
  public record FollowUpView(int attempts, FollowUp.@Nullable Answer answer) {}

  /** A date that matters: in the past or to come. */
  public record KeyDate(String key, Instant at, String local, int about, @Nullable Side side, boolean passed,
      @Nullable Silence onExpiry) {}

  /** What silence does, for machines and in the reader's language. */
  public record Silence(String code, String words) {}

  /** Something the reader may do now; {@code about} is the number it concerns, 0 for the dispute. */
  public record ActionView(String command, String method, String href, int about, List<FieldView> fields,
      @Nullable Instant due, @Nullable Silence onExpiry) {}

  /** A field of an action; {@code max} is its greatest amount or length, 0 for no bound. */
  public record FieldView(String name, boolean required, long max) {}

  /** What only staff see. */
  public record Staff(String mediator, String verifier, @Nullable String decidedBy,
      @Nullable String decisionWaitingUntil,
      int exceptions, int reopenings, List<String> timers) {}
}
