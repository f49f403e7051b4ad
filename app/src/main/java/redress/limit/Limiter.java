package redress.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import redress.limit.Rates.Kind;
import redress.seal.Digest;
import redress.store.RateShares;

/**
 * Says who asks too often. Each asker has a bucket of as many tokens as it may send a minute, filled evenly, that all
 * servers share in the database. A server first lets by what is little in any case (a twenty-fifth of the bucket) on
 * its own account, and then takes tokens out in batches of that size: hardly anybody costs a statement, and an asker
 * who goes round all servers gets at most four percent more for each. While the database is away nobody is turned away.
 */
public final class Limiter {
  private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
  private static final int PARTS = 25;
  private static final int REMEMBERED = 100_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RateShares shares;
  private final Rates rates;
  private final InstantSource clock;
  private final ConcurrentMap<String, Held> askers = new ConcurrentHashMap<>();

  public Limiter(RateShares shares, Rates rates, InstantSource clock) {
    this.shares = shares;
    this.rates = rates;
    this.clock = clock;
  }

  /** Takes one token of this asker: zero when there was one, else how long until there is one again. */
  public Duration ask(Kind kind, String who) {
    long most = rates.of(kind);
    if (most == 0) return Duration.ZERO;
    return held(kind, who, most).take(clock.instant(), true);
  }

  /** The same without taking any. */
  public Duration look(Kind kind, String who) {
    long most = rates.of(kind);
    if (most == 0) return Duration.ZERO;
    return held(kind, who, most).take(clock.instant(), false);
  }

  private Held held(Kind kind, String who, long most) {
    // Whoever could fill this would be let by all the sooner, and the memory stays bounded.
    if (askers.size() > REMEMBERED) askers.clear();
    return askers.computeIfAbsent(kind + ":" + who, key -> new Held(Digest.sha256(key), most));
  }

  private TimeMeter meter() {
    return new TimeMeter() {
      @Override public long currentTimeNanos() {
        var now = clock.instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
      }

      @Override public boolean isWallClockBased() {
        return true;
      }
    };
  }

  /** What this server holds of one asker's tokens. */
  private final class Held {
    private final String id;
    private final long most;
    private final long batch;
    private final Bucket own;
    private Instant again = Instant.MIN;

    Held(String id, long most) {
      this.id = id;
      this.most = most;
      this.batch = Math.max(1, most / PARTS);
      this.own = Bucket.builder().addLimit(it -> it.capacity(batch).refillGreedy(batch, MINUTE))
          .withCustomTimePrecision(meter()).build();
    }

    synchronized Duration take(Instant now, boolean really) {
      boolean empty = now.isBefore(again) && own.getAvailableTokens() == 0;
      if (!really) return empty ? Duration.between(now, again) : Duration.ZERO;
      if (own.tryConsume(1)) return Duration.ZERO;
      if (now.isBefore(again)) return Duration.between(now, again);
      long granted = lease(now);
      if (granted == 0) {
        again = now.plus(MINUTE.dividedBy(most));
        return Duration.between(now, again);
      }
      if (granted > 1) own.forceAddTokens(granted - 1);
      return Duration.ZERO;
    }

    private long lease(Instant now) {
      try {
        return shares.lease(id, most, batch, now);
      } catch (DataAccessException away) {
        LOG.debug("the shared limits cannot be had just now: {}", away.toString());
        return 1;
      }
    }
  }
}
