package redress.notify;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Settlement;
import redress.dispute.Stage;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/**
 * The dates that an agreement or ruling leads to, all UTC: until when its information is confirmed, and the three days
 * of
 * verification. {@code exact} false: each date is the latest there can be, as long as no problem is found.
 */
public record KeyDates(Instant confirmBy, boolean exact, List<Day> days) {
  public KeyDates {
    days = List.copyOf(days);
  }

  /** One day of verification: it begins at {@code from} and is over at {@code to}. */
  public record Day(int number, Instant from, Instant to) {}

  /** The dates of {@code matter}; empty while nothing is settled, while a problem stops it, and after the end. */
  public static Optional<KeyDates> of(Matter matter) {
    var settlement = matter.dispute().settlement();
    if (settlement == null) return Optional.empty();
    var rules = matter.rules();
    return switch (matter.dispute().stage()) {
      case Stage.Confirming s -> Optional.of(expected(matter, settlement, s.due()));
      case Stage.Performing s -> Optional.of(expected(matter, settlement, v0(matter, settlement)));
      case Stage.Auditing s -> Optional.of(exact(rules, settlement, s.ends().minus(day(rules, 1)), s.ends()));
      case Stage.FollowingUp s -> {
        var start = s.ends().minus(day(rules, 2));
        yield Optional.of(exact(rules, settlement, start.minus(day(rules, 1)), start));
      }
      case Stage.Concluding s -> {
        var start = s.ends().minus(day(rules, 3)).minus(day(rules, 2));
        yield Optional.of(exact(rules, settlement, start.minus(day(rules, 1)), start));
      }
      case Stage.NotFiled s -> Optional.empty();
      case Stage.Negotiating s -> Optional.empty();
      case Stage.Queued s -> Optional.empty();
      case Stage.Mediating s -> Optional.empty();
      case Stage.AwaitingEvidence s -> Optional.empty();
      case Stage.Proposed s -> Optional.empty();
      case Stage.Decided s -> Optional.empty();
      case Stage.Appealed s -> Optional.empty();
      case Stage.Excepted s -> Optional.empty();
      case Stage.Closed s -> Optional.empty();
    };
  }

  /**
   * When {@code obligation} has to be kept, or, while that hangs on something still to come, the latest instant it can:
   * each step before it taken on its last day.
   */
  public static Instant promised(Matter matter, Obligation obligation) {
    var due = obligation.due();
    if (due != null) return due;
    var rules = matter.rules();
    var before = matter.dispute().obligation(obligation.after()).orElse(null);
    if (before == null) return v0(matter, matter.dispute().settled()).plus(within(rules, obligation));
    var start = promised(matter, before);
    if (obligation.kind() != Obligation.Kind.ACKNOWLEDGE_RETURN) return start.plus(within(rules, obligation));
    // What is due for a parcel on its way is its arrival already.
    if (before.state() != Obligation.State.SHIPPED) start = start.plus(rules.length(Deadline.RETURN_TRANSIT));
    return obligation.promise().within() != null ? start.plus(within(rules, obligation))
        : businessDays(start, within(rules, obligation), matter.dispute().about().buyerZone());
  }

  /**
   * The latest end of {@code length} in whole days, Saturdays and Sundays of the zone not counted, for anything that
   * starts
   * by {@code start}: what starts on a Friday night ends later than what starts on the Saturday morning after.
   */
  private static Instant businessDays(Instant start, Duration length, ZoneId zone) {
    var day = start.atZone(zone);
    while (isWeekend(day)) day = day.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS);
    for (long left = length.toDays(); left > 0; left -= isWeekend(day) ? 0 : 1) day = day.plusDays(1);
    return day.toInstant();
  }

  private static boolean isWeekend(ZonedDateTime day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static Duration within(RuleSet rules, Obligation obligation) {
    var own = obligation.promise().within();
    return own != null ? own : rules.length(switch (obligation.kind()) {
      case REFUND, COMPENSATION -> Deadline.OBLIGATION_REFUND;
      case RETURN_ITEM -> Deadline.RETURN_SHIP;
      case ACKNOWLEDGE_RETURN -> Deadline.RETURN_ACKNOWLEDGE;
      case SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER -> Deadline.REPLACEMENT_SHIP;
    });
  }

  /** V0, or the latest it can be. */
  private static Instant v0(Matter matter, Settlement settlement) {
    var v0 = settlement.v0();
    if (v0 != null) return v0;
    return matter.dispute().stage() instanceof Stage.Confirming confirming ? confirming.due()
        : matter.rules().due(Deadline.SETTLEMENT_CONFIRM, settlement.t0());
  }

  private static KeyDates expected(Matter matter, Settlement settlement, Instant v0) {
    var rules = matter.rules();
    var last = matter.dispute().obligations().stream().filter(o -> !o.state().isOver()).map(o -> promised(matter, o))
        .max(Instant::compareTo).orElse(v0);
    var a0 = last.isAfter(v0.plus(day(rules, 1))) ? last : v0;
    return dates(rules, settlement, false, a0, a0.plus(day(rules, 1)));
  }

  private static KeyDates exact(RuleSet rules, Settlement settlement, Instant a0, Instant day1Ends) {
    return dates(rules, settlement, true, started(settlement, a0), day1Ends);
  }

  private static Instant started(Settlement settlement, Instant otherwise) {
    var a0 = settlement.a0();
    return a0 != null ? a0 : otherwise;
  }

  private static KeyDates dates(RuleSet rules, Settlement settlement, boolean exact, Instant a0, Instant day1Ends) {
    var day2Ends = day1Ends.plus(day(rules, 2));
    return new KeyDates(rules.due(Deadline.SETTLEMENT_CONFIRM, settlement.t0()), exact,
        List.of(new Day(1, a0, day1Ends),
            new Day(2, day1Ends, day2Ends), new Day(3, day2Ends, day2Ends.plus(day(rules, 3)))));
  }

  private static Duration day(RuleSet rules, int number) {
    return rules.length(switch (number) {
      case 1 -> Deadline.VERIFICATION_DAY1;
      case 2 -> Deadline.VERIFICATION_DAY2;
      default -> Deadline.VERIFICATION_DAY3;
    });
  }
}
