package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Command.Pot;

/** What one person of finance asked for and a second one has to approve. */
public final class Requests {
  private final JdbcClient sql;

  public Requests(JdbcClient sql) {
    this.sql = sql;
  }

  /** What is asked for. */
  public enum Kind { WITHDRAWAL, WRITE_OFF }

  /** What became of it; DONE: nobody had to be asked. */
  public enum State { DONE, WAITING, APPROVED, REJECTED }

  /** A request: {@code minor} units out of a reserve, or off what a merchant owes. */
  public record Request(String id, Kind kind, Reserve reserve, long minor, String ref, String askedBy, Instant askedAt,
      State state, @Nullable String decidedBy, @Nullable Instant decidedAt) {}

  /** Writes down what is asked, or what was done alone. */
  public void ask(Request it) {
    var reserve = it.reserve();
    sql.sql("""
        insert into finance_request
          (home, id, kind, pot, merchant, currency, live, minor, ref, asked_by, asked_at, state)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """).param(reserve.home()).param(it.id()).param(it.kind().name()).param(reserve.pot().name())
        .param(reserve.merchant()).param(reserve.currency()).param(reserve.live()).param(it.minor()).param(it.ref())
        .param(it.askedBy()).param(it.askedAt().atOffset(ZoneOffset.UTC)).param(it.state().name())
        .update();
  }

  /** The request with this id. */
  public Optional<Request> find(String id, boolean live) {
    return sql.sql("select * from finance_request where id = ? and live = ?").param(id).param(live)
        .query((row, _) -> request(row)).optional();
  }

  /** What waits, the oldest first. */
  public List<Request> waiting(boolean live, int limit) {
    return sql.sql("select * from finance_request where state = 'WAITING' and live = ? order by asked_at, id limit ?")
        .param(live).param(limit).query((row, _) -> request(row)).list();
  }

  /** A second person decides. False: it was decided before, or it is the same person. */
  public boolean decide(Request it, State state, String by, Instant at) {
    return sql.sql("""
        update finance_request set state = ?, decided_by = ?, decided_at = ?
        where home = ? and id = ? and state = 'WAITING' and asked_by <> ?
        """).param(state.name()).param(by).param(at.atOffset(ZoneOffset.UTC)).param(it.reserve().home())
        .param(it.id()).param(by).update() == 1;
  }

  private static Request request(ResultSet row) throws SQLException {
    var decided = row.getObject("decided_at", OffsetDateTime.class);
    return new Request(row.getString("id"), Kind.valueOf(row.getString("kind")),
        new Reserve(Pot.valueOf(row.getString("pot")), row.getString("merchant"), row.getString("currency"),
            row.getBoolean("live")),
        row.getLong("minor"), row.getString("ref"), row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(), State.valueOf(row.getString("state")),
        row.getString("decided_by"), decided == null ? null : decided.toInstant());
  }
}
