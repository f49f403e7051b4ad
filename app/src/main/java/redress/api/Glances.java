package redress.api;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.dispute.Refund;
import redress.store.Errands;
import redress.view.Seats;
import redress.view.Seats.At;

/**
 * Has the provider asked at once when somebody looks at a dispute whose money is late, at most every five minutes in
 * each server process. The look itself waits for nothing.
 */
public final class Glances {
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final int REMEMBERED = 100_000;

  private final Errands errands;
  private final Seats seats;
  private final ConcurrentMap<String, Instant> asked = new ConcurrentHashMap<>();

  public Glances(Errands errands, Seats seats) {
    this.errands = errands;
    this.seats = seats;
  }

  /** Somebody looks at this dispute. */
  public void at(At at, Matter matter) {
    if (matter.dispute().refunds().stream().noneMatch(it -> it.state().isInFlight())) return;
    var now = seats.now(at.place());
    for (var refund : matter.dispute().refunds()) if (isLate(refund, now)) ask(at, refund, now);
  }

  private void ask(At at, Refund refund, Instant now) {
    if (asked.size() > REMEMBERED) asked.clear();
    var key = refund.reference(at.id());
    var next = asked.get(key);
    if (next != null && now.isBefore(next)) return;
    boolean first = next == null ? asked.putIfAbsent(key, now.plus(PAUSE)) == null
        : asked.replace(key, next, now.plus(PAUSE));
    if (first) errands.add(at.id(), "look." + refund.id(), now, new Errand.Enquire(now, refund.id()));
  }

  private static boolean isLate(Refund refund, Instant now) {
    return switch (refund.state()) {
      case UNKNOWN -> true;
      case PROCESSING -> refund.arrival() == null || refund.arrival().isBefore(now);
      case REQUESTED, SUCCEEDED, FAILED, REVERSED -> false;
    };
  }
}
