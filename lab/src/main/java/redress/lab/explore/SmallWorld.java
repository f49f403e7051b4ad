package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Home;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Promise;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Terms;
import redress.lab.life.Bodies;
import redress.lab.life.Cast;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.RuleSet;

/**
 * A world small enough to be walked through completely: one payment of two units, one dispute, caps of one or two,
 * deadlines of one or two days. {@code terms} is what is offered, proposed and ruled; {@code twists} what else may
 * happen; {@code rules} the lowered figures. The worlds differ in these, and together have everything.
 */
record SmallWorld(String name, Terms terms, Set<Twist> twists, RuleSet rules) {
  static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
  static final DisputeId ID = new DisputeId(Home.of("pay"), 1);
  private static final long CAPTURED = 2;
  private static final Duration DAY = Duration.ofDays(1);

  /** What may happen in some worlds. */
  enum Twist {
    /** The merchant refunds everything at once, by the platform or by itself. */
    REFUNDS_BY_PLATFORM, REFUNDS_BY_ITSELF,
    /** A provider is at work and does not say when the money arrives. */
    NO_ARRIVAL,
    /** The provider's books show what the merchant paid by itself. */
    PAID_OUTSIDE,
    /** The reserves for enforcement are not empty. */
    RESERVES,
    /** Somebody else agreed than paid; the provider does not know the payment; the terms are not what was sealed. */
    OTHER_PERSON, PAYMENT_UNKNOWN, TERMS_CHANGED
  }

  /** The worlds that are explored. */
  static final List<SmallWorld> ALL = List.of(
      new SmallWorld("platform pays", Terms.of(Remedy.PARTIAL_REFUND, 1, 0, Executor.PLATFORM, 0),
          Set.of(Twist.REFUNDS_BY_PLATFORM, Twist.NO_ARRIVAL), small(0, 2)),
      new SmallWorld("merchant pays", Terms.of(Remedy.PARTIAL_REFUND, 1, 0, Executor.MERCHANT, 0),
          Set.of(Twist.REFUNDS_BY_ITSELF, Twist.PAID_OUTSIDE), small(0, 2)),
      new SmallWorld("return first",
          daily(Terms.of(Remedy.RETURN_AND_PARTIAL_REFUND, 1, 0, Executor.MERCHANT, 0)), Set.of(), small(0, 2)),
      new SmallWorld("too little there", Terms.of(Remedy.COMPENSATION, 0, 3, Executor.MERCHANT, 0),
          Set.of(Twist.RESERVES), small(0, 2)),
      new SmallWorld("nothing owed", new Terms(Remedy.EXPLANATION_ONLY, List.of()),
          Set.of(Twist.OTHER_PERSON, Twist.PAYMENT_UNKNOWN, Twist.TERMS_CHANGED), small(1, 2)),
      new SmallWorld("once more", Terms.of(Remedy.PARTIAL_REFUND, 1, 0, Executor.PLATFORM, 0), Set.of(), small(1, 1)));

  SmallWorld {
    twists = Set.copyOf(twists);
  }

  /** The rules with caps of one or two and deadlines of one or two days. */
  static RuleSet small(int reopenings, int exceptions) {
    var lengths = new EnumMap<Deadline, Duration>(Deadline.class);
    for (var deadline : Deadline.values()) lengths.put(deadline, DAY);
    lengths.put(Deadline.FILING_WINDOW, DAY.multipliedBy(180));
    for (var twice : List.of(Deadline.NEGOTIATION_TOTAL, Deadline.MEDIATION_MAX, Deadline.ENFORCEMENT_MAX)) {
      lengths.put(twice, DAY.multipliedBy(2));
    }
    return new RuleSet("small", RuleSet.STANDARD.effectiveFrom(), Map.copyOf(lengths), DAY, DAY.multipliedBy(2), DAY,
        Duration.ofMinutes(1), Duration.ofHours(3), 9, 20, DAY,
        new Limits(2_000, 500, 10_000, 10, 1_000_000, 1, 1, 1, reopenings, exceptions, 1, 1, 1, 1, 1, 1, 0));
  }

  /** The same promises, each with a day to keep it, whatever day of the week that is. */
  private static Terms daily(Terms terms) {
    var promises = new ArrayList<Promise>();
    for (var p : terms.promises()) {
      promises.add(new Promise(p.kind(), p.minor(), p.executor(), p.valueIfBroken(), DAY, p.after()));
    }
    return new Terms(terms.remedy(), promises);
  }

  Matter beginning() {
    var payment = Payment.registered("pay", Cast.PAYER, Cast.SHOP, CAPTURED, "CNY", Set.of(), BEGIN, "WALLET", true);
    return new Matter(rules, payment, Dispute.NONE);
  }

  Filing filing() {
    return new Filing(ID, "pay", Cast.PAYER, Cast.SHOP, "CNY", CAPTURED, Set.of(), Reason.OTHER, Remedy.FULL_REFUND,
        Bodies.text(), BEGIN, rules.version(), ZoneOffset.UTC, true);
  }
}
