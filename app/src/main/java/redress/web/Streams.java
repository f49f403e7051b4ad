package redress.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import redress.door.Fault;
import redress.door.Sessions;
import redress.store.Pulse;

/**
 * Everybody who watches a page of this process. One look at the database, some times a second and only while somebody
 * watches, tells what has been committed, here or elsewhere. It ends before the doors close, so that no open page holds
 * them.
 */
public final class Streams implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  /** How many pages of one session are told; the oldest gives way. Browsers have six connections for all of them. */
  static final int MOST_OF_SESSION = 4;
  private static final int MOST = 4_000;
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration SESSIONS = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  /** A look may take a tenth of the time, not more. */
  private static final int REST = 9;

  private final Pulse pulse;
  private final Sessions sessions;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private final Semaphore opened = new Semaphore(0);
  private final List<Stream> inOrder = new ArrayList<>();
  private long asked = System.nanoTime();
  private volatile @Nullable Thread thread;

  public Streams(Pulse pulse, Sessions sessions) {
    this.pulse = pulse;
    this.sessions = sessions;
  }

  /** Begins to tell; turned away when the doors are closing or too many watch. */
  synchronized void open(Stream stream) {
    if (thread == null || inOrder.size() >= MOST) throw Fault.BUSY.away();
    var same = inOrder.stream().filter(it -> it.session.equals(stream.session)).toList();
    if (same.size() >= MOST_OF_SESSION) {
      same.getFirst().over(false);
      close(same.getFirst());
    }
    inOrder.add(stream);
    open.add(stream);
    opened.release();
  }

  /** Tells no more. */
  synchronized void close(Stream stream) {
    inOrder.remove(stream);
    open.remove(stream);
  }

  /** How many are told now. */
  int size() {
    return open.size();
  }

  private void run() {
    try {
      while (Thread.currentThread() == thread) {
        long began = System.nanoTime();
        try {
          look();
        } catch (RuntimeException e) {
          log.warn("What has changed cannot be looked at now: {}", e.toString());
        }
        rest(System.nanoTime() - began);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rest(long took) throws InterruptedException {
    if (open.isEmpty()) {
      opened.acquire();
      opened.drainPermits();
      return;
    }
    // Woken early only by the end: whoever has just come is told with the next look.
    long until = System.nanoTime() + Math.max(LOOK.toNanos(), took * REST);
    while (thread != null && System.nanoTime() < until) {
      if (opened.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) opened.drainPermits();
    }
  }

  private void look() {
    var all = List.copyOf(open);
    if (all.isEmpty()) return;
    var versions = pulse.versions(all.stream().map(it -> it.dispute).filter(Objects::nonNull).distinct().toList());
    var unread = pulse.unread(all.stream().map(it -> it.mailbox).distinct().toList());
    for (var stream : all) {
      if (stream.dispute != null) stream.moved(versions.getOrDefault(stream.dispute, 0));
      stream.unread(unread.getOrDefault(stream.mailbox, 0));
    }
    if (System.nanoTime() - asked < SESSIONS.toNanos()) return;
    asked = System.nanoTime();
    var on = sessions.goingOn(all.stream().map(it -> it.session).distinct().toList());
    all.stream().filter(it -> !on.contains(it.session)).forEach(it -> it.over(false));
  }

  @Override public synchronized void start() {
    if (thread != null) return;
    var fresh = Thread.ofPlatform().name("live").unstarted(this::run);
    thread = fresh;
    fresh.start();
  }

  @Override public void stop() {
    Thread last;
    synchronized (this) {
      last = thread;
      thread = null;
      open.forEach(it -> it.over(true));
    }
    if (last == null) return;
    opened.release();
    try {
      last.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override public boolean isRunning() {
    return thread != null;
  }

  /** The last to start and the first to stop, before the web server waits for its requests. */
  @Override public int getPhase() {
    return DEFAULT_PHASE;
  }
}
