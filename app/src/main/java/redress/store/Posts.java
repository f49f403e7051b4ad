package redress.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers what was posted under an idempotency key outside of any dispute, so that it happens once. */
public final class Posts {
  private static final Duration LOST = Duration.ofMinutes(1);

  private final JdbcClient sql;

  public Posts(JdbcClient sql) {
    this.sql = sql;
  }

  /** What is known of a key. */
  public sealed interface Known {
    /** Never seen: it is the caller's turn to do it. */
    record Nothing() implements Known {}

    /** Done before; {@code ref} names what came of it. */
    record Done(String ref) implements Known {}

    /** The same is running right now. */
    record Running() implements Known {}

    /** Used for something else. */
    record Other() implements Known {}
  }

  private record Row(String bodyHash, String ref) {}

  /** Takes the key for what is about to be done. One that was taken a minute ago and never finished is taken over. */
  public Known begin(Key key, Instant now) {
    int taken = sql.sql("""
        insert into post as p (principal, key, body_hash, at) values (?, ?, ?, ?)
        on conflict (principal, key) do update set at = excluded.at
          where p.ref is null and p.body_hash = excluded.body_hash and p.at < ?
        """)
        .param(key.principal()).param(key.key()).param(key.bodyHash()).param(now.atOffset(ZoneOffset.UTC))
        .param(now.minus(LOST).atOffset(ZoneOffset.UTC)).update();
    if (taken == 1) return new Known.Nothing();
    var row = sql.sql("select body_hash, coalesce(ref, '') from post where principal = ? and key = ?")
        .param(key.principal()).param(key.key())
        .query((found, _) -> new Row(found.getString(1), found.getString(2))).single();
    if (!row.bodyHash().equals(key.bodyHash())) return new Known.Other();
    return row.ref().isEmpty() ? new Known.Running() : new Known.Done(row.ref());
  }

  /** Writes down what came of it. */
  public void end(Key key, String ref) {
    sql.sql("update post set ref = ? where principal = ? and key = ?").param(ref).param(key.principal())
        .param(key.key())
        .update();
  }

  /** Gives the key back: nothing came of it. */
  public void drop(Key key) {
    sql.sql("delete from post where principal = ? and key = ? and ref is null").param(key.principal()).param(key.key())
        .update();
  }
}
