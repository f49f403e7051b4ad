package redress.errand;

import java.time.Duration;
import java.time.Instant;

/** When to ask or try again: at a silent provider patiently, after a failure sooner at first, and not for ever. */
public record Pace(int tries, Duration first, Duration longest) {
  /** Eight tries within about two hours. */
  public static final Pace STANDARD = new Pace(8, Duration.ofSeconds(2), Duration.ofHours(1));

  private static final Duration SOON = Duration.ofMinutes(5);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration A_DAY = Duration.ofDays(1);

  /** When to ask next about something that is not known since {@code since}; always after {@code now}. */
  static Instant enquiry(Instant since, Instant now) {
    var first = since.plus(SOON);
    if (now.isBefore(first)) return first;
    var second = since.plus(AN_HOUR);
    if (now.isBefore(second)) return second;
    long days = Duration.between(second, now).dividedBy(A_DAY) + 1;
    return second.plus(A_DAY.multipliedBy(days));
  }

  /**
   * When to look again at something that has a day's time: hourly on the first day, then daily; always after
   * {@code now}.
   */
  static Instant look(Instant since, Instant now) {
    var soon = since.plus(SOON);
    if (now.isBefore(soon)) return soon;
    var pace = now.isBefore(since.plus(A_DAY)) ? AN_HOUR : A_DAY;
    return since.plus(pace.multipliedBy(Duration.between(since, now).dividedBy(pace) + 1));
  }

  /** When to try again after the {@code tried}th failure. */
  Instant retry(int tried, Instant now) {
    var wait = first;
    for (int i = 1; i < tried && wait.compareTo(longest) < 0; i++) wait = wait.multipliedBy(4);
    return now.plus(wait.compareTo(longest) < 0 ? wait : longest);
  }

  /** Whether enough was tried. */
  boolean isOver(int tried) {
    return tried >= tries;
  }
}
