package redress.store;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists of disputes that people named so as to find them again. */
public final class SavedViews {
  /** How many one person can keep. */
  public static final int MOST = 30;

  private final JdbcClient sql;

  public SavedViews(JdbcClient sql) {
    this.sql = sql;
  }

  /** One of them; {@code query} is what stands behind the question mark of its address. */
  public record SavedView(String id, String name, String query) {}

  /** Those of {@code owner}, by name. */
  public List<SavedView> of(String owner) {
    return sql.sql("select id, name, query from saved_view where owner = ? order by name").param(owner)
        .query((row, _) -> new SavedView(row.getString("id"), row.getString("name"), row.getString("query"))).list();
  }

  /** Keeps a view, in place of the owner's former one of that name. False: there are too many. */
  public boolean keep(String owner, SavedView view, Instant at) {
    return sql.sql("""
        insert into saved_view (owner, id, name, query, at)
        select :owner, :id, :name, :query, :at
        where (select count(*) from saved_view where owner = :owner and name <> :name) < :most
        on conflict (owner, name) do update set query = excluded.query, at = excluded.at
        """).param("owner", owner).param("id", view.id()).param("name", view.name()).param("query", view.query())
        .param("at", Acts.kept(at)).param("most", MOST).update() == 1;
  }

  /** Forgets a view; false when there is none. */
  public boolean forget(String owner, String id) {
    return sql.sql("delete from saved_view where owner = ? and id = ?").param(owner).param(id).update() == 1;
  }
}
