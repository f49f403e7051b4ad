package redress.errand;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import redress.desk.Desk;
import redress.errand.Walk.Tools;
import redress.store.Errands;
import redress.store.TestClocks;

/**
 * Lets the time of test clocks pass: everything due is done at its own instant by the same desk and the same hands as
 * on real
 * days, then the clock goes on to the next instant at which something is due. One jump and many small ones end alike.
 */
public final class TestTime {
  /** No more at once ask the database by themselves, or some would wait for a connection until they give up. */
  private static final int HANDS = 64;

  private final Tools tools;
  private final Figures figures;
  private final Pace pace;

  public TestTime(TestClocks clocks, Errands errands, Desk desk, Carrier carrier, Clock system, MeterRegistry meters,
      Pace pace) {
    this.tools = new Tools(clocks, errands, desk, carrier, system, new Semaphore(HANDS));
    this.figures = new Figures(meters);
    this.pace = pace;
  }

  /** What became of an advance. */
  public sealed interface Advance {
    /** The clock shows {@code now}; {@code steps} instants had something due, {@code errands} were done. */
    record Advanced(Instant now, int steps, int errands) implements Advance {}

    /** There is no such clock. */
    record Unknown() implements Advance {}

    /** Somebody else is advancing it (409). */
    record Busy() implements Advance {}

    /** The clock shows {@code now} already, which is later: time never goes back. */
    record Backwards(Instant now) implements Advance {}
  }

  /**
   * Advances {@code clock} to {@code to} (UTC), doing everything that falls due on the way; returns when all is quiet.
   */
  public Advance advance(String clock, Instant to) {
    var holder = UUID.randomUUID().toString();
    var clocks = tools.clocks();
    if (!clocks.hold(clock, holder, tools.system().instant(), Walk.HOLD)) {
      return clocks.now(clock).isPresent() ? new Advance.Busy() : new Advance.Unknown();
    }
    try {
      var now = clocks.now(clock).orElseThrow();
      if (to.isBefore(now)) return new Advance.Backwards(now);
      return new Walk(tools, new Outcomes(tools.errands(), figures, pace), clock, holder, now).to(to);
    } finally {
      clocks.release(clock, holder);
    }
  }
}
