package redress.command;

import static redress.dispute.Status.*;

import java.time.Duration;
import java.time.Instant;
import redress.command.Script.Kind;
import redress.dispute.Status;

/**
 * Where in its life a dispute of the living centre is found: after {@code from} to {@code to} hours, with nothing said
 * by anybody after {@code until}. Hours are counted from the filing.
 */
enum Moment {
  // @formatter:off
  JUST_FILED      (AWAITING_MERCHANT, Kind.OPEN,           12,  200,   1,   70),
  EXPLAINED       (AWAITING_BUYER,    Kind.SILENCE,        10,  200,  21,  200),
  CALLED_IN       (MEDIATION_QUEUED,  Kind.SPLIT,           7,   75,  75,  110),
  TAKEN           (MEDIATING,         Kind.SPLIT,           8,   77,  77,  200),
  ASKED           (AWAITING_EVIDENCE, Kind.DEFAULT,         5,   75,  75,  118),
  SUGGESTED       (PROPOSED,          Kind.PROPOSAL,        6,   78,  79,  140),
  RULED           (DECIDED,           Kind.SPLIT,           6,   78,  79,  300),
  DOUBTED         (APPEALED,          Kind.APPEAL,          4,   80,  81,  200),
  AGREED          (CONFIRMING,        Kind.RELIEF,          5,   26,  27,   48),
  UNDER_WAY       (PERFORMING,        Kind.SERVICE,         6,   27,  28,  120),
  FIRST_DAY       (AUDITING,          Kind.RELIEF,          6,   27,  28,   50),
  SECOND_DAY      (FOLLOWING_UP,      Kind.RELIEF,          7,   27,  52,   74),
  THIRD_DAY       (CONCLUDING,        Kind.RELIEF,          5,   80,  76,   98),
  NOT_PAID        (EXCEPTION,         Kind.BROKEN_PROMISE,  6,   27,  52,   74),
  REFUNDED        (CLOSED,            Kind.RELIEF,          9, 1000, 130, 1000),
  REDONE          (CLOSED,            Kind.SERVICE,         4, 1000, 130, 1000),
  LEFT            (CLOSED,            Kind.SILENCE,         3, 1000, 270, 1000),
  WITHDRAWN       (CLOSED,            Kind.WITHDRAWAL,      4, 1000,  30, 1000),
  SHARED          (CLOSED,            Kind.SPLIT,           2, 1000, 160, 1000),
  NEVER_ANSWERED  (CLOSED,            Kind.DEFAULT,         2, 1000, 445, 1000),
  MEDIATED        (CLOSED,            Kind.PROPOSAL,        1, 1000, 210, 1000),
  OVERTURNED      (CLOSED,            Kind.APPEAL,          1, 1000, 240, 1000),
  ENFORCED        (CLOSED,            Kind.BROKEN_PROMISE,  1, 1000, 160, 1000);
  // @formatter:on

  /** Where the dispute then is. */
  final Status status;
  /** How its life goes. */
  final Kind kind;
  /** How many such disputes there are. */
  final int lives;
  /** The hour after which nobody says anything more. */
  final int until;
  private final int from;
  private final int to;

  Moment(Status status, Kind kind, int lives, int until, int from, int to) {
    this.status = status;
    this.kind = kind;
    this.lives = lives;
    this.until = until;
    this.from = from;
    this.to = to;
  }

  /** When the dispute with this number, from 0, was filed to be there {@code now} (UTC). */
  Instant filed(int number, Instant now) {
    var youngest = Duration.ofHours(from);
    var span = Duration.ofHours(to).minus(youngest);
    return now.minus(youngest).minus(span.multipliedBy(2L * number + 1).dividedBy(2L * lives));
  }
}
