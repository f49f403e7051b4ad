package redress.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import redress.api.Figures;
import redress.api.Figures.FiguresView;
import redress.api.Figures.OutcomesView;

/**
 * The figures that everybody may see, counted at most every ten minutes: whoever asks again and again neither burdens
 * the database nor sees a single dispute come and go.
 */
public final class PublicFigures {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MONTHS = 6;

  private final Figures figures;
  private final Clock clock;
  private final ConcurrentMap<Span, Counted> known = new ConcurrentHashMap<>();

  public PublicFigures(Figures figures, Clock clock) {
    this.figures = figures;
    this.clock = clock;
  }

  private record Span(boolean live, int days) {}

  /** One month (UTC) of the calendar. */
  public record Month(Instant from, FiguresView figures) {}

  /** What was counted at {@code at} (UTC): the whole span, how it ended, and the last months one by one. */
  public record Counted(Instant at, FiguresView figures, OutcomesView outcomes, List<Month> months) {
    public Counted {
      months = List.copyOf(months);
    }
  }

  /** Of live or test disputes, those filed in the last {@code days} (0: ever). */
  Counted of(boolean live, int days) {
    return known.compute(new Span(live, days), (span, old) -> isFresh(old) ? old : count(span));
  }

  private boolean isFresh(@Nullable Counted counted) {
    return counted != null && clock.instant().isBefore(counted.at().plus(KEPT));
  }

  private Counted count(Span span) {
    var now = clock.instant();
    var from = span.days() == 0 ? null : now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(span.days()));
    return new Counted(now, figures.view(span.live(), null, from, null), figures.outcomes(span.live(), from, null),
        months(span.live(), now));
  }

  private List<Month> months(boolean live, Instant now) {
    var start = now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).minusMonths(MONTHS - 1L);
    var months = new ArrayList<Month>();
    for (int n = 0; n < MONTHS; n++) {
      var from = start.plusMonths(n).atStartOfDay(ZoneOffset.UTC).toInstant();
      var to = start.plusMonths(n + 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
      months.add(new Month(from, figures.view(live, null, from, to)));
    }
    return months;
  }
}
