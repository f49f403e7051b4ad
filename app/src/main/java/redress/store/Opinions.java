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

/** What people think of the service, of a dispute or of none, and what they were answered. */
public final class Opinions {
  private final JdbcClient sql;

  public Opinions(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * One opinion; {@code dispute} is null when it is about none, {@code body} null when there is no text or it was
   * erased.
   */
  public record Opinion(String id, @Nullable String dispute, String subject, String role, String kind, int rating,
      @Nullable String body, Instant at, @Nullable String answer, @Nullable Instant answeredAt) {}

  /** Keeps an opinion that is about no dispute. */
  public void add(Opinion opinion, boolean live) {
    sql.sql("""
        insert into opinion (id, subject, role, kind, rating, body, live, at) values (?, ?, ?, ?, ?, ?, ?, ?)
        """)
        .param(opinion.id()).param(opinion.subject()).param(opinion.role()).param(opinion.kind())
        .param(opinion.rating()).param(opinion.body()).param(live).param(opinion.at().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Answers one that is about no dispute. False when there is none or it was answered. */
  public boolean answer(String id, boolean live, String answer, String by, Instant now) {
    return sql.sql("""
        update opinion set answer = ?, answered_by = ?, answered_at = ? where id = ? and live = ? and answer is null
        """)
        .param(answer).param(by).param(now.atOffset(ZoneOffset.UTC)).param(id).param(live).update() == 1;
  }

  /** The one with this id that is about no dispute. */
  public Optional<Opinion> find(String id, boolean live) {
    return sql.sql("select *, null as dispute from opinion where id = ? and live = ?").param(id).param(live)
        .query((row, _) -> opinion(row)).optional();
  }

  /** The newest before {@code before}, of disputes and of none; {@code subject} null: everybody's. */
  public List<Opinion> list(boolean live, @Nullable String subject, Instant before, int limit) {
    return sql.sql(LIST).param("live", live).param("subject", subject)
        .param("before", before.atOffset(ZoneOffset.UTC)).param("limit", limit)
        .query((row, _) -> opinion(row)).list();
  }

  private static Opinion opinion(ResultSet row) throws SQLException {
    return new Opinion(row.getString("id"), row.getString("dispute"), row.getString("subject"), row.getString("role"),
        row.getString("kind"), row.getInt("rating"), row.getString("body"),
        row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("answer"), answered(row));
  }

  private static @Nullable Instant answered(ResultSet row) throws SQLException {
    var at = row.getObject("answered_at", OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static final String LIST = """
      select * from (
        select id, null as dispute, subject, role, kind, rating, body, at, answer, answered_at
        from opinion where live = :live
        union all
        select e.body->>'id', 'dsp_' || lpad(to_hex(e.home::int), 3, '0') || lpad(to_hex(e.dispute), 16, '0'),
          e.subject, e.role,
          e.body->>'kind', (e.body->>'rating')::int, w.body, e.at, wa.body, a.at
        from event e join dispute d on d.home = e.home and d.id = e.dispute and d.live = :live
        left join words w on w.home = e.home and w.id = e.body->'text'->>'id'
        left join event a on a.home = e.home and a.dispute = e.dispute and a.type = 'FeedbackAnswered'
          and a.body->>'feedback' = e.body->>'id'
        left join words wa on wa.home = a.home and wa.id = a.body->'text'->>'id'
        where e.type = 'FeedbackGiven'
      ) o
      where o.at < :before and (cast(:subject as text) is null or o.subject = :subject)
      order by o.at desc, o.id desc limit :limit
      """;
}
