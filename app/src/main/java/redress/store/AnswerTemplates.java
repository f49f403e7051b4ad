package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What merchants write again and again, ready to be put into a message. */
public final class AnswerTemplates {
  /** How many one merchant can keep. */
  public static final int MOST = 100;

  private final JdbcClient sql;

  public AnswerTemplates(JdbcClient sql) {
    this.sql = sql;
  }

  /** One of them; {@code body} may hold blanks such as <code>{amount}</code>. */
  public record AnswerTemplate(String id, String title, String body) {}

  /** Those of {@code merchant}, by title. */
  public List<AnswerTemplate> of(String merchant) {
    return sql.sql("select id, title, body from answer_template where merchant = ? order by title, id").param(merchant)
        .query((row, _) -> template(row)).list();
  }

  /** The merchant's template with this id. */
  public Optional<AnswerTemplate> find(String merchant, String id) {
    return sql.sql("select id, title, body from answer_template where merchant = ? and id = ?").param(merchant)
        .param(id).query((row, _) -> template(row)).optional();
  }

  private static AnswerTemplate template(ResultSet row) throws SQLException {
    return new AnswerTemplate(row.getString("id"), row.getString("title"), row.getString("body"));
  }

  /** Keeps a template, in place of the one with its id; {@code author} wrote it. False: there are too many. */
  public boolean keep(String merchant, AnswerTemplate it, String author, Instant at) {
    return sql.sql("""
        insert into answer_template (merchant, id, title, body, author, at)
        select :merchant, :id, :title, :body, :author, :at
        where (select count(*) from answer_template where merchant = :merchant and id <> :id) < :most
        on conflict (merchant, id) do update set title = excluded.title, body = excluded.body,
          author = excluded.author, at = excluded.at
        """).param("merchant", merchant).param("id", it.id()).param("title", it.title()).param("body", it.body())
        .param("author", author).param("at", Acts.kept(at)).param("most", MOST).update() == 1;
  }

  /** Forgets a template; false when there is none. */
  public boolean forget(String merchant, String id) {
    return sql.sql("delete from answer_template where merchant = ? and id = ?").param(merchant).param(id).update() == 1;
  }
}
