package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each witness of the log is, and what it holds against us; several nodes take turns in telling it. */
public final class LogWitnesses {
  private final JdbcClient sql;

  public LogWitnesses(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A witness of a tree: up to which size it was told, since when the next telling fails (null: it does not), how often
   * it failed, and what it holds against us (empty: nothing).
   */
  public record Standing(boolean live, String name, long size, @Nullable Instant since, int tries, String alarm) {}

  /** Makes the witness known; it has been told nothing. */
  public void know(boolean live, String name, Instant at) {
    sql.sql("insert into log_witness (live, name, size, due, since, tries, alarm) values (?, ?, 0, ?, null, 0, '')"
        + " on conflict do nothing").param(live).param(name).param(at.atOffset(ZoneOffset.UTC)).update();
  }

  /** Takes it upon itself to tell the witness now; empty when it is not due or somebody else does. */
  public Optional<Standing> claim(boolean live, String name, Instant now, Duration patience) {
    return sql.sql("update log_witness set due = ? where live = ? and name = ? and due <= ? returning *")
        .param(now.plus(patience).atOffset(ZoneOffset.UTC)).param(live).param(name).param(now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> standing(row)).optional();
  }

  /** It was told up to {@code size}, and is told again from {@code due} on. */
  public void told(boolean live, String name, long size, Instant due) {
    sql.sql("update log_witness set size = ?, due = ?, since = null, tries = 0, alarm = '' where live = ? and name = ?")
        .param(size).param(due.atOffset(ZoneOffset.UTC)).param(live).param(name).update();
  }

  /** It could not be told; the next try is at {@code due}. */
  public void failed(boolean live, String name, Instant now, Instant due, String alarm) {
    sql.sql("update log_witness set due = ?, since = coalesce(since, ?), tries = tries + 1, alarm = ?"
        + " where live = ? and name = ?").param(due.atOffset(ZoneOffset.UTC)).param(now.atOffset(ZoneOffset.UTC))
        .param(alarm).param(live).param(name).update();
  }

  /** All of them. */
  public List<Standing> all() {
    return sql.sql("select * from log_witness order by live, name").query((row, _) -> standing(row)).list();
  }

  private static Standing standing(ResultSet row) throws SQLException {
    var since = row.getObject("since", OffsetDateTime.class);
    return new Standing(row.getBoolean("live"), row.getString("name"), row.getLong("size"),
        since == null ? null : since.toInstant(), row.getInt("tries"), row.getString("alarm"));
  }
}
