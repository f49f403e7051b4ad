package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Home;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Terms;
import redress.lab.life.Bodies;
import redress.lab.life.Cast;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.RuleSet;

/**
 * A world small enough to be walked through completely: one payment of a few units, one dispute, caps of one, days of
 * equal length.
 */
final class SmallWorld {
  static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
  static final DisputeId ID = new DisputeId(Home.of("pay"), 1);
  private static final long CAPTURED = 6;

  /** How far back the rules look. */
  static final Duration PAST = Duration.ofDays(1);

  static final RuleSet RULES = new RuleSet("small", RuleSet.STANDARD.effectiveFrom(), lengths(), Duration.ofDays(1),
      Duration.ofDays(2), Duration.ofDays(1), Duration.ofMinutes(1), Duration.ofHours(3), 9, 20, Duration.ofDays(1),
      new Limits(2_000, 500, 10_000, 10, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 4, 4, 4));

  private static Map<Deadline, Duration> lengths() {
    var lengths = new EnumMap<Deadline, Duration>(Deadline.class);
    for (var deadline : Deadline.values()) {
      long days = Math.min(2, Math.max(1, deadline.standard.toDays()));
      lengths.put(deadline, Duration.ofDays(days));
    }
    lengths.put(Deadline.FILING_WINDOW, Duration.ofDays(180));
    lengths.put(Deadline.NEGOTIATION_TOTAL, Duration.ofDays(3));
    lengths.put(Deadline.MEDIATION_MAX, Duration.ofDays(3));
    lengths.put(Deadline.ENFORCEMENT_MAX, Duration.ofDays(2));
    return lengths;
  }

  static Matter beginning() {
    var payment = Payment.registered("pay", Cast.PAYER, Cast.SHOP, CAPTURED, "CNY", Set.of(), BEGIN, "WALLET", true);
    return new Matter(RULES, payment, Dispute.NONE);
  }

  static Filing filing() {
    return new Filing(ID, "pay", Cast.PAYER, Cast.SHOP, "CNY", CAPTURED, Set.of(), Reason.OTHER, Remedy.FULL_REFUND,
        Bodies.text(), BEGIN, RULES.version(), java.time.ZoneOffset.UTC, true);
  }

  static Terms refund(Matter matter, Executor executor) {
    return Terms.of(Remedy.PARTIAL_REFUND, Math.min(3, Math.max(1, matter.payment().refundable())), 0, executor, 0);
  }

  static Terms returnAndRefund(Matter matter) {
    return Terms.of(Remedy.RETURN_AND_PARTIAL_REFUND, Math.min(3, Math.max(1, matter.payment().refundable())), 0,
        Executor.MERCHANT, 0);
  }

  private SmallWorld() {}
}
