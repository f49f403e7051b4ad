package redress.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clocks of test payments: they stand still until they are advanced, and never go back. */
public final class TestClocks {
  private final JdbcClient sql;

  public TestClocks(JdbcClient sql) {
    this.sql = sql;
  }

  /** Sets up a clock that shows {@code now}. False when there is one of this id already. */
  public boolean create(String id, Instant now) {
    return sql.sql("insert into test_clock (id, now) values (?, ?) on conflict do nothing")
        .param(id).param(now.atOffset(ZoneOffset.UTC)).update() == 1;
  }

  /** What the clock shows (UTC), empty when there is no such clock. */
  public Optional<Instant> now(String id) {
    return sql.sql("select now from test_clock where id = ?").param(id)
        .query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  /** Holds the clock for {@code patience}, so that nobody else advances it. False when it is held or there is none. */
  public boolean hold(String id, String holder, Instant now, Duration patience) {
    return sql.sql("""
        update test_clock set holder = ?, held_until = ? where id = ? and (held_until is null or held_until <= ?)
        """)
        .param(holder).param(stamp(now.plus(patience))).param(id).param(stamp(now)).update() == 1;
  }

  /**
   * Moves the clock forward and holds it on. False when {@code holder} has lost it or it is past {@code to} already.
   */
  public boolean advance(String id, String holder, Instant to, Instant heldUntil) {
    return sql.sql("update test_clock set now = ?, held_until = ? where id = ? and holder = ? and now <= ?")
        .param(stamp(to)).param(stamp(heldUntil)).param(id).param(holder).param(stamp(to)).update() == 1;
  }

  /** Lets the clock go; nothing happens when {@code holder} has lost it. */
  public void release(String id, String holder) {
    sql.sql("update test_clock set holder = null, held_until = null where id = ? and holder = ?")
        .param(id).param(holder).update();
  }

  private static OffsetDateTime stamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
