package redress.errand;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import redress.dispute.Errand;
import redress.store.Errands;
import redress.store.Errands.Due;
import redress.store.Errands.Work;

/** What is measured of errands: how late deadlines are, how each kind ends, and how many are parked. */
final class Figures {
  private final MeterRegistry meters;
  private final Timer lateness;

  Figures(MeterRegistry meters) {
    this.meters = meters;
    this.lateness = Timer.builder("redress.deadline.lateness")
        .description("From the instant a deadline passed to the desk's answer")
        .publishPercentileHistogram()
        .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1)).register(meters);
  }

  /** Counts what lies aside whenever somebody reads the figures. */
  void parked(Errands errands) {
    Gauge.builder("redress.errands.parked", errands, Errands::countParked)
        .description("Errands that failed too often and wait to be resumed").strongReference(true).register(meters);
  }

  /** Counts what waits to be done whenever somebody reads the figures. */
  void due(Errands errands, Supplier<Instant> now) {
    Gauge.builder("redress.errands.due", () -> errands.countDue(now.get()))
        .description("Deadlines and errands that are due and not begun").strongReference(true).register(meters);
  }

  void passed(Instant due, Instant now) {
    lateness.record(Duration.between(due, now));
  }

  void ended(Due due, String how) {
    meters.counter("redress.errands", "kind", kind(due.work()), "end", how).increment();
  }

  static String kind(Work work) {
    return switch (work) {
      case Work.Passing _ -> "deadline";
      case Work.Outside(Errand errand) -> errand.getClass().getSimpleName();
    };
  }
}
