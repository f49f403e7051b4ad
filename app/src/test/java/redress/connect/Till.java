package redress.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The books behind a provider's stand-in: what was paid in and what was paid back, in minor units. They know nothing of
 * Redress, and nothing of any connector. Its clock is the machine's or the test's, ahead of it as far as it was put.
 */
public final class Till {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Map<String, Paid> payments = new LinkedHashMap<>();
  private final Map<String, Back> refunds = new LinkedHashMap<>();
  private final Map<String, Boolean> slow = new LinkedHashMap<>();
  private InstantSource clock = Clock.systemUTC();
  private Duration ahead = Duration.ZERO;

  /** A captured payment; {@code number} counts them, for whatever the provider makes a number of its own of. */
  public record Paid(String id, int number, long minor, String currency, Instant at) {}

  /** How a refund stands. */
  public enum State { ON_ITS_WAY, ARRIVED, FAILED }

  /** A refund; {@code arrives} tells how it will end when it is on its way. */
  public record Back(String reference, int number, Paid payment, long minor, Instant at, State state,
      boolean arrives) {}

  /** What became of an order. */
  public enum Outcome { MADE, REPEATED, OTHER_AMOUNT, TOO_MUCH }

  public synchronized Instant now() {
    return clock.instant().plus(ahead);
  }

  /** Lives by this clock from now on. */
  public synchronized void liveBy(InstantSource other) {
    clock = other;
  }

  /** How many refunds under this reference moved money or are about to. */
  public synchronized long effects(String reference) {
    return refund(reference).stream().filter(it -> it.state() != State.FAILED).count();
  }

  public synchronized Paid payIn(long minor, String currency) {
    int number = NUMBERS.incrementAndGet();
    var paid = new Paid("order-%s-%d".formatted(Long.toString(System.nanoTime(), 36), number), number, minor, currency,
        now());
    payments.put(paid.id(), paid);
    return paid;
  }

  public synchronized Optional<Paid> payment(String id) {
    return Optional.ofNullable(payments.get(id));
  }

  public synchronized List<Paid> payments() {
    return List.copyOf(payments.values());
  }

  /** Pays back once for a reference, and never more than came in. */
  public synchronized Outcome payBack(Paid payment, String reference, long minor) {
    var before = refunds.get(reference);
    if (before != null) {
      return before.payment().equals(payment) && before.minor() == minor ? Outcome.REPEATED : Outcome.OTHER_AMOUNT;
    }
    if (promised(payment) + minor > payment.minor()) return Outcome.TOO_MUCH;
    var ends = slow.remove(payment.id());
    refunds.put(reference, new Back(reference, NUMBERS.incrementAndGet(), payment, minor, now(),
        ends == null ? State.ARRIVED : State.ON_ITS_WAY, ends == null || ends));
    return Outcome.MADE;
  }

  public synchronized Optional<Back> refund(String reference) {
    return Optional.ofNullable(refunds.get(reference));
  }

  public synchronized List<Back> refunds(Paid payment) {
    return refunds.values().stream().filter(it -> it.payment().equals(payment)).toList();
  }

  /** What is paid back of it or on its way. */
  public synchronized long promised(Paid payment) {
    return refunds(payment).stream().filter(it -> it.state() != State.FAILED).mapToLong(Back::minor).sum();
  }

  public synchronized long paidBack(String payment) {
    return payment(payment).stream().flatMap(it -> refunds(it).stream()).filter(it -> it.state() == State.ARRIVED)
        .mapToLong(Back::minor).sum();
  }

  public synchronized void slowNext(String payment, boolean arrives) {
    slow.put(payment, arrives);
  }

  /** Two days later everything has come to its end. */
  public synchronized Instant later() {
    ahead = ahead.plus(Duration.ofDays(2));
    settle();
    return now();
  }

  /** Everything comes to its end at once. */
  public synchronized void settle() {
    refunds.replaceAll((_, it) -> it.state() != State.ON_ITS_WAY ? it
        : new Back(it.reference(), it.number(), it.payment(), it.minor(), it.at(),
            it.arrives() ? State.ARRIVED : State.FAILED, it.arrives()));
  }
}
