package redress.errand;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.dispute.Timer;
import redress.store.Errands;
import redress.store.Errands.Due;
import redress.store.Errands.Work;
import redress.store.TestClocks;

/**
 * Lets the time of test clocks pass: everything due is done at its own instant by the same desk and the same hands as
 * on real
 * days, then the clock goes on to the next instant at which something is due. One jump and many small ones end alike.
 */
public final class TestTime {
  private static final int AHEAD = 64;
  private static final int ENDLESS = 10_000;
  private static final Duration HOLD = Duration.ofMinutes(1);
  private static final Duration BREATH = Duration.ofMillis(20);

  private final TestClocks clocks;
  private final Errands errands;
  private final Desk desk;
  private final Carrier carrier;
  private final Clock system;
  private final Figures figures;
  private final Pace pace;

  public TestTime(TestClocks clocks, Errands errands, Desk desk, Carrier carrier, Clock system, MeterRegistry meters,
      Pace pace) {
    this.clocks = clocks;
    this.errands = errands;
    this.desk = desk;
    this.carrier = carrier;
    this.system = system;
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
    if (!clocks.hold(clock, holder, system.instant(), HOLD)) {
      return clocks.now(clock).isPresent() ? new Advance.Busy() : new Advance.Unknown();
    }
    try {
      var now = clocks.now(clock).orElseThrow();
      return to.isBefore(now) ? new Advance.Backwards(now) : new Walk(clock, holder, now).to(to);
    } finally {
      clocks.release(clock, holder);
    }
  }

  /**
   * One advance of one clock. The clock is moved in the store only before the desk may hear of something: until then
   * nobody can
   * tell the difference.
   */
  private final class Walk {
    private final String clock;
    private final String holder;
    private final Outcomes outcomes = new Outcomes(errands, figures, pace);
    private final Map<DisputeId, Matter> known = new ConcurrentHashMap<>();
    private final Set<String> passedHere = ConcurrentHashMap.newKeySet();
    private volatile boolean stirred;
    private Instant now;
    private Instant shown;
    private Instant heldUntil = Instant.EPOCH;
    private int steps;
    private int done;

    Walk(String clock, String holder, Instant now) {
      this.clock = clock;
      this.holder = holder;
      this.now = now;
      this.shown = now;
    }

    Advance to(Instant target) {
      int rounds = 0;
      var before = now;
      for (var ahead = ahead(target); !ahead.isEmpty(); ahead = ahead(target)) {
        rounds = now.equals(before) ? rounds + 1 : 0;
        before = now;
        if (rounds > ENDLESS) throw new IllegalStateException("clock " + clock + " finds no quiet at " + now);
        walk(ahead);
      }
      now = target;
      show();
      return new Advance.Advanced(now, steps, done);
    }

    private List<Due> ahead(Instant target) {
      outcomes.write();
      if (system.instant().isAfter(heldUntil.minus(HOLD.dividedBy(2)))) hold();
      return errands.ahead(clock, AHEAD).stream().takeWhile(one -> !one.due().isAfter(target)).toList();
    }

    /** From one instant to the next, until something has happened that may have put other errands in front. */
    private void walk(List<Due> ahead) {
      stirred = false;
      int from = 0;
      while (from < ahead.size() && !stirred) {
        var at = ahead.get(from).due();
        if (at.isAfter(now)) {
          now = at;
          steps++;
          passedHere.clear();
        }
        int to = from;
        while (to < ahead.size() && !ahead.get(to).due().isAfter(now)) to++;
        run(ahead.subList(from, to));
        from = to;
      }
    }

    private void hold() {
      var until = system.instant().plus(HOLD);
      if (!clocks.advance(clock, holder, now, until)) {
        throw new IllegalStateException("clock " + clock + " was taken by somebody else");
      }
      heldUntil = until;
      shown = now;
    }

    private synchronized void show() {
      if (!shown.equals(now)) hold();
    }

    /** In order within a payment; payments do not wait for each other. */
    private void run(List<Due> due) {
      var homes =
          due.stream().collect(Collectors.groupingBy(one -> one.dispute().home(), TreeMap::new, Collectors.toList()));
      if (homes.size() == 1) {
        due.forEach(this::run);
      } else {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (var home : homes.values()) threads.execute(() -> home.forEach(this::run));
        }
      }
      done += due.size();
    }

    private void run(Due due) {
      try {
        switch (due.work()) {
          case Work.Passing(var timer) -> pass(due, timer);
          case Work.Outside(var errand) -> carry(due, errand);
        }
      } catch (Says.Unserved busy) {
        unserved(due);
      } catch (RuntimeException e) {
        stirred = true;
        outcomes.failed(due, e, now);
      }
    }

    private void carry(Due due, Errand errand) {
      var matter = known.computeIfAbsent(due.dispute(), _ -> carrier.matter(due));
      boolean speaks = carrier.speaks(errand, matter);
      if (speaks) {
        show();
        known.remove(due.dispute());
        matter = carrier.matter(due);
      }
      var course = carrier.carry(due, errand, matter, now);
      if (speaks || course instanceof Course.Later) stirred = true;
      outcomes.took(due, course, now);
    }

    private void pass(Due due, Timer timer) {
      show();
      stirred = true;
      known.remove(due.dispute());
      var passing = new Command.Pass(timer.deadline(), timer.about(), timer.due());
      switch (desk.handle(Request.system(due.dispute(), passing))) {
        case Answer.Done passed -> {
          // The desk has put the next deadline in its place; if not, it must not come due at this instant for ever.
          boolean again = !passedHere.add(due.dispute() + "." + due.n());
          if (passed.events().isEmpty() || again) throw new IllegalStateException("the deadline passes without effect");
          known.put(due.dispute(), passed.after());
        }
        case Answer.Refused refused -> throw new IllegalStateException(refused.why().name());
        case Answer.Busy _,Answer.KeyInFlight _,Answer.VersionMismatch _ -> unserved(due);
        case Answer.Repeated _,Answer.KeyReused _ -> throw new IllegalStateException("a deadline has no key");
      }
    }

    private void unserved(Due due) {
      stirred = true;
      outcomes.unserved(due, now, "the desk is busy");
      LockSupport.parkNanos(BREATH.toNanos());
    }
  }
}
