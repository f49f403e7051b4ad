package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.store.Records.Kept;

/** Both sides of every payment that something was promised about: the promises, and what statements say of it. */
public final class Books {
  private static final int ROWS_AT_ONCE = 20_000;

  private final JdbcClient sql;

  public Books(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A dispute that was settled once, with whose it is; {@code account} is the buyer's account reference, {@code clock}
   * its test clock, null for the system's.
   */
  public record Promised(DisputeId id, String payment, Dispute dispute, String merchant, String book, String currency,
      String payer, String account, boolean live, @Nullable String clock) {}

  /** Everything about the payments of some homes. {@code stated} holds the references parties gave, by their ids. */
  public record Slice(List<Promised> promised, List<Kept> records, Map<String, String> stated) {}

  /** A range of homes, both ends included. */
  public record Range(int from, int to) {}

  /** All homes, in ranges that each fit into memory. */
  public List<Range> ranges() {
    long rows = sql.sql("select greatest(reltuples, 0)::bigint + (select count(*) from dispute where settled_at is not"
        + " null) from pg_class where oid = 'record'::regclass").query(Long.class).single();
    int parts = Math.clamp(rows / ROWS_AT_ONCE + 1, 1, Home.COUNT);
    int size = (Home.COUNT + parts - 1) / parts;
    return IntStream.iterate(0, from -> from < Home.COUNT, from -> from + size)
        .mapToObj(from -> new Range(from, Math.min(from + size, Home.COUNT) - 1)).toList();
  }

  /** What there is in a range of homes. */
  public Slice slice(Range range) {
    var promised = sql.sql("""
        select d.home, d.id, d.payment, d.stage, d.merchant, d.currency, d.buyer, d.live, d.clock, p.provider,
          coalesce(y.account, '') as account
        from dispute d join payment p on p.home = d.home and p.id = d.payment left join party y on y.id = d.buyer
        where d.home between ? and ? and d.settled_at is not null order by d.home, d.payment, d.id
        """).param(range.from()).param(range.to()).query((row, _) -> promised(row)).list();
    var records = sql.sql("""
        select r.*, coalesce(s.format, '') as format from (
          select r.* from record r
          where r.home between :from and :to and r.payment <> '' and r.minor < 0
            and (r.kind in ('REFUND', 'OTHER') or r.dispute <> '')
          union all
          select r.* from record r
          where r.home between :from and :to and r.payment = '' and r.dispute <> '' and r.minor < 0
        ) r left join statement s on s.id = r.statement
        """).param("from", range.from()).param("to", range.to()).query((row, _) -> Records.kept(row)).list();
    return new Slice(promised, records, stated(range, promised));
  }

  private Map<String, String> stated(Range range, List<Promised> promised) {
    var wanted = promised.stream().flatMap(it -> it.dispute().obligations().stream())
        .filter(it -> it.kind().isPayment() && it.reference().isPresent()).map(it -> it.reference().id())
        .toArray(String[]::new);
    var stated = new HashMap<String, String>();
    if (wanted.length == 0) return stated;
    sql.sql("select id, body from words where home between ? and ? and id = any(?) and body is not null")
        .param(range.from()).param(range.to()).param(wanted)
        .query(row -> {
          stated.put(row.getString("id"), row.getString("body").strip());
        });
    return stated;
  }

  private static Promised promised(ResultSet row) throws SQLException {
    return new Promised(new DisputeId(row.getInt("home"), row.getLong("id")), row.getString("payment"),
        Json.dispute(row.getString("stage")), row.getString("merchant"), row.getString("provider"),
        row.getString("currency"), row.getString("buyer"), row.getString("account"), row.getBoolean("live"),
        row.getString("clock"));
  }
}
