package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;

/** What the ledger says of one merchant: its balances, what is held for which dispute, and every line in order. */
public final class AccountBook {
  private static final String ACCOUNTS =
      "('merchant.available', 'merchant.hold', 'merchant.deposit', 'merchant.receivable')";

  private final JdbcClient sql;

  public AccountBook(JdbcClient sql) {
    this.sql = sql;
  }

  /** Whose book: a merchant's, of live or of test payments. */
  public record Of(String merchant, boolean live) {}

  /** What an account comes to in minor units: what the merchant has, or of merchant.receivable what it owes. */
  public record Balance(String currency, String account, long minor) {}

  /** What is held for an open dispute, in minor units, and when its next deadline passes. */
  public record Hold(DisputeId dispute, String reason, String status, String currency, long minor,
      @Nullable Instant due) {}

  /**
   * One line: {@code minor} more in the account, or less; payment and dispute are empty or null for what belongs to
   * none.
   */
  public record Row(Mark mark, String cause, String payment, @Nullable DisputeId dispute, String account,
      long minor) {}

  /** Where a line stands in the book. */
  public record Mark(Instant at, int home, long entry, int line) {}

  /** The balances that are not zero, or were moved. */
  public List<Balance> balances(Of of) {
    return sql.sql("""
        select l.currency, l.account,
          sum(case l.account when 'merchant.receivable' then l.minor else -l.minor end)::bigint as minor
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.merchant = ? and e.live = ? and l.account in %s group by 1, 2 order by 1, 2
        """.formatted(ACCOUNTS)).param(of.merchant()).param(of.live())
        .query((row, _) -> new Balance(row.getString("currency"), row.getString("account"), row.getLong("minor")))
        .list();
  }

  /** What is held now, what is due first ahead; at most {@code limit}. */
  public List<Hold> holds(Of of, int limit) {
    return sql.sql("""
        select d.home, d.id, d.reason, d.status, d.currency, d.due, -sum(l.minor)::bigint as minor
        from dispute d
        join ledger_entry e on e.home = d.home and e.payment = d.payment and e.dispute = d.id
        join ledger_line l on l.home = e.home and l.entry = e.id and l.account = 'merchant.hold'
        where d.merchant = ? and d.live = ? and d.phase <> 'CLOSED'
        group by d.home, d.id having sum(l.minor) <> 0 order by d.due nulls last, d.home, d.id limit ?
        """).param(of.merchant()).param(of.live()).param(limit).query((row, _) -> hold(row)).list();
  }

  /** At most {@code limit} lines of one currency before {@code mark} (null: from the newest), the newest first. */
  public List<Row> rows(Of of, String currency, @Nullable Mark mark, int limit) {
    var to = mark == null ? new Mark(Instant.parse("9999-01-01T00:00:00Z"), 0, 0, 0) : mark;
    return sql.sql("""
        select e.at, e.home, e.id, l.line, e.cause, e.payment, e.dispute, l.account,
          case l.account when 'merchant.receivable' then l.minor else -l.minor end as minor
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.merchant = ? and e.live = ? and l.currency = ? and l.account in %s
          and (e.at, e.home, e.id, l.line) < (?, ?, ?, ?)
        order by e.at desc, e.home desc, e.id desc, l.line desc limit ?
        """.formatted(ACCOUNTS)).param(of.merchant()).param(of.live()).param(currency)
        .param(to.at().atOffset(ZoneOffset.UTC)).param(to.home()).param(to.entry()).param(to.line()).param(limit)
        .query((row, _) -> row(row)).list();
  }

  private static Hold hold(ResultSet row) throws SQLException {
    var due = row.getObject("due", OffsetDateTime.class);
    return new Hold(new DisputeId(row.getInt("home"), row.getLong("id")), row.getString("reason"),
        row.getString("status"), row.getString("currency"), row.getLong("minor"),
        due == null ? null : due.toInstant());
  }

  private static Row row(ResultSet row) throws SQLException {
    int home = row.getInt("home");
    long dispute = row.getLong("dispute");
    var mark = new Mark(row.getObject("at", OffsetDateTime.class).toInstant(), home, row.getLong("id"),
        row.getInt("line"));
    return new Row(mark, row.getString("cause"), row.getString("payment"),
        dispute == 0 ? null : new DisputeId(home, dispute), row.getString("account"), row.getLong("minor"));
  }
}
