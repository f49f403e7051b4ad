package redress.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.policy.Role;

/** In whose hands pieces of evidence were; never changed. */
public final class Custody {
  private final JdbcClient sql;

  public Custody(JdbcClient sql) {
    this.sql = sql;
  }

  /** What can be done with a piece: given, looked at small, taken as a copy. */
  public enum Act {
    GAVE, SAW, DOWNLOADED
  }

  /** One entry: what was done, when (UTC), by whom. */
  public record Entry(Act act, Instant at, Role role, String subject, String person) {}

  /** Writes down what was done with a piece; that it was given only once. */
  public void add(DisputeId dispute, int evidence, Entry it) {
    sql.sql("""
        insert into custody (home, dispute, evidence, act, at, role, subject, person) values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (home, dispute, evidence) where act = 'GAVE' do nothing
        """).param(dispute.home()).param(dispute.number()).param(evidence).param(it.act().name())
        .param(it.at().atOffset(ZoneOffset.UTC)).param(it.role().name()).param(it.subject()).param(it.person())
        .update();
  }

  /** What was done with a piece, in order, at most {@code limit} entries. */
  public List<Entry> of(DisputeId dispute, int evidence, int limit) {
    return sql.sql("select * from custody where home = ? and dispute = ? and evidence = ? order by n limit ?")
        .param(dispute.home()).param(dispute.number()).param(evidence).param(limit)
        .query((row, _) -> new Entry(Act.valueOf(row.getString("act")),
            row.getObject("at", OffsetDateTime.class).toInstant(), Role.valueOf(row.getString("role")),
            row.getString("subject"), row.getString("person")))
        .list();
  }
}
