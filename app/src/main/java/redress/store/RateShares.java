package redress.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tokens all servers share of how often somebody may ask; gone after an hour, and with a crash of the database. */
public final class RateShares {
  private static final int BETWEEN_SWEEPS = 1_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final JdbcClient sql;
  private final AtomicLong leases = new AtomicLong();

  public RateShares(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Takes up to {@code want} tokens out of the bucket with this id, which holds at most {@code perMinute} and is filled
   * evenly with as many each minute; how many there were.
   */
  public long lease(String id, long perMinute, long want, Instant now) {
    if (leases.incrementAndGet() % BETWEEN_SWEEPS == 0) {
      sql.sql("delete from rate_share where at < ?").param(Acts.kept(now.minus(KEPT))).update();
    }
    return sql.sql("""
        insert into rate_share as r (id, tokens, at, granted)
        values (:id, :most - :want, :now, :want)
        on conflict (id) do update set (tokens, at, granted) = (
          select h.tokens - least(:want, floor(h.tokens)), greatest(r.at, :now), least(:want, floor(h.tokens))
          from (select least(:most, r.tokens
            + :most * greatest(extract(epoch from :now - r.at), 0) / 60)::double precision as tokens) h)
        returning granted
        """).param("id", id).param("most", perMinute).param("want", want).param("now", Acts.kept(now))
        .query(Long.class).single();
  }
}
