package redress.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition until a deadline. */
final class Patience {

  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private Patience() {}

  /** Whether the condition came true within the time given. */
  static boolean until(Duration time, BooleanSupplier condition) {
    var deadline = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }
}
