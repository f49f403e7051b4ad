package redress.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * One published version of the rules' figures: how long each deadline is (ISO 8601 durations) and where the limits lie.
 * A dispute keeps the version it was filed under.
 */
public record RuleSet(String version, Instant effectiveFrom, Map<Deadline, Duration> deadlines, Duration offerMin,
    Duration offerMax, Duration evidenceMin, Duration breachAfter, Duration followUpSpacing, int wakingFromHour,
    int wakingToHour, Duration escalateAfter, Limits limits) {

  public RuleSet {
    var all = new EnumMap<Deadline, Duration>(Deadline.class);
    for (var deadline : Deadline.values()) all.put(deadline, deadlines.getOrDefault(deadline, deadline.standard));
    deadlines = Map.copyOf(all);
  }

  /** The first rule set: the figures of the published process. */
  public static final RuleSet STANDARD = new RuleSet("2026-1", Instant.parse("2020-01-01T00:00:00Z"), Map.of(),
      Duration.parse("PT24H"), Duration.parse("P10D"), Duration.parse("PT24H"), Duration.parse("PT1M"),
      Duration.parse("PT3H"), 9, 20,
      Duration.parse("PT72H"), Limits.STANDARD);

  /** How long {@code deadline} is under this version. */
  public Duration length(Deadline deadline) {
    return deadlines.getOrDefault(deadline, deadline.standard);
  }

  /** How long {@code deadline} is, as people write it (ISO 8601). */
  public String written(Deadline deadline) {
    return length(deadline).equals(deadline.standard) ? deadline.written : written(length(deadline));
  }

  /** {@code length} as people write it (ISO 8601): whole days from four on in days, anything else in hours. */
  public static String written(Duration length) {
    boolean days = length.compareTo(Duration.ofDays(4)) >= 0 && length.equals(Duration.ofDays(length.toDays()));
    return days ? "P" + length.toDays() + "D" : length.toString();
  }

  /** The instant at which {@code deadline} passes when it starts to run at {@code start}. */
  public Instant due(Deadline deadline, Instant start) {
    return start.plus(length(deadline));
  }
}
