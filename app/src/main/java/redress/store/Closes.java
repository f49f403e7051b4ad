package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import redress.dispute.DisputeId;

/**
 * The books as finance looks at them: what still has to go back to zero, and days as they were closed. A closed day
 * never changes; what is booked on it later is told beside it. Amounts are minor units, days are days in UTC.
 */
public final class Closes {
  private static final int FETCH = 1_000;

  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  public Closes(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Something that has not gone back to zero: a refund on its way, a claim, a hold that outlived its dispute. */
  public record Open(String account, String merchant, String provider, String payment, @Nullable DisputeId dispute,
      int refund, String currency, long minor, Instant since) {}

  /** A day that was closed. */
  public record Close(LocalDate day, boolean live, String by, Instant at) {}

  /** What an account moved on a closed day: as it was closed, and what was booked later. */
  public record Total(String merchant, String provider, String currency, String account, long entries, long debit,
      long credit, long lateEntries, long lateDebit, long lateCredit) {}

  /** What is open, the oldest first, from number {@code after} on. */
  public List<Open> open(boolean live, int after, int limit) {
    return sql.sql(OPEN + " offset ? limit ?").param(live).param(after).param(limit).query((row, _) -> open(row))
        .list();
  }

  /** The same, all of it, row by row. */
  public void open(boolean live, Consumer<Open> each) {
    transaction.executeWithoutResult(_ -> sql.sql(OPEN).withFetchSize(FETCH).param(live)
        .query(row -> {
          each.accept(open(row));
        }));
  }

  /** Closes {@code day} as it stands. False: it was closed before, and stays as it was. */
  public boolean close(LocalDate day, boolean live, String by, Instant at) {
    return Boolean.TRUE.equals(transaction.execute(_ -> {
      boolean fresh =
          sql.sql(
              "insert into finance_close (day, live, closed_by, closed_at) values (?, ?, ?, ?) on conflict do nothing")
              .param(day).param(live).param(by).param(at.atOffset(ZoneOffset.UTC)).update() == 1;
      if (fresh) {
        sql.sql("""
            insert into finance_close_line
              (day, live, merchant, provider, currency, account, entries, debit, credit)
            select cast(:day as date), :live, merchant, provider, currency, account, entries, debit, credit from (%s) n
            """.formatted(BOOKED)).param("day", day).param("live", live).update();
      }
      return fresh;
    }));
  }

  /** The day as it was closed. */
  public Optional<Close> find(LocalDate day, boolean live) {
    return sql.sql("select * from finance_close where day = ? and live = ?").param(day).param(live)
        .query((row, _) -> close(row)).optional();
  }

  /** The days that were closed, the latest first. */
  public List<Close> list(boolean live, int limit) {
    return sql.sql("select * from finance_close where live = ? order by day desc limit ?").param(live).param(limit)
        .query((row, _) -> close(row)).list();
  }

  /** What a closed day moved, from line {@code after} on, in order. */
  public List<Total> totals(LocalDate day, boolean live, int after, int limit) {
    return sql.sql(TOTALS + " offset :after limit :limit").param("day", day).param("live", live)
        .param("after", after).param("limit", limit).query((row, _) -> total(row)).list();
  }

  /** The same, all of it, row by row. */
  public void totals(LocalDate day, boolean live, Consumer<Total> each) {
    transaction.executeWithoutResult(_ -> sql.sql(TOTALS).withFetchSize(FETCH).param("day", day).param("live", live)
        .query(row -> {
          each.accept(total(row));
        }));
  }

  private static Close close(ResultSet row) throws SQLException {
    return new Close(row.getObject("day", LocalDate.class), row.getBoolean("live"), row.getString("closed_by"),
        row.getObject("closed_at", OffsetDateTime.class).toInstant());
  }

  private static Total total(ResultSet row) throws SQLException {
    return new Total(row.getString("merchant"), row.getString("provider"), row.getString("currency"),
        row.getString("account"), row.getLong("entries"), row.getLong("debit"), row.getLong("credit"),
        row.getLong("late_entries"), row.getLong("late_debit"), row.getLong("late_credit"));
  }

  private static Open open(ResultSet row) throws SQLException {
    long dispute = row.getLong("dispute");
    return new Open(row.getString("account"), row.getString("merchant"), row.getString("provider"),
        row.getString("payment"), dispute == 0 ? null : new DisputeId(row.getInt("home"), dispute),
        row.getInt("refund"), row.getString("currency"), row.getLong("minor"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  // Clearing is open refund by refund; a claim, and what a buyer owes, dispute by dispute; a hold only once its dispute
  // is over.
  private static final String OPEN = """
      select o.*, coalesce(p.state->>'provider', '') as provider from (
        select l.account, e.home, e.merchant, e.payment, e.dispute, l.currency,
          case l.account when 'buyer.clearing' then e.refund else 0 end as refund, sum(l.minor) as minor,
          min(e.at) as since
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.live = ? and l.account in ('buyer.clearing', 'buyer.claim', 'buyer.receivable', 'merchant.hold')
        group by 1, 2, 3, 4, 5, 6, 7 having sum(l.minor) <> 0
      ) o
      left join payment p on p.home = o.home and p.id = o.payment
      left join dispute d on d.home = o.home and d.id = o.dispute
      where o.account <> 'merchant.hold' or d.status = 'CLOSED'
      order by o.since, o.home, o.payment, o.dispute, o.account, o.refund""";

  private static final String BOOKED = """
      select e.merchant, coalesce(p.state->>'provider', '') as provider, l.currency, l.account,
        count(*) as entries, sum(greatest(l.minor, 0)) as debit, sum(greatest(-l.minor, 0)) as credit
      from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
      left join payment p on p.home = e.home and p.id = e.payment
      where e.live = :live and e.at >= cast(:day as date)::timestamp at time zone 'UTC'
        and e.at < (cast(:day as date) + 1)::timestamp at time zone 'UTC'
      group by 1, 2, 3, 4""";

  private static final String TOTALS = """
      select merchant, provider, currency, account, coalesce(c.entries, 0) as entries, coalesce(c.debit, 0) as debit,
        coalesce(c.credit, 0) as credit, coalesce(n.entries, 0) - coalesce(c.entries, 0) as late_entries,
        coalesce(n.debit, 0) - coalesce(c.debit, 0) as late_debit,
        coalesce(n.credit, 0) - coalesce(c.credit, 0) as late_credit
      from (select * from finance_close_line where day = cast(:day as date) and live = :live) c
      full join (%s) n using (merchant, provider, currency, account)
      order by merchant, provider, currency, account""".formatted(BOOKED);
}
