package redress.desk;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.store.Folder;
import redress.store.RuleSets;
import redress.store.Session;
import redress.store.StoreException;
import redress.store.Wire;

/**
 * One clerk with a queue and a session of its own, serving the homes that are its. Rivals on one dispute meet in
 * its queue and simply take turns.
 */
final class Lane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long SHORTEST_PAUSE_MS = 20;
  private static final long LONGEST_PAUSE_MS = 1_000;

  private final BlockingQueue<Asked> waiting;
  private final Deque<Asked> again = new ArrayDeque<>();
  private final long number = ThreadLocalRandom.current().nextLong();
  private final DeskSettings settings;
  private final Wire wire;
  private final RuleSets ruleSets;
  private final Clock clock;
  private final Figures figures;
  private volatile boolean open = true;
  private @Nullable Session session;
  private @Nullable Unsure unsure;
  private int pid;

  /** A round whose commit was sent and not answered: it may have landed. */
  private record Unsure(Round round, Folder folder, List<Asked> asked) {}

  Lane(DeskSettings settings, Wire wire, RuleSets ruleSets, Clock clock, Figures figures) {
    this.waiting = new LinkedBlockingQueue<>(settings.queue());
    this.settings = settings;
    this.wire = wire;
    this.ruleSets = ruleSets;
    this.clock = clock;
    this.figures = figures;
  }

  boolean offer(Asked asked) {
    return open && waiting.offer(asked);
  }

  int waiting() {
    return waiting.size();
  }

  /** Lets the lane finish what waits and end. */
  void close() {
    open = false;
  }

  @Override public void run() {
    long pause = 0;
    while (open || !waiting.isEmpty() || !again.isEmpty() || unsure != null) {
      try {
        var ready = connected();
        settle(ready);
        serve(ready, next());
        pause = 0;
      } catch (RuntimeException away) {
        disconnect();
        pause = Math.clamp(pause * 2, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
        LOG.warn("The desk lost its database and tries again in {} ms: {}", pause, away.getMessage());
        rest(pause);
      }
    }
    disconnect();
  }

  private Session connected() {
    var known = session;
    if (known != null) return known;
    var fresh = Session.open(wire, number, pid, settings.logged());
    pid = fresh.pid();
    session = fresh;
    return fresh;
  }

  private void disconnect() {
    if (session != null) session.close();
    session = null;
  }

  /** The requests of the next round, in the order in which they came; waits a little for the first. */
  private List<Asked> next() {
    var round = new ArrayList<Asked>(settings.round());
    while (round.size() < settings.round() && !again.isEmpty()) round.add(again.removeFirst());
    if (round.isEmpty()) {
      var first = poll();
      if (first == null) return round;
      round.add(first);
    }
    waiting.drainTo(round, settings.round() - round.size());
    long nanoTime = System.nanoTime();
    round.removeIf(asked -> isOver(asked, nanoTime));
    return round;
  }

  private @Nullable Asked poll() {
    try {
      return waiting.poll(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      open = false;
      return null;
    }
  }

  /**
   * Serves a round. Throws only when the session is of no more use; then everything unanswered waits to be served
   * again.
   */
  private void serve(Session session, List<Asked> asked) {
    if (asked.isEmpty()) return;
    try {
      write(session, decide(session, asked), asked);
    } catch (RuntimeException failed) {
      switch (kind(session, failed)) {
        case AWAY -> {
          if (unsure == null) askAgain(asked);
          throw failed;
        }
        case PASSING -> askAgain(asked);
        case POISON -> alone(session, asked, failed);
      }
    }
  }

  private Round decide(Session session, List<Asked> asked) {
    var reading = session.read(asked.stream().map(Asked::wanted).toList());
    var round = new Round(reading, ruleSets, clock.instant().truncatedTo(ChronoUnit.MICROS));
    asked.forEach(round::serve);
    return round;
  }

  /**
   * Writes what was decided. What another node moved on meanwhile is taken out and asked again; the rest is written
   * anew.
   */
  private void write(Session session, Round round, List<Asked> asked) {
    var lost = new ArrayList<Asked>();
    var folders = round.changed();
    while (!folders.isEmpty()) {
      var moved = session.begin(folders, round.batch);
      if (moved.isEmpty()) break;
      session.rollback();
      lost.addAll(round.withdraw(moved));
      folders = round.changed();
    }
    if (!folders.isEmpty()) {
      unsure = new Unsure(round, folders.getFirst(), asked);
      session.commit();
      unsure = null;
    }
    figures.count(round, lost.size());
    round.answer();
    again.addAll(lost);
  }

  /** A row that the database refuses must not take others with it: everyone of the round is served alone. */
  private void alone(Session session, List<Asked> asked, RuntimeException failed) {
    if (asked.size() == 1) {
      LOG.error("A command could not be written", failed);
      asked.getFirst().answer()
          .completeExceptionally(new IllegalStateException("the command could not be written", failed));
      return;
    }
    var left = new ArrayDeque<>(asked);
    try {
      while (!left.isEmpty()) serve(session, List.of(left.removeFirst()));
    } finally {
      askAgain(left);
    }
  }

  /** What a failure means. Unless the session is gone, nothing of the round has landed, and it is undone. */
  private StoreException.Kind kind(Session session, RuntimeException failed) {
    var kind = failed instanceof StoreException store ? store.kind() : StoreException.Kind.POISON;
    if (kind == StoreException.Kind.AWAY) return kind;
    unsure = null;
    figures.retried.increment();
    try {
      session.rollback();
      return kind;
    } catch (StoreException _) {
      return StoreException.Kind.AWAY;
    }
  }

  /**
   * Finds out whether a round landed whose commit was not answered. No earlier session lives now, so the answer is
   * final.
   */
  private void settle(Session session) {
    var open = unsure;
    if (open == null) return;
    boolean landed = session.landed(open.folder(), open.round().batch);
    unsure = null;
    if (landed) open.round().answer();
    askAgain(open.asked());
  }

  private void askAgain(Collection<Asked> asked) {
    for (var one : asked) if (!one.answer().isDone()) again.addLast(one);
  }

  /** Waits for the database to come back; whoever has waited long enough is told so. */
  private void rest(long pause) {
    long nanoTime = System.nanoTime();
    again.removeIf(asked -> isOver(asked, nanoTime));
    waiting.removeIf(asked -> isOver(asked, nanoTime));
    var sent = unsure;
    // Once nobody waits for the answer, a desk that closes need not know it: what landed is in the database.
    if (sent != null) {
      sent.asked().forEach(asked -> isOver(asked, nanoTime));
      if (!open && sent.asked().stream().allMatch(asked -> asked.answer().isDone())) unsure = null;
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
  }

  /** Whether nobody waits for this any more; tells whoever has waited too long. */
  private static boolean isOver(Asked asked, long nanoTime) {
    if (asked.isOver(nanoTime)) asked.answer().complete(new Answer.Busy());
    return asked.answer().isDone();
  }
}
