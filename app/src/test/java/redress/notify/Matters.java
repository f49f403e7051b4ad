package redress.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Confirmation;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceRequest;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Outcome;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Timer;
import redress.dispute.Words;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/** Matters at every stage, as they plausibly stand; what counts by number has number 1. */
final class Matters {
  static final Instant FILED = Instant.parse("2026-03-01T08:30:00Z");
  static final Instant T0 = Instant.parse("2026-03-04T09:00:00Z");
  static final DisputeId ID = new DisputeId(5, 77);
  private static final Duration DAY = Duration.ofDays(1);

  private Matters() {}

  /** One matter for each stage there is. */
  static List<Matter> all() {
    var ruling = new Ruling(Outcome.DECIDED_SPLIT, full(), Ruling.Liable.MERCHANT, "m1", "", Words.NONE);
    var due = T0.plus(DAY);
    var asked =
        List.of(new EvidenceRequest(1, Side.BUYER, Set.of(EvidenceType.INVOICE_OR_RECEIPT, EvidenceType.CHAT_LOG),
            Set.of()), new EvidenceRequest(2, Side.MERCHANT, Set.of(EvidenceType.TRACKING), Set.of()));
    var payout = new Stage.Excepted.Payout(1, 600_000, "v1", due);
    var all = new ArrayList<Matter>();
    for (var stage : List.of(new Stage.Negotiating(Side.MERCHANT, due, false),
        new Stage.Negotiating(Side.BUYER, due, true),
        new Stage.Queued(), new Stage.Mediating(null, null), new Stage.Mediating(ruling, due),
        new Stage.AwaitingEvidence(asked, due), new Stage.Proposed(1, returning(), due, true, false),
        new Stage.Decided(ruling, due, Stage.Decided.Voice.SILENT, Stage.Decided.Voice.WAIVED),
        new Stage.Appealed(ruling, due, false))) {
      all.add(matter(stage, null, List.of(), ruling));
    }
    all.add(confirming(full()));
    all.add(confirming(returning()));
    for (var stage : List.of(new Stage.Performing(), new Stage.Auditing(due.plus(DAY), Stage.Look.NONE, false),
        new Stage.FollowingUp(due.plus(DAY)), new Stage.Concluding(due.plus(DAY), Stage.Look.NONE, false),
        new Stage.Excepted(Status.AUDITING, due, false, null, null, null, List.of()),
        new Stage.Excepted(Status.AUDITING, due, false, due, payout, null, List.of()),
        new Stage.Closed(Outcome.SETTLED_FULFILLED, due, due.plus(DAY)))) {
      all.add(matter(stage, settlement(full(), due), obligations(full(), due.plus(DAY)), null));
    }
    return all;
  }

  /** A full refund of 4,999.00 yuan by the platform. */
  static Terms full() {
    return Terms.of(Remedy.FULL_REFUND, 499_900, 0, Executor.PLATFORM, 0);
  }

  /** The item goes back first, then 4,999.00 yuan are paid by the merchant. */
  static Terms returning() {
    return Terms.of(Remedy.RETURN_AND_REFUND, 499_900, 0, Executor.MERCHANT, 0);
  }

  /** Just settled with {@code terms}; nothing confirmed yet. */
  static Matter confirming(Terms terms) {
    var stage = new Stage.Confirming(T0.plus(DAY), Confirmation.State.PENDING, Confirmation.State.PENDING,
        Confirmation.State.PENDING);
    return matter(stage, settlement(terms, null), obligations(terms, null), null);
  }

  /** Day 1 of {@code terms}, which began at {@code a0}. */
  static Matter auditing(Terms terms, Instant a0) {
    return matter(new Stage.Auditing(a0.plus(DAY), Stage.Look.NONE, false), settlement(terms, a0),
        obligations(terms, a0.plus(DAY)), null);
  }

  /** Day 2, with what the buyer has answered so far. */
  static Matter followingUp(FollowUp.@Nullable Answer answer) {
    var matter = matter(new Stage.FollowingUp(T0.plus(DAY)), settlement(full(), T0), obligations(full(), T0), null);
    var d = matter.dispute();
    return new Matter(matter.rules(), matter.payment(), new Dispute(d.version(), d.lastAt(), d.filing(), d.stage(),
        d.round(), d.mediation(), d.settlement(), d.obligations(), d.refunds(), d.findings(),
        new FollowUp(List.of(), 0, Set.of(), answer, false), d.tally()));
  }

  /** The same matter about a test payment. */
  static Matter inTest(Matter matter) {
    var d = matter.dispute();
    var f = d.about();
    var test = new Filing(f.id(), f.payment(), f.buyer(), f.merchant(), f.currency(), f.minor(), f.items(), f.reason(),
        f.wish(), f.description(), f.at(), f.rules(), f.buyerZone(), false);
    return new Matter(matter.rules(), matter.payment(), new Dispute(d.version(), d.lastAt(), test, d.stage(), d.round(),
        d.mediation(), d.settlement(), d.obligations(), d.refunds(), d.findings(), d.followUp(), d.tally()));
  }

  private static Settlement settlement(Terms terms, @Nullable Instant v0) {
    return new Settlement(1, Settlement.Origin.OFFER, terms, "00", "acc-1", T0, v0, v0, false);
  }

  private static List<Obligation> obligations(Terms terms, @Nullable Instant due) {
    var all = new ArrayList<Obligation>();
    for (var promise : terms.promises()) {
      all.add(new Obligation(all.size() + 1, promise, promise.after(), Obligation.State.PENDING, due, Words.NONE));
    }
    return all;
  }

  private static Matter matter(Stage stage, @Nullable Settlement settlement, List<Obligation> obligations,
      @Nullable Ruling ruling) {
    var filing = new Filing(ID, "pay-1", "buyer-1", "shop-1", "CNY", 499_900, Set.of(), Reason.NOT_AS_DESCRIBED,
        Remedy.FULL_REFUND, new Words("w1", "c1", 9), FILED, "2026-1", ZoneId.of("Asia/Shanghai"), true);
    var offer = new Offer(1, Side.MERCHANT, Terms.of(Remedy.PARTIAL_REFUND, 100_000, 5_000, Executor.PLATFORM, 0), T0);
    var round = new Dispute.Round(1, FILED, FILED.plus(DAY), null, offer, 0, 1, false, false, FILED.plus(DAY));
    var mediation = new Dispute.Mediation(FILED, "m1", 1, 1, false, ruling, false, "v1", null, null, null, Set.of("m1"),
        Set.of("v1"));
    var tally = new Dispute.Tally(1, 1, 1, 1, 1, 1, 0, false, 0, 0, false, false, false, 0, 0, 1);
    var refund = new Refund(1, 1, 499_900, Executor.PLATFORM, Refund.State.PROCESSING, false, false, 499_900, 0, 0, 0,
        T0.plus(DAY), "", false);
    var finding = new Finding(1, FindingCode.REFUND_RECORD_MISSING, 1, T0, Finding.State.OPEN, T0.plus(DAY));
    var dispute = new Dispute(9, T0, filing, stage, round, mediation, settlement, obligations, List.of(refund),
        List.of(finding), new FollowUp(List.of(), 1, Set.of(), FollowUp.Answer.SATISFIED, false), tally);
    var payment =
        new Payment("pay-1", 1, "buyer-1", "shop-1", 499_900, "CNY", Set.of(), FILED, "WALLET", "pay-1", true, 0,
            0, 0, 0,
            499_900, Map.of(), Map.of(), Set.of());
    return new Matter(RuleSet.STANDARD, payment, dispute);
  }

  /** A timer for every deadline there is, in turn obliging the buyer, the merchant and the platform. */
  static List<Timer> everyTimer() {
    var timers = new ArrayList<Timer>();
    for (var deadline : Deadline.values()) {
      var side = switch (timers.size() % 3) {
        case 0 -> Side.BUYER;
        case 1 -> Side.MERCHANT;
        default -> null;
      };
      timers.add(new Timer(deadline, 1, T0.plus(Duration.ofHours(timers.size())), side));
    }
    return timers;
  }
}
