package redress.command;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import redress.command.Complaint.Disputed;
import redress.dispute.Reason;

/**
 * What a complaint says about the life of its dispute, as {@code docs/replay.md} explains. Amounts (US cents) are not
 * in
 * the data: they follow from the seed and the complaint's id. {@code late}: the company did not answer in time.
 * {@code filed}: when the company has it (UTC).
 */
record Script(Complaint from, Kind kind, boolean late, Reason reason, long captured, long disputed, long relief,
    long more, boolean bargains, int daysSincePaid, Instant filed) {
  private static final LocalTime FILED_AT = LocalTime.of(14, 0);
  private static final long LEAST = 1_000;
  private static final long MOST = 200_000;
  private static final int ODDS_OF_A_COUNTER_OFFER = 4;
  private static final int LONGEST_SINCE_PAID = 90;

  /** How such a life goes. */
  enum Kind {
    /** Money back, settled and verified. */
    RELIEF,
    /** Something done in kind, settled and verified. */
    SERVICE,
    /** An explanation the buyer took note of, settled and verified. */
    EXPLANATION,
    /** An explanation that the buyer did not answer. */
    SILENCE,
    /** Closed without anything; the buyer gave up. */
    WITHDRAWAL,
    /** Closed without anything, and the buyer did not give up. */
    SPLIT,
    /** The company never answered. */
    DEFAULT,
    /** A mediator's proposal ends it; no complaint tells of that, the living centre does. */
    PROPOSAL,
    /** The buyer appeals against a decision; the same holds. */
    APPEAL,
    /** The merchant promises to pay at its own provider and does not; the same holds. */
    BROKEN_PROMISE,
    /** Still open when the data was published. */
    OPEN
  }

  /** The life of {@code complaint}. */
  static Script of(Complaint complaint, long seed) {
    var random = new SplittableRandom(seed * 31 + complaint.id());
    long captured = random.nextLong(LEAST, MOST);
    long disputed = captured - random.nextLong(0, captured / 2);
    long relief = Math.max(1, disputed * random.nextInt(20, 80) / 100);
    long more = Math.max(1, (disputed - relief) / 2);
    var kind = kind(complaint);
    boolean late = !complaint.timely() && kind != Kind.DEFAULT && kind != Kind.OPEN;
    return new Script(complaint, kind, late, reason(complaint), captured, disputed, relief, more,
        random.nextInt(ODDS_OF_A_COUNTER_OFFER) == 0, random.nextInt(1, LONGEST_SINCE_PAID),
        complaint.sent().atTime(FILED_AT).toInstant(ZoneOffset.UTC));
  }

  /** The same filed at another instant (UTC), by a company that answers in time, and going as {@code other} does. */
  Script at(Instant other, Kind life) {
    return new Script(from, life, false, reason, captured, disputed, relief, more, bargains, daysSincePaid, other);
  }

  private static Kind kind(Complaint complaint) {
    boolean disputed = complaint.disputed() == Disputed.YES;
    return switch (complaint.response()) {
      case MONETARY_RELIEF, RELIEF -> Kind.RELIEF;
      case NON_MONETARY_RELIEF -> Kind.SERVICE;
      case EXPLANATION -> complaint.disputed() == Disputed.UNKNOWN ? Kind.SILENCE : Kind.EXPLANATION;
      case CLOSED, WITHOUT_RELIEF -> disputed ? Kind.SPLIT : Kind.WITHDRAWAL;
      case UNTIMELY -> Kind.DEFAULT;
      case IN_PROGRESS -> Kind.OPEN;
    };
  }

  /** Words in product, issue or sub-issue, the first that fit win. */
  private record Sign(Pattern words, Reason reason) {}

  // @formatter:off
  private static final List<Sign> SIGNS = List.of(
      sign("identity theft|not authorized|unauthorized|did not make|not made by you|embezzlement", Reason.UNAUTHORISED),
      sign("charged twice|duplicate",                                                    Reason.DUPLICATE_CHARGE),
      sign("wrong amount|incorrect|fee|interest|apr|billing|overdraft|rewards|escrow",   Reason.WRONG_AMOUNT),
      sign("not owed|not mine|was paid|discharged|did not receive|didn't receive|money was not available|delay", Reason.REFUND_NOT_RECEIVED),
      sign("clos(e|ing)|cancel",                                                         Reason.CANCELED_SUBSCRIPTION),
      sign("purchase|transaction|fraud or scam",                                         Reason.NOT_AS_DESCRIBED),
      sign("advertis|disclosure|false statement|misleading|terms",                       Reason.NOT_AS_DESCRIBED),
      sign("unable to get|can't contact|opening|getting a|application|decision",         Reason.SERVICE_NOT_PROVIDED),
      sign("trouble|problem|using|managing|management|servicing|deposits|payments|servicer|customer service", Reason.SERVICE_NOT_WORKING));
  // @formatter:on

  private static Sign sign(String words, Reason reason) {
    return new Sign(Pattern.compile(words), reason);
  }

  static Reason reason(Complaint complaint) {
    var words = (complaint.issue() + " · " + complaint.subIssue()).toLowerCase(Locale.ROOT);
    for (var sign : SIGNS) {
      if (sign.words().matcher(words).find()) return sign.reason();
    }
    return Reason.OTHER;
  }

  /** How it must end, empty for a life that stays open. */
  String outcome() {
    return switch (kind) {
      case RELIEF, SERVICE -> "SETTLED_FULFILLED";
      case EXPLANATION -> from.disputed() == Disputed.YES ? "DECIDED_FOR_MERCHANT" : "SETTLED_FULFILLED";
      case SILENCE -> "EXPIRED_BUYER_SILENT";
      case WITHDRAWAL -> "WITHDRAWN";
      case SPLIT -> "DECIDED_SPLIT";
      case DEFAULT, APPEAL -> "DECIDED_FOR_BUYER";
      case PROPOSAL -> "SETTLED_FULFILLED";
      case BROKEN_PROMISE -> "SETTLED_ENFORCED";
      case OPEN -> "";
    };
  }
}
