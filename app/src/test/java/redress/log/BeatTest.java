package redress.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds come at intervals and when they are asked for, whatever one of them runs into, until it is over. */
@Timeout(60)
class BeatTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Semaphore rounds = new Semaphore(0);

  @Test void a_round_comes_at_once_and_another_after_every_interval() throws Exception {
    try (var beat = new Beat("tested", Duration.ofMillis(1), rounds::release)) {
      assertThat(rounds.tryAcquire()).as("before it began").isFalse();
      beat.start();
      beat.start();
      assertThat(rounds.tryAcquire(5, 30, SECONDS)).isTrue();
    }
  }

  @Test void woken_it_does_not_wait_for_the_interval_not_even_when_that_was_in_the_middle_of_a_round()
      throws Exception {
    var entered = new Semaphore(0);
    try (var beat = new Beat("tested", LONG, () -> {
      entered.release();
      rounds.acquireUninterruptibly();
    })) {
      beat.start();
      for (int i = 0; i < 3; i++) {
        assertThat(entered.tryAcquire(30, SECONDS)).isTrue();
        beat.wake();
        beat.wake();
        rounds.release();
      }
      assertThat(entered.tryAcquire(30, SECONDS)).isTrue();
      rounds.release();
    }
    assertThat(entered.availablePermits()).as("two calls in one round are one more").isZero();
  }

  @Test void a_round_that_fails_is_not_the_last() throws Exception {
    try (var beat = new Beat("tested", Duration.ofMillis(1), () -> {
      rounds.release();
      throw new IllegalStateException("as a test wants it");
    })) {
      beat.start();
      assertThat(rounds.tryAcquire(3, 30, SECONDS)).isTrue();
    }
  }

  @Test void it_ends_after_the_round_it_is_in() throws Exception {
    var begun = new CountDownLatch(1);
    var over = new AtomicBoolean();
    var count = new AtomicInteger();
    var beat = new Beat("tested", LONG, () -> {
      begun.countDown();
      rounds.acquireUninterruptibly();
      count.incrementAndGet();
      over.set(true);
    });
    beat.close();
    beat.start();
    assertThat(begun.await(30, SECONDS)).isTrue();
    var closing = Thread.ofVirtual().start(beat::close);
    assertThat(over).isFalse();
    rounds.release();
    closing.join();
    assertThat(over).isTrue();
    assertThat(count).hasValue(1);
  }
}
