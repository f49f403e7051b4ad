package redress.errand;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a condition, with a deadline. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Returns as soon as {@code condition} holds; throws AssertionError when it does not within 20 seconds. */
  static void until(String what, BooleanSupplier condition) {
    until(what, condition, PATIENCE);
  }

  /** The same with another patience. */
  static void until(String what, BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private Waiting() {}
}
