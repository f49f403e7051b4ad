package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Timer;

/**
 * Everything due: deadlines and what is to be done outside. Claiming moves an errand's {@code due} forward, so that
 * a crash needs no clean-up: it simply comes due again.
 */
public final class Errands {
  /** The key of a dispute's one deadline errand. */
  public static final String DEADLINE = "deadline";

  private final JdbcClient sql;

  public Errands(JdbcClient sql) {
    this.sql = sql;
  }

  /** What is to be done. */
  public sealed interface Work {
    /** The dispute's next deadline passes. */
    record Passing(Timer timer) implements Work {}

    /** Something outside. */
    record Outside(Errand errand) implements Work {}
  }

  /** A claimed errand: which, of which event ({@code n}), for the how manieth time, and what. */
  public record Due(DisputeId dispute, String key, int n, int tries, boolean live, @Nullable String clock, Work work) {}

  /**
   * Claims up to {@code limit} errands that are due at {@code now} on {@code clock} (null: the system's), oldest
   * first. Each comes due again after {@code patience}, doubled with every try, unless it is {@link #done}.
   */
  public List<Due> claim(@Nullable String clock, Instant now, int limit, Duration patience) {
    var when = now.atOffset(ZoneOffset.UTC);
    var which = clock == null ? "clock is null" : "clock = :clock";
    return sql.sql("""
        update errand e
        set tries = e.tries + 1, due = :now + :patience * interval '1 millisecond' * power(2, least(e.tries, 10))
        from (
          select home, dispute, key from errand where %s and parked_at is null and due <= :now
          order by due limit :limit for update skip locked
        ) v
        where e.home = v.home and e.dispute = v.dispute and e.key = v.key
        returning e.*
        """.formatted(which))
        .param("now", when).param("limit", limit).param("patience", patience.toMillis()).param("clock", clock)
        .query((row, _) -> due(row)).list();
  }

  /** Strikes a claimed errand off, unless a later event has put another in its place. */
  public void done(Due due) {
    sql.sql("delete from errand where home = ? and dispute = ? and key = ? and n = ?")
        .param(due.dispute().home()).param(due.dispute().number()).param(due.key()).param(due.n()).update();
  }

  /**
   * Has a claimed errand come due at {@code at} instead; {@code why} says what is in the way, without personal
   * data.
   */
  public void postpone(Due due, Instant at, String why) {
    sql.sql("update errand set due = ?, last_error = ? where home = ? and dispute = ? and key = ? and n = ?")
        .param(at.atOffset(ZoneOffset.UTC)).param(why)
        .param(due.dispute().home()).param(due.dispute().number()).param(due.key()).param(due.n()).update();
  }

  /** Puts a claimed errand aside until somebody resumes it. */
  public void park(Due due, Instant at, String why) {
    sql.sql("update errand set parked_at = ?, last_error = ? where home = ? and dispute = ? and key = ? and n = ?")
        .param(at.atOffset(ZoneOffset.UTC)).param(why)
        .param(due.dispute().home()).param(due.dispute().number()).param(due.key()).param(due.n()).update();
  }

  /** Has a parked errand come due at {@code now}. False when there is none. */
  public boolean resume(DisputeId dispute, String key, Instant now) {
    return sql.sql("""
        update errand set parked_at = null, tries = 0, due = ?
        where home = ? and dispute = ? and key = ? and parked_at is not null
        """)
        .param(now.atOffset(ZoneOffset.UTC)).param(dispute.home()).param(dispute.number()).param(key).update() == 1;
  }

  private static Due due(ResultSet row) throws SQLException {
    var key = row.getString("key");
    var body = row.getString("body");
    Work work = key.equals(DEADLINE)
        ? new Work.Passing(Json.MAPPER.readValue(body, Timer.class))
        : new Work.Outside(Json.MAPPER.readValue(body, Errand.class));
    return new Due(new DisputeId(row.getInt("home"), row.getLong("dispute")), key, row.getInt("n"), row.getInt("tries"),
        row.getBoolean("live"), row.getString("clock"), work);
  }
}
