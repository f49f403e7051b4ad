package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The book of what is in the vault: a line is written before bytes are kept, and struck out after they are gone. Bytes
 * that nobody refers to leave in two steps, so that nobody can come to refer to them meanwhile.
 */
public final class Kept {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  public Kept(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Bytes, with what was found when they were last looked at. */
  public record Bytes(String sha256, long size, boolean sound) {}

  /** Says that these bytes are about to be kept. False while they are being taken away: try again. */
  public boolean coming(String sha256, long size, Instant now) {
    return sql.sql("""
        insert into kept as k (sha256, size, since) values (?, ?, ?)
        on conflict (sha256) do update set since = excluded.since, sound = true where k.leaving_at is null
        """).param(sha256).param(size).param(now.atOffset(ZoneOffset.UTC)).update() == 1;
  }

  /**
   * Up to {@code limit} bytes to take away now: nobody has referred to them since {@code before}, or whoever began to
   * take them away did not end within {@code patience}. Nobody can refer to them from here on.
   */
  public List<Bytes> leave(Instant before, Duration patience, Instant now, int limit) {
    var found = transaction.execute(_ -> {
      var candidates = sql.sql("""
          select sha256, size, sound from kept k
          where since < :before and (leaving_at is null or leaving_at < :late) and %s
          order by since limit :limit for update skip locked
          """.formatted(UNUSED)).param("before", before.atOffset(ZoneOffset.UTC))
          .param("late", now.minus(patience).atOffset(ZoneOffset.UTC)).param("limit", limit)
          .query((row, _) -> bytes(row)).list();
      return candidates.stream().filter(it -> sql
          .sql("update kept k set leaving_at = :at where sha256 = :sha256 and " + UNUSED)
          .param("at", now.atOffset(ZoneOffset.UTC)).param("sha256", it.sha256()).update() == 1).toList();
    });
    return found == null ? List.of() : found;
  }

  /** They are gone. */
  public void left(String sha256) {
    sql.sql("delete from kept where sha256 = ? and leaving_at is not null").param(sha256).update();
  }

  /** Takes up to {@code limit} bytes in hand that nobody has looked at since {@code before}. */
  public List<Bytes> toCheck(Instant before, Instant now, int limit) {
    return sql.sql("""
        update kept set checked_at = :at where sha256 in (
          select sha256 from kept where leaving_at is null and since < :before
            and (checked_at is null or checked_at < :before)
          order by checked_at nulls first limit :limit for update skip locked)
        returning sha256, size, sound
        """).param("at", now.atOffset(ZoneOffset.UTC)).param("before", before.atOffset(ZoneOffset.UTC))
        .param("limit", limit).query((row, _) -> bytes(row)).list();
  }

  /** What was found when these bytes were looked at. */
  public void checked(String sha256, boolean sound) {
    sql.sql("update kept set sound = ? where sha256 = ?").param(sound).param(sha256).update();
  }

  /** How many bytes are known to have changed or to be gone. */
  public long broken() {
    return sql.sql("select count(*) from kept where not sound").query(Long.class).single();
  }

  /** All that must be in the vault after {@code after}, by name. */
  public List<Bytes> page(String after, int limit) {
    return sql.sql("select sha256, size, sound from kept k where leaving_at is null and sha256 > ? and not (" + UNUSED
        + ") order by sha256 limit ?").param(after).param(limit).query((row, _) -> bytes(row)).list();
  }

  /** Which evidence of which disputes these bytes are, for people. */
  public List<String> uses(String sha256) {
    return sql.sql("""
        select 'dsp_' || lpad(to_hex(home::int), 3, '0') || lpad(to_hex(dispute), 16, '0')
          || case when evidence > 0 then ' evidence ' || evidence else ' draft ' || id end
        from upload where sha256 = ? order by 1 limit 100
        """).param(sha256).query((row, _) -> row.getString(1)).list();
  }

  private static Bytes bytes(ResultSet row) throws SQLException {
    return new Bytes(row.getString("sha256"), row.getLong("size"), row.getBoolean("sound"));
  }

  private static final String UNUSED = """
      not exists (select 1 from upload u where u.sha256 = k.sha256)
      and not exists (select 1 from upload u where u.preview = k.sha256)
      and not exists (select 1 from upload_part p where p.sha256 = k.sha256)""";
}
