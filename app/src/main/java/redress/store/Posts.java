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
    /**
     * Not done: it is the caller's turn to do it, aiming at {@code aim}. {@code fresh}: nobody has begun it before.
     */
    record Nothing(String aim, boolean fresh) implements Known {}

    /** Done before; {@code ref} names what came of it. */
    record Done(String ref) implements Known {}

    /** The same is running right now. */
    record Running() implements Known {}

    /** Used for something else. */
    record Other() implements Known {}
  }

  private record Row(String bodyHash, String ref) {}

  /**
   * Takes the key for what is about to be done. One that was taken a minute ago and never finished, or was released, is
   * taken over with the aim it was begun with.
   */
  public Known begin(Key key, String aim, Instant now) {
    var taken = sql.sql("""
        insert into post as p (principal, key, body_hash, at, aim) values (?, ?, ?, ?, ?)
        on conflict (principal, key) do update set at = excluded.at
          where p.ref is null and p.body_hash = excluded.body_hash and p.at < ?
        returning p.aim, p.xmax = 0 as fresh
        """)
        .param(key.principal()).param(key.key()).param(key.bodyHash()).param(now.atOffset(ZoneOffset.UTC)).param(aim)
        .param(now.minus(LOST).atOffset(ZoneOffset.UTC))
        .query((found, _) -> new Known.Nothing(found.getString(1), found.getBoolean(2))).optional();
    if (taken.isPresent()) return taken.get();
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

  /** Lets whoever asks next take it over at once: some of it may have been done. */
  public void release(Key key) {
    sql.sql("update post set at = to_timestamp(0) where principal = ? and key = ? and ref is null")
        .param(key.principal()).param(key.key()).update();
  }

  /** Gives the key back: nothing came of it. */
  public void drop(Key key) {
    sql.sql("delete from post where principal = ? and key = ? and ref is null").param(key.principal()).param(key.key())
        .update();
  }
}
