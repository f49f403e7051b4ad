package redress.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** A clock and what it shows; {@code heldUntil} (UTC) is when whoever advances it gives it up, null: nobody does. */
  public record Shown(String id, Instant now, @Nullable Instant heldUntil) {}

  /** At most {@code limit} clocks whose ids contain {@code part} and come after {@code after}, by id. */
  public List<Shown> list(String part, String after, int limit) {
    return sql.sql("select * from test_clock where position(? in id) > 0 and id > ? order by id limit ?").param(part)
        .param(after).param(limit).query((row, _) -> {
          var held = row.getObject("held_until", OffsetDateTime.class);
          return new Shown(row.getString("id"), row.getObject("now", OffsetDateTime.class).toInstant(),
              held == null ? null : held.toInstant());
        }).list();
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
