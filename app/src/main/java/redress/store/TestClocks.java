package redress.store;

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

  /** Moves the clock forward. False when there is no such clock or it is past {@code to} already. */
  public boolean advance(String id, Instant to) {
    return sql.sql("update test_clock set now = ? where id = ? and now <= ?").param(to.atOffset(ZoneOffset.UTC))
        .param(id).param(to.atOffset(ZoneOffset.UTC)).update() == 1;
  }
}
