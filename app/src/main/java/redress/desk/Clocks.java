package redress.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import redress.store.TestClocks;

/** What time it is for a payment: the system's clock, or the test clock it was registered with. */
public final class Clocks {
  private final Clock system;
  private final TestClocks tests;

  public Clocks(Clock system, TestClocks tests) {
    this.system = system;
    this.tests = tests;
  }

  /** Now on the system's clock (UTC, microseconds: what PostgreSQL keeps). */
  public Instant now() {
    return system.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Now on {@code clock}, null for the system's. Throws IllegalArgumentException when there is no such test clock.
   */
  public Instant now(@Nullable String clock) {
    if (clock == null) return now();
    return tests.now(clock).orElseThrow(() -> new IllegalArgumentException("no test clock " + clock));
  }
}
