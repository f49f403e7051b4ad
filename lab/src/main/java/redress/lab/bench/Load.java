package redress.lab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;

/** So many callers for so long, each asking its next question when the last one is answered. */
final class Load {
  private static final long LONGEST_US = 60_000_000;

  /** One caller's work: does the next thing, and tells whether a whole life ended with it. */
  interface Caller {
    /** Does the next command and waits for its answer. */
    Step next() throws Exception;
  }

  /** What a caller's command came to. */
  enum Step {
    DONE, LIFE_OVER,
    /** Nothing is left to do; no command was sent. */
    IDLE
  }

  /** What a run came to: times in microseconds, {@code cpu} the processor time of each command. */
  record Result(long commands, long lives, long nanos, long p50, long p99, long max, long cpu) {
    long commandsPerSecond() {
      return commands * 1_000_000_000L / nanos;
    }

    long livesPerSecond() {
      return lives * 1_000_000_000L / nanos;
    }
  }

  private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_US, 3);
  private final LongAdder commands = new LongAdder();
  private final LongAdder lives = new LongAdder();
  private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
  private volatile long end;

  private final LongSupplier cpuNanos;

  private Load(LongSupplier cpuNanos) {
    this.cpuNanos = cpuNanos;
  }

  /**
   * Lets all {@code callers} work for {@code span}; {@code cpuNanos} tells the processor time used so far by
   * everything that serves them. Throws the first failure of any of them.
   */
  static Result run(List<? extends Caller> callers, Duration span, LongSupplier cpuNanos) throws Exception {
    return new Load(cpuNanos).measure(callers, span);
  }

  private Result measure(List<? extends Caller> callers, Duration span) throws Exception {
    var start = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (var caller : callers) threads.add(Thread.startVirtualThread(() -> work(caller, start)));
    long cpu = cpuNanos.getAsLong();
    long began = System.nanoTime();
    end = began + span.toNanos();
    start.countDown();
    for (var thread : threads) thread.join();
    long nanos = System.nanoTime() - began;
    long used = cpuNanos.getAsLong() - cpu;
    var failure = failures.peek();
    if (failure != null) throw failure;
    return new Result(commands.sum(), lives.sum(), nanos, histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99), histogram.getMaxValue(), used / 1_000 / Math.max(1, commands.sum()));
  }

  private void work(Caller caller, CountDownLatch start) {
    try {
      start.await();
      // Everybody looks at the clock: a thread of its own for that is starved by busy virtual ones.
      for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
        var step = caller.next();
        if (step == Step.IDLE) return;
        histogram.recordValue(Math.min(LONGEST_US, (System.nanoTime() - began) / 1_000));
        commands.increment();
        if (step == Step.LIFE_OVER) lives.increment();
      }
    } catch (Exception failed) {
      failures.add(failed);
      end = Long.MIN_VALUE;
    }
  }
}
