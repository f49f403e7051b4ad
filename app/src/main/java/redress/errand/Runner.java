package redress.errand;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command;
import redress.dispute.Errand;
import redress.dispute.Timer;
import redress.errand.Telling.Word;
import redress.store.Errands;
import redress.store.Errands.Due;
import redress.store.Errands.Work;

/**
 * Does what is due by the system's clock: lets deadlines pass at the desk, many at once, and runs everything outside on
 * virtual
 * threads. At least once, never inside a request; several processes may run one each on the same database.
 */
public final class Runner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  private final Errands errands;
  private final Desk desk;
  private final Carrier carrier;
  private final Clock clock;
  private final Settings settings;
  private final Figures figures;
  private final Outcomes outcomes;
  private final Semaphore places;
  private volatile @Nullable Thread thread;

  /**
   * How it runs: how many errands at once, how often it looks when nothing is due, and how long a claimed errand may
   * take
   * before somebody else takes it up.
   */
  public record Settings(int atOnce, Duration look, Duration patience) {
    /** Deadlines late by a tenth of a second at most, when the machine keeps up. */
    public static final Settings STANDARD = new Settings(512, Duration.ofMillis(100), Duration.ofSeconds(30));
  }

  public Runner(Errands errands, Desk desk, Carrier carrier, Clock clock, MeterRegistry meters, Pace pace,
      Settings settings) {
    this.errands = errands;
    this.desk = desk;
    this.carrier = carrier;
    this.clock = clock;
    this.settings = settings;
    this.figures = new Figures(meters);
    this.outcomes = new Outcomes(errands, figures, pace);
    this.places = new Semaphore(settings.atOnce());
    figures.parked(errands);
    figures.due(errands, this::now);
  }

  /** Begins to run; does nothing when it runs already. */
  public synchronized void start() {
    if (thread != null) return;
    var fresh = Thread.ofPlatform().name("runner").unstarted(this::run);
    thread = fresh;
    fresh.start();
  }

  /** Looks at once instead of at the next turn. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Claims nothing more, waits for what it does, and writes down what came of it. */
  @Override public void close() {
    Thread last;
    synchronized (this) {
      last = thread;
      thread = null;
    }
    if (last == null) return;
    LockSupport.unpark(last);
    try {
      last.join(settings.patience());
      // What is not over by then comes due again, here or elsewhere.
      if (places.tryAcquire(settings.atOnce(), settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        places.release(settings.atOnce());
      }
      outcomes.write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (Thread.currentThread() == thread) {
      try {
        outcomes.write();
        if (!takeUp()) LockSupport.parkNanos(settings.look().toNanos());
      } catch (RuntimeException e) {
        log.warn("Errands cannot be looked at now: {}", e.toString());
        LockSupport.parkNanos(settings.look().multipliedBy(10).toNanos());
      }
    }
  }

  /** Claims what is due, as far as there is room, and starts it. True when there may be more. */
  private boolean takeUp() {
    int room = places.availablePermits();
    if (room == 0) return false;
    var due = errands.claim(now(), room, settings.patience());
    var words = new LinkedHashMap<Due, Errand>();
    for (var one : due) {
      places.acquireUninterruptibly();
      switch (one.work()) {
        case Work.Passing(var timer) -> pass(one, timer);
        case Work.Outside(var errand) -> {
          if (Telling.isWord(errand)) words.put(one, errand);
          else start(one, () -> alone(one, errand));
        }
      }
    }
    if (!words.isEmpty()) Thread.ofVirtual().name("notices").start(() -> tell(words));
    return due.size() == room;
  }

  private void start(Due due, Supplier<Course> work) {
    Thread.ofVirtual().name("errand").start(() -> carry(due, work));
  }

  /** Notices are written together; then each is sent outside by itself. */
  private void tell(Map<Due, Errand> words) {
    var left = begin(words).iterator();
    words.keySet().forEach(due -> start(due, left.next()));
  }

  private List<Supplier<Course>> begin(Map<Due, Errand> words) {
    var known = new ArrayList<Word>();
    try {
      var matters = carrier.matters(words.keySet().stream().map(Due::dispute).collect(Collectors.toSet()));
      words.forEach((due, errand) -> known.add(
          new Word(due, errand, Optional.ofNullable(matters.get(due.dispute())).orElseThrow())));
      return carrier.tell(known, now());
    } catch (RuntimeException e) {
      log.info("Notices cannot be written together: {}", e.toString());
      return words.entrySet().stream()
          .<Supplier<Course>>map(word -> () -> alone(word.getKey(), word.getValue())).toList();
    }
  }

  private Course alone(Due due, Errand errand) {
    return carrier.carry(due, errand, carrier.matter(due), now());
  }

  private void pass(Due due, Timer timer) {
    var passing = new Command.Pass(timer.deadline(), timer.about(), timer.due());
    // The answer comes on the desk's own thread, so no more than a note is taken there.
    var _ = desk.ask(Request.system(due.dispute(), passing)).whenComplete((answer, bug) -> {
      try {
        if (bug != null) outcomes.failed(due, bug, now());
        else passed(due, timer, answer);
      } finally {
        places.release();
      }
    });
  }

  private void passed(Due due, Timer timer, Answer answer) {
    switch (answer) {
      case Answer.Done _ -> figures.passed(timer.due(), now());
      case Answer.Refused refused -> outcomes.failed(due, new IllegalStateException(refused.why().name()), now());
      case Answer.Busy _,Answer.KeyInFlight _,Answer.VersionMismatch _ ->
          outcomes.unserved(due, now().plus(settings.look()), "the desk is busy");
      case Answer.Repeated _,Answer.KeyReused _ -> throw new IllegalStateException("a deadline has no key");
    }
  }

  private void carry(Due due, Supplier<Course> work) {
    try {
      outcomes.took(due, work.get(), now());
    } catch (Says.Unserved busy) {
      outcomes.unserved(due, now().plusSeconds(1), "the desk is busy");
    } catch (RuntimeException e) {
      outcomes.failed(due, e, now());
    } finally {
      places.release();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
