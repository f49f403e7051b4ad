package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;

/** What buyers are about to file: each of them sees their own, until it is filed or nobody has touched it for long. */
public final class FilingDrafts {
  /** How long a draft stays that nobody touches. */
  public static final Duration LIFE = Duration.ofDays(30);

  private final JdbcClient sql;

  public FilingDrafts(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * One draft, under the id its dispute will have: whose it is, about which payment, the idempotency key it is filed
   * with, what was said so far (the fields of the API's body), and what each file is (an evidence type by upload).
   */
  public record Draft(DisputeId dispute, String principal, boolean live, String payment, String key,
      Map<String, Object> said, Map<String, String> files, Instant touchedAt) {
    public Draft {
      said = Map.copyOf(said);
      files = Map.copyOf(files);
    }

    /** The same where more was said. */
    public Draft saying(Map<String, Object> more, Instant at) {
      var all = new LinkedHashMap<>(said);
      all.putAll(more);
      return new Draft(dispute, principal, live, payment, key, all, files, at);
    }

    /** The same where these files are known. */
    public Draft with(Map<String, String> known, Instant at) {
      return new Draft(dispute, principal, live, payment, key, said, known, at);
    }
  }

  /** Keeps a new draft, unless there is one about this payment. */
  public void begin(Draft it) {
    sql.sql("""
        insert into filing_draft (home, dispute, principal, live, payment, key, said, files, created_at, touched_at)
        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?) on conflict do nothing
        """).param(it.dispute().home()).param(it.dispute().number()).param(it.principal()).param(it.live())
        .param(it.payment()).param(it.key()).param(Json.MAPPER.writeValueAsString(it.said()))
        .param(Json.MAPPER.writeValueAsString(it.files())).param(at(it.touchedAt())).param(at(it.touchedAt()))
        .update();
  }

  /** Writes down what was added to a draft. */
  public void keep(Draft it) {
    sql.sql("update filing_draft set said = ?::jsonb, files = ?::jsonb, touched_at = ? where home = ? and dispute = ?")
        .param(Json.MAPPER.writeValueAsString(it.said())).param(Json.MAPPER.writeValueAsString(it.files()))
        .param(at(it.touchedAt())).param(it.dispute().home()).param(it.dispute().number()).update();
  }

  /** The drafts of this caller that were touched after {@code since}, the newest first. */
  public List<Draft> of(String principal, boolean live, Instant since) {
    return sql.sql("""
        select * from filing_draft where principal = ? and live = ? and touched_at > ? order by touched_at desc
        """).param(principal).param(live).param(at(since)).query((row, _) -> draft(row)).list();
  }

  /** This caller's draft of the dispute with this id. */
  public Optional<Draft> find(DisputeId id, String principal, boolean live) {
    return sql.sql("select * from filing_draft where home = ? and dispute = ? and principal = ? and live = ?")
        .param(id.home()).param(id.number()).param(principal).param(live).query((row, _) -> draft(row)).optional();
  }

  /** Forgets the drafts that nobody has touched since {@code before}; how many there were. */
  public int forget(Instant before) {
    return sql.sql("delete from filing_draft where touched_at < ?").param(at(before)).update();
  }

  /** Forgets a draft. */
  public void drop(DisputeId id) {
    sql.sql("delete from filing_draft where home = ? and dispute = ?").param(id.home()).param(id.number()).update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Draft draft(ResultSet row) throws SQLException {
    return new Draft(new DisputeId(row.getInt("home"), row.getLong("dispute")), row.getString("principal"),
        row.getBoolean("live"), row.getString("payment"), row.getString("key"), said(row.getString("said")),
        files(row.getString("files")), row.getObject("touched_at", OffsetDateTime.class).toInstant());
  }

  private static Map<String, Object> said(String json) {
    var all = new LinkedHashMap<String, Object>();
    Json.MAPPER.readTree(json).properties().forEach(it -> all.put(it.getKey(), switch (it.getValue()) {
      case tools.jackson.databind.node.ArrayNode list -> list.values().stream().map(one -> one.stringValue()).toList();
      case tools.jackson.databind.node.NumericNode number -> number.longValue();
      case tools.jackson.databind.JsonNode text -> text.stringValue();
    }));
    return all;
  }

  private static Map<String, String> files(String json) {
    var all = new LinkedHashMap<String, String>();
    Json.MAPPER.readTree(json).properties().forEach(it -> all.put(it.getKey(), it.getValue().stringValue()));
    return all;
  }
}
