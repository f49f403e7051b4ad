package redress.evidence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.store.FilingDrafts;
import redress.store.Kept;
import redress.store.Kept.Bytes;
import redress.store.Uploads;
import redress.vault.Vault;

/**
 * Keeps the vault tidy and true: what nobody submitted goes, bytes nobody refers to go, and everything that stays is
 * hashed again once a day. Several servers may do so on one database.
 */
public final class Sweeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
  private static final Duration CHECK = Duration.ofDays(1);
  private static final int AT_ONCE = 100;

  private final Uploads uploads;
  private final Kept kept;
  private final Vault vault;
  private final FilingDrafts filings;
  private final Giving giving;
  private final Clock clock;
  private final Ages ages;
  private volatile @Nullable Thread thread;

  /** How often it sweeps, how long drafts stay that nobody touches, and bytes that nobody refers to. */
  public record Ages(Duration every, Duration draft, Duration orphan) {
    /** A draft stays a week, bytes without use an hour. */
    public static final Ages STANDARD = new Ages(Duration.ofMinutes(10), Bounds.DRAFT, Bounds.ORPHAN);
  }

  /** What one sweep did. */
  public record Swept(int drafts, int bytes, int checked, int broken) {}

  public Sweeping(Uploads uploads, Kept kept, FilingDrafts filings, Vault vault, Giving giving, Clock clock,
      Ages ages, MeterRegistry meters) {
    this.uploads = uploads;
    this.kept = kept;
    this.vault = vault;
    this.filings = filings;
    this.giving = giving;
    this.clock = clock;
    this.ages = ages;
    Gauge.builder("redress.vault.broken", kept, Kept::broken)
        .description("Files whose bytes have changed or are gone").register(meters);
  }

  /** Begins to sweep now and then. */
  public synchronized void start() {
    if (thread != null) return;
    thread = Thread.ofVirtual().name("sweep").start(this::run);
  }

  @Override public void close() {
    Thread last;
    synchronized (this) {
      last = thread;
      thread = null;
    }
    if (last != null) LockSupport.unpark(last);
  }

  private void run() {
    LockSupport.parkNanos(ages.every().toNanos());
    while (Thread.currentThread() == thread) {
      try {
        var swept = sweep();
        if (swept.drafts() + swept.bytes() > 0) LOG.info("Swept: {}", swept);
      } catch (IOException | RuntimeException e) {
        LOG.warn("The vault cannot be swept now: {}", e.toString());
      }
      LockSupport.parkNanos(ages.every().toNanos());
    }
  }

  /** Sweeps once, and hashes again what is due. */
  public Swept sweep() throws IOException {
    var now = clock.instant();
    giving.look(now);
    vault.clear(now, ages.orphan());
    filings.forget(now.minus(FilingDrafts.LIFE));
    int drafts = uploads.sweep(now.minus(ages.draft()));
    int bytes = 0;
    for (var some = leaving(); !some.isEmpty(); some = leaving()) bytes += away(some);
    int checked = 0;
    int broken = 0;
    for (var some = due(now); !some.isEmpty(); some = due(now)) {
      checked += some.size();
      for (var one : some) if (!check(one)) broken++;
    }
    return new Swept(drafts, bytes, checked, broken);
  }

  private List<Bytes> leaving() {
    var now = clock.instant();
    return kept.leave(now.minus(ages.orphan()), Bounds.LEAVING, now, AT_ONCE);
  }

  /** Bytes go only within the time in which nobody else would take them up. */
  private int away(List<Bytes> some) throws IOException {
    long began = System.nanoTime();
    int gone = 0;
    for (var one : some) {
      if (System.nanoTime() - began > Bounds.LEAVING.dividedBy(2).toNanos()) return gone;
      vault.delete(one.sha256());
      kept.left(one.sha256());
      gone++;
    }
    return gone;
  }

  private List<Bytes> due(Instant now) {
    return kept.toCheck(now.minus(CHECK), now, AT_ONCE);
  }

  private boolean check(Bytes one) throws IOException {
    boolean sound = Soundness.isSound(vault, one);
    if (!sound) {
      LOG.error("The bytes of {} have changed or are gone: {}. Bring them back from a backup.", one.sha256(),
          kept.uses(one.sha256()));
    }
    if (sound != one.sound()) kept.checked(one.sha256(), sound);
    return sound;
  }
}
