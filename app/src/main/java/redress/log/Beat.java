package redress.log;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does a round, waits for an interval or until it is woken, and ends after the round it is in. */
final class Beat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Beat.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Duration interval;
  private final Runnable round;
  private final Semaphore woken = new Semaphore(0);
  private volatile @Nullable Thread thread;

  /** {@code interval} lies between the end of a round and the beginning of the next; one that fails is only logged. */
  Beat(String name, Duration interval, Runnable round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
  }

  /** Begins with a round; does nothing when it runs already. */
  synchronized void start() {
    if (thread != null) return;
    var fresh = Thread.ofPlatform().name(name).unstarted(this::run);
    thread = fresh;
    fresh.start();
  }

  /** Does the next round at once, or, in the middle of one, right after it. */
  void wake() {
    woken.release();
  }

  private void run() {
    try {
      while (Thread.currentThread() == thread) {
        try {
          round.run();
        } catch (RuntimeException e) {
          log.warn("What {} does could not be done now: {}", name, e.toString());
        }
        // However often it was woken meanwhile: one round takes in all of it.
        if (woken.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override public void close() {
    Thread last;
    synchronized (this) {
      last = thread;
      thread = null;
    }
    if (last == null) return;
    wake();
    try {
      last.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
