package redress.lab.life;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import redress.check.Facts;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.dispute.Promise;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.policy.Deadline;

/** Malformed commands: wrong numbers, amounts that overflow, texts too long or missing, durations out of range. */
final class Mischief {
  private static final Words LONG = new Words("w", "c", 1_000_000);

  /** One of them. */
  static Command any(Matter matter, DisputeId id, Instant at, Chance chance) {
    return switch (chance.below(6)) {
      case 0 -> file(matter, id, at, chance);
      case 1, 2 -> terms(matter, chance);
      case 3 -> numbers(matter, chance);
      case 4 -> facts(at, chance);
      default -> texts(chance);
    };
  }

  private static long amount(Matter matter, Chance chance) {
    return chance.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 2 + 1, matter.payment().captured() + 1,
        matter.payment().refundable() + 1);
  }

  private static Command file(Matter matter, DisputeId id, Instant at, Chance chance) {
    var p = matter.payment();
    boolean odd = chance.oneIn(2);
    return new Command.File(new Filing(id, odd ? "nobody" : p.id(), chance.of(p.payer(), "buyer-2"), p.merchant(),
        chance.of("QQQ", p.currency()), amount(matter, chance), Set.of(chance.of("no such item", "a")),
        chance.of(Reason.UNAUTHORISED, Reason.OTHER), Remedy.FULL_REFUND, chance.of(LONG, Words.NONE, Bodies.text()),
        at,
        matter.rules().version(), ZoneOffset.UTC, p.live()));
  }

  private static Command terms(Matter matter, Chance chance) {
    var terms = wrong(matter, chance);
    return switch (chance.below(4)) {
      case 0 -> new Command.MakeOffer(terms, null, Bodies.text());
      case 1 -> new Command.ProposeSettlement(terms, Bodies.text());
      case 2 ->
          new Command.Decide(chance.of(Outcome.values()), terms, chance.of(Ruling.Liable.values()), Bodies.text());
      default -> new Command.DecideAppeal(chance.of(Outcome.values()), terms, chance.of(Ruling.Liable.values()),
          Bodies.text());
    };
  }

  private static Terms wrong(Matter matter, Chance chance) {
    long minor = amount(matter, chance);
    return switch (chance.below(6)) {
      case 0 -> new Terms(Remedy.FULL_REFUND, List.of());
      case 1 ->
          new Terms(Remedy.PARTIAL_REFUND, List.of(Promise.pay(Obligation.Kind.REFUND, minor, Executor.PLATFORM, 0)));
      case 2 -> new Terms(Remedy.FULL_REFUND, List.of(new Promise(Obligation.Kind.REFUND, 1, null, 0, null, 0)));
      case 3 -> new Terms(Remedy.PARTIAL_REFUND, Collections.nCopies(2,
          Promise.pay(Obligation.Kind.REFUND, Long.MAX_VALUE, Executor.PLATFORM, 0)));
      case 4 -> new Terms(Remedy.REPLACEMENT, List.of(Promise.inKind(Obligation.Kind.SHIP_REPLACEMENT, minor, 7)));
      default -> new Terms(Remedy.PARTIAL_REFUND, List.of(new Promise(Obligation.Kind.REFUND, 1, Executor.PLATFORM, 0,
          chance.of(Duration.ofDays(-1), Duration.ofDays(100_000)), -3)));
    };
  }

  private static Command numbers(Matter matter, Chance chance) {
    int n = chance.of(0, -1, 99, Integer.MAX_VALUE, Integer.MIN_VALUE);
    return switch (chance.below(12)) {
      case 0 -> new Command.AcceptOffer(n);
      case 1 -> new Command.DeclineOffer(n, Bodies.text());
      case 2 -> new Command.WithdrawOffer(n);
      case 3 -> new Command.AcceptProposal(n);
      case 4 -> new Command.ReportPerformance(n, Bodies.text());
      case 5 -> new Command.WaiveObligation(n);
      case 6 -> new Command.Cure(n, Bodies.text());
      case 7 -> new Command.Enforce(n);
      case 8 -> new Command.SignFinding(n, Bodies.text());
      case 9 -> new Command.RecordRefund(n, chance.of(Refund.State.values()), null);
      case 10 -> new Command.OpenChargeback(amount(matter, chance) > 0 ? -5 : 0);
      default -> new Command.ReserveFunds(chance.of(Command.Pot.values()), n, chance.of(0L, -1L, Long.MIN_VALUE));
    };
  }

  private static Command facts(Instant at, Chance chance) {
    return switch (chance.below(4)) {
      case 0 -> new Command.ConfirmIdentity(new Facts.Identity(null, null, -1, null, true));
      case 1 -> new Command.ConfirmTransaction(new Facts.Transaction(true, true, true, -1, null, -1));
      case 2 -> new Command.RecordAudit(new Facts.Audit(true, "", 0, List.of(-1), List.of(99),
          new Facts.Transaction(true, false, false, 0, null, 0), List.of()));
      default ->
          new Command.Pass(chance.of(Deadline.values()), chance.of(0, 1, -1, 99), at.minusSeconds(chance.below(9)));
    };
  }

  private static Command texts(Chance chance) {
    var text = chance.of(LONG, Words.NONE, new Words("w", "c", -1));
    return switch (chance.below(9)) {
      case 0 -> new Command.SendMessage(text, List.of());
      case 1 -> new Command.SendMessage(Bodies.text(), Collections.nCopies(999, "file"));
      case 2 ->
          Command.SubmitEvidence.elsewhere(EvidenceType.OTHER, chance.of("", "zz", "g".repeat(64)), Bodies.text());
      case 3 -> new Command.SubmitStatement(text);
      case 4 -> new Command.Escalate(text);
      case 5 -> new Command.GiveFeedback(Command.Feedback.RATING, chance.of(0, 6, -1), text);
      case 6 -> new Command.Tag(chance.of("", "a b", "x".repeat(99)));
      case 7 ->
          new Command.RequestEvidence(chance.oneIn(2) ? List.of() : List.of(new Command.Asked(Side.BUYER, Set.of())),
              Duration.ofHours(chance.of(-1, 0, 1, 24)));
      default -> new Command.Reopen(text);
    };
  }

  private Mischief() {}
}
