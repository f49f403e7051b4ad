package redress.lab.life;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Promise;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.policy.Role;

/** Plausible commands: what someone would send who looks at the dispute as it stands. */
public final class Bodies {
  /** The names of all commands that people and the host platform can send, as the list of allowed actions uses them. */
  public static final List<String> NAMES = List.of("File", "SendMessage", "SubmitEvidence", "AskSupport",
      "AnswerSupport",
      "GiveFeedback", "AnswerFeedback", "AddNote", "Tag", "RevealPersonalData", "MakeOffer", "AcceptOffer",
      "DeclineOffer",
      "WithdrawOffer", "RefundNow", "Escalate", "Withdraw", "Assign", "Reassign", "Recuse", "RequestEvidence",
      "ProposeSettlement", "AcceptProposal", "DeclineProposal", "ReturnToNegotiation", "Decide", "ApproveDecision",
      "RejectDecision", "Appeal", "WaiveAppeal", "DecideAppeal", "SubmitStatement", "ReportPerformance", "ShipReturn",
      "ReportShipment", "AcknowledgeReturn", "WaiveObligation", "AnswerFollowUp", "SignFinding", "Cure",
      "RefuteFinding",
      "Enforce", "ApprovePayout", "RejectPayout", "ReopenNegotiation", "SendToMediation", "EndException",
      "RecordRefund",
      "OpenChargeback",
      "Reopen");

  private static final Words TEXT = new Words("w", "c", 20);
  private static final String SHA = "ab".repeat(32);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** A text of moderate length. */
  public static Words text() {
    return TEXT;
  }

  /** A filing about the whole payment or some of its items. */
  public static Command.File file(Matter matter, DisputeId id, Set<String> items, long minor, Remedy wish, Instant at) {
    var payment = matter.payment();
    return new Command.File(
        new Filing(id, payment.id(), payment.payer(), payment.merchant(), payment.currency(), minor, items,
            Reason.NOT_AS_DESCRIBED, wish, TEXT, at, matter.rules().version(), SHANGHAI, payment.live()));
  }

  /**
   * The command of this name about number {@code about} (0: whatever it is about now), as {@code by} might send it.
   * Null for a
   * name that needs more than the matter tells.
   */
  public static @Nullable Command of(String name, int about, Matter matter, Actor by, Chance chance) {
    var talk = talk(name, about, chance);
    if (talk != null) return talk;
    var deal = deal(name, about, matter, by, chance);
    return deal != null ? deal : settle(name, about, matter, chance);
  }

  private static @Nullable Command talk(String name, int about, Chance chance) {
    return switch (name) {
      case "SendMessage" -> new Command.SendMessage(TEXT, List.of());
      case "SubmitEvidence" -> Command.SubmitEvidence.elsewhere(chance.of(EvidenceType.values()), SHA, TEXT);
      case "AskSupport" -> new Command.AskSupport(TEXT);
      case "AnswerSupport" -> new Command.AnswerSupport(Math.max(1, about), TEXT);
      case "GiveFeedback" ->
          chance.oneIn(2) ? new Command.GiveFeedback(Command.Feedback.RATING, 1 + chance.below(5), TEXT)
              : new Command.GiveFeedback(Command.Feedback.OPINION, 0, TEXT);
      case "AnswerFeedback" -> new Command.AnswerFeedback(Math.max(1, about), TEXT);
      case "AddNote" -> new Command.AddNote(TEXT);
      case "Tag" -> new Command.Tag("urgent");
      case "RevealPersonalData" -> new Command.RevealPersonalData(chance.of(Side.values()), TEXT);
      default -> null;
    };
  }

  private static @Nullable Command deal(String name, int about, Matter matter, Actor by, Chance chance) {
    return switch (name) {
      case "MakeOffer" -> new Command.MakeOffer(terms(matter, by, chance), validFor(chance), TEXT);
      case "AcceptOffer" -> new Command.AcceptOffer(about);
      case "DeclineOffer" -> new Command.DeclineOffer(about, TEXT);
      case "WithdrawOffer" -> new Command.WithdrawOffer(about);
      case "RefundNow" -> new Command.RefundNow(chance.of(Executor.values()));
      case "Escalate" -> new Command.Escalate(TEXT);
      case "Withdraw" -> new Command.Withdraw();
      case "Assign" -> new Command.Assign();
      case "Reassign" -> new Command.Reassign(another(matter.dispute(), chance));
      case "Recuse" -> new Command.Recuse(TEXT);
      case "RequestEvidence" -> new Command.RequestEvidence(asked(chance), Duration.ofHours(chance.of(24, 48, 72)));
      case "ProposeSettlement" -> new Command.ProposeSettlement(terms(matter, by, chance), TEXT);
      case "AcceptProposal" -> new Command.AcceptProposal(about);
      case "DeclineProposal" -> new Command.DeclineProposal(about, TEXT);
      case "ReturnToNegotiation" -> new Command.ReturnToNegotiation(TEXT);
      case "Decide" -> decide(matter, by, chance);
      case "ApproveDecision" -> new Command.ApproveDecision();
      case "RejectDecision" -> new Command.RejectDecision(TEXT);
      case "Appeal" -> new Command.Appeal(chance.of(Command.Ground.values()), TEXT);
      case "WaiveAppeal" -> new Command.WaiveAppeal();
      case "DecideAppeal" -> decideAppeal(matter, by, chance);
      default -> null;
    };
  }

  private static @Nullable Command settle(String name, int about, Matter matter, Chance chance) {
    return switch (name) {
      case "SubmitStatement" -> new Command.SubmitStatement(TEXT);
      case "ReportPerformance" -> new Command.ReportPerformance(about, TEXT);
      case "ShipReturn" -> new Command.ShipReturn(about, TEXT);
      case "ReportShipment" -> new Command.ReportShipment(about, shipment(about, matter.dispute(), chance));
      case "AcknowledgeReturn" -> new Command.AcknowledgeReturn(about, chance.percent(85) ? Command.Condition.AS_SENT
          : chance.of(Command.Condition.values()));
      case "WaiveObligation" -> new Command.WaiveObligation(about);
      case "AnswerFollowUp" -> new Command.AnswerFollowUp(answer(matter.dispute(), chance), TEXT);
      case "SignFinding" -> new Command.SignFinding(about, TEXT);
      case "Cure" -> new Command.Cure(about, TEXT);
      case "RefuteFinding" -> new Command.RefuteFinding(about, TEXT);
      case "Enforce" -> new Command.Enforce(about);
      case "ApprovePayout" -> new Command.ApprovePayout();
      case "RejectPayout" -> new Command.RejectPayout(TEXT);
      case "ReopenNegotiation" -> new Command.ReopenNegotiation(TEXT);
      case "SendToMediation" -> new Command.SendToMediation(TEXT);
      case "EndException" -> new Command.EndException(TEXT);
      case "RecordRefund" -> new Command.RecordRefund(about,
          chance.oneIn(2) ? Refund.State.SUCCEEDED : Refund.State.FAILED, null);
      case "OpenChargeback" -> new Command.OpenChargeback(chance.between(1, Math.min(50, matter.payment().captured())));
      case "Reopen" -> new Command.Reopen(TEXT);
      default -> null;
    };
  }

  /** What became of a parcel; only a return can get lost here. */
  private static Command.Shipment shipment(int about, Dispute dispute, Chance chance) {
    boolean returned = dispute.obligation(about).filter(o -> o.kind() == Obligation.Kind.RETURN_ITEM).isPresent();
    return returned && chance.percent(15) ? Command.Shipment.LOST : Command.Shipment.DELIVERED;
  }

  /** A mediator who neither has it already nor verifies it. */
  private static String another(Dispute dispute, Chance chance) {
    var all = new ArrayList<>(List.of("ann", "ben", "lea", "lin"));
    all.remove(dispute.mediation().mediator());
    all.removeAll(dispute.mediation().verifiers());
    return chance.of(all);
  }

  /** An answer that fits: nothing can be missing where nothing was paid. */
  private static FollowUp.Answer answer(Dispute dispute, Chance chance) {
    boolean paid = dispute.refunds().stream().anyMatch(r -> r.isLive() && !r.complained()
        && dispute.obligation(r.obligation()).isPresent());
    return paid ? chance.of(FollowUp.Answer.values())
        : chance.of(FollowUp.Answer.SATISFIED, FollowUp.Answer.DISSATISFIED);
  }

  private static @Nullable Duration validFor(Chance chance) {
    return chance.oneIn(2) ? null : Duration.ofHours(chance.of(24, 72, 240));
  }

  private static List<Command.Asked> asked(Chance chance) {
    var types = Set.of(chance.of(EvidenceType.TRACKING, EvidenceType.PHOTO_OF_ITEM, EvidenceType.OTHER));
    var buyer = new Command.Asked(Side.BUYER, types);
    var merchant = new Command.Asked(Side.MERCHANT, types);
    return switch (chance.below(3)) {
      case 0 -> List.of(buyer);
      case 1 -> List.of(merchant);
      default -> List.of(buyer, merchant);
    };
  }

  private static long ceiling(Matter matter, Actor by) {
    return Math.max(0, Math.min(matter.payment().refundable(), by.limit()));
  }

  /** Terms that {@code by} may commit to and that the payment can still bear. */
  public static Terms terms(Matter matter, Actor by, Chance chance) {
    long most = ceiling(matter, by);
    if (most == 0) return new Terms(Remedy.EXPLANATION_ONLY, List.of());
    long full = matter.dispute().about().minor() - matter.dispute().spent();
    var remedy = remedy(chance, full > 0 && full <= most);
    boolean isFull = remedy == Remedy.FULL_REFUND || remedy == Remedy.RETURN_AND_REFUND;
    long amount = isFull ? full : chance.oneIn(3) ? most : chance.between(1, most);
    long worth = chance.oneIn(2) ? 0 : chance.between(0, most);
    long extra = remedy == Remedy.COMPENSATION || chance.oneIn(12) ? 1 + chance.below(20) : 0;
    if (remedy == Remedy.REFUND_AND_REPLACEMENT) worth = Math.min(worth, most - amount);
    if (by.role() == Role.MERCHANT_AGENT) {
      extra = remedy == Remedy.COMPENSATION ? 1 : 0;
    }
    var terms = Terms.of(remedy, amount, extra, executor(chance), worth);
    return chance.oneIn(4) ? patient(terms) : terms;
  }

  private static Remedy remedy(Chance chance, boolean mayBeFull) {
    var remedy = chance.percent(60) ? chance.of(Remedy.FULL_REFUND, Remedy.PARTIAL_REFUND, Remedy.RETURN_AND_REFUND)
        : chance.of(Remedy.values());
    if (mayBeFull) return remedy;
    return switch (remedy) {
      case FULL_REFUND -> Remedy.PARTIAL_REFUND;
      case RETURN_AND_REFUND -> Remedy.RETURN_AND_PARTIAL_REFUND;
      default -> remedy;
    };
  }

  private static Executor executor(Chance chance) {
    return chance.percent(65) ? Executor.PLATFORM : Executor.MERCHANT;
  }

  /** The same terms with days to keep each promise. */
  private static Terms patient(Terms terms) {
    var promises = new ArrayList<Promise>();
    for (var p : terms.promises()) {
      promises.add(new Promise(p.kind(), p.minor(), p.executor(), p.valueIfBroken(), Duration.ofDays(4), p.after()));
    }
    return new Terms(terms.remedy(), promises);
  }

  private static Command decide(Matter matter, Actor by, Chance chance) {
    var outcome = outcome(matter, by, chance);
    return new Command.Decide(outcome, owed(outcome, matter, by, chance), liable(outcome), TEXT);
  }

  private static Command decideAppeal(Matter matter, Actor by, Chance chance) {
    var outcome = outcome(matter, by, chance);
    return new Command.DecideAppeal(outcome, owed(outcome, matter, by, chance), liable(outcome), TEXT);
  }

  private static Outcome outcome(Matter matter, Actor by, Chance chance) {
    if (ceiling(matter, by) == 0) return Outcome.DECIDED_FOR_MERCHANT;
    return chance.of(Outcome.DECIDED_FOR_BUYER, Outcome.DECIDED_FOR_BUYER, Outcome.DECIDED_SPLIT,
        Outcome.DECIDED_FOR_MERCHANT);
  }

  private static Ruling.Liable liable(Outcome outcome) {
    return switch (outcome) {
      case DECIDED_FOR_BUYER -> Ruling.Liable.MERCHANT;
      case DECIDED_SPLIT -> Ruling.Liable.BOTH;
      default -> Ruling.Liable.NEITHER;
    };
  }

  private static Terms owed(Outcome outcome, Matter matter, Actor by, Chance chance) {
    if (outcome == Outcome.DECIDED_FOR_MERCHANT) return new Terms(Remedy.EXPLANATION_ONLY, List.of());
    long most = ceiling(matter, by);
    long amount = chance.oneIn(2) ? most : chance.between(1, Math.max(1, most));
    return Terms.of(chance.percent(80) ? Remedy.PARTIAL_REFUND : Remedy.RETURN_AND_PARTIAL_REFUND, amount, 0,
        executor(chance), 0);
  }

  /** The numbers a command of this name may be about in this dispute: of offers, promises, findings and so on. */
  public static List<Integer> abouts(String name, Dispute dispute) {
    return switch (name) {
      case "AcceptOffer", "DeclineOffer", "WithdrawOffer" -> last(dispute.tally().offers(), 3);
      case "AcceptProposal", "DeclineProposal" -> last(dispute.tally().proposals(), 2);
      case "AnswerSupport" -> last(dispute.tally().questions(), 1);
      case "AnswerFeedback" -> last(dispute.tally().feedback(), 1);
      case "ReportPerformance", "ShipReturn", "ReportShipment", "AcknowledgeReturn", "WaiveObligation" ->
          promises(dispute);
      case "SignFinding", "Cure", "RefuteFinding", "Enforce" -> last(dispute.findings().size(), 4);
      case "RecordRefund" -> last(dispute.refunds().size(), 4);
      default -> List.of(0);
    };
  }

  private static List<Integer> promises(Dispute dispute) {
    var numbers = new ArrayList<Integer>();
    for (var obligation : dispute.obligations()) numbers.add(obligation.id());
    if (numbers.isEmpty()) numbers.add(1);
    return numbers.subList(Math.max(0, numbers.size() - 4), numbers.size());
  }

  private static List<Integer> last(int count, int most) {
    var numbers = new ArrayList<Integer>();
    for (int n = Math.max(1, count - most + 1); n <= Math.max(1, count); n++) numbers.add(n);
    return numbers;
  }

  /** The promise of this kind of payment that is still due, or null. */
  static @Nullable Obligation unpaid(Dispute dispute) {
    for (var o : dispute.obligations()) {
      if (o.kind().isPayment() && !o.state().isOver() && dispute.live(o.id()) < o.promise().minor()) return o;
    }
    return null;
  }

  /** The number of the proposal that lies on the table, 0 for none. */
  static int proposal(Dispute dispute) {
    return dispute.stage() instanceof Stage.Proposed p ? p.proposal() : 0;
  }

  private Bodies() {}
}
