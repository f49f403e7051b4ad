package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.policy.RuleSet;

/** Rule sets that somebody prepares: nobody goes by them until they are published. */
public final class RuleDrafts {
  private final JdbcClient sql;

  public RuleDrafts(JdbcClient sql) {
    this.sql = sql;
  }

  /** A draft: the version it is to become, the published version it began from, and who wrote it last, when (UTC). */
  public record RuleDraft(String base, RuleSet rules, String by, Instant at) {}

  /** All of them, the latest first. */
  public List<RuleDraft> all() {
    return sql.sql("select * from rule_draft order by at desc, id").query((row, _) -> draft(row)).list();
  }

  /** The draft of this version. */
  public Optional<RuleDraft> find(String version) {
    return sql.sql("select * from rule_draft where id = ?").param(version).query((row, _) -> draft(row)).optional();
  }

  /** Keeps a draft in place of the former one of its version. */
  public void keep(RuleDraft draft) {
    sql.sql("""
        insert into rule_draft (id, base, body, by, at) values (:id, :base, :body::jsonb, :by, :at)
        on conflict (id) do update set base = excluded.base, body = excluded.body, by = excluded.by, at = excluded.at
        """).param("id", draft.rules().version()).param("base", draft.base())
        .param("body", Json.write(RuleSet.class, draft.rules())).param("by", draft.by())
        .param("at", Acts.kept(draft.at())).update();
  }

  /** Forgets a draft; false when there is none. */
  public boolean forget(String version) {
    return sql.sql("delete from rule_draft where id = ?").param(version).update() == 1;
  }

  private static RuleDraft draft(ResultSet row) throws SQLException {
    return new RuleDraft(row.getString("base"), Json.MAPPER.readValue(row.getString("body"), RuleSet.class),
        row.getString("by"), row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
