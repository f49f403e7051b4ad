package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Command.Pot;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.money.Transfer;
import redress.posting.Postings;

/**
 * What merchants owe: advances of the fund, promises that were broken, chargebacks that nothing covered, less what was
 * recovered or given up. It is what the ledger says, wherever its entries live; what merchants pay back is booked where
 * their deposits live. Amounts are minor units.
 */
public final class Receivables {
  private final JdbcClient sql;
  private final Reserves reserves;

  public Receivables(JdbcClient sql, Reserves reserves) {
    this.sql = sql;
    this.reserves = reserves;
  }

  /**
   * What one merchant owes in one currency, and what that is made of; below zero: the platform owes the merchant. Its
   * buyers owe {@code owedByBuyers}, which they were paid above what was captured.
   */
  public record Owed(String merchant, String currency, long owed, long advanced, long broken, long chargedBack,
      long recovered, long writtenOff, long owedByBuyers) {}

  /** An entry that changed what is owed: {@code minor} more, or less; {@code payment} is empty where there is none. */
  public record Entry(Instant at, int home, long id, String cause, String payment, @Nullable DisputeId dispute,
      long minor) {}

  /** Where a page of entries ended. */
  public record Mark(Instant at, int home, long id) {}

  /** What merchants owe, those after {@code after} (exclusive), of {@code merchant} only unless null. */
  public List<Owed> list(boolean live, @Nullable String merchant, String after, int limit) {
    return sql.sql("""
        select e.merchant, l.currency,
          coalesce(sum(l.minor) filter (where l.account = 'merchant.receivable'), 0) as owed,
          coalesce(sum(l.minor) filter (where e.cause in ('advance', 'refund-failed', 'refund-reversed')), 0)
            as advanced,
          coalesce(sum(l.minor) filter (where e.cause = 'promise-broken'), 0) as broken,
          coalesce(sum(l.minor) filter (where e.cause = 'chargeback'), 0) as charged_back,
          coalesce(-sum(l.minor) filter (where e.cause = 'recovery'), 0) as recovered,
          coalesce(-sum(l.minor) filter (where e.cause = 'write-off'), 0) as written_off,
          coalesce(sum(l.minor) filter (where l.account = 'buyer.receivable'), 0) as owed_by_buyers
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.live = ? and l.account in ('merchant.receivable', 'buyer.receivable')
          and (?::text is null or e.merchant = ?)
          and e.merchant > ?
        group by e.merchant, l.currency order by e.merchant, l.currency limit ?
        """).param(live).param(merchant).param(merchant).param(after).param(limit)
        .query((row, _) -> new Owed(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5),
            row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9)))
        .list();
  }

  /** What one merchant owes in one currency. */
  public long owed(String merchant, String currency, boolean live) {
    return sum(merchant, currency, live, Owed::owed);
  }

  private long sum(String merchant, String currency, boolean live, ToLongFunction<Owed> what) {
    return list(live, merchant, "", Integer.MAX_VALUE).stream().filter(it -> it.currency().equals(currency))
        .mapToLong(what).sum();
  }

  /** The entries after {@code mark} (null: from the first), in order. */
  public List<Entry> entries(String merchant, String currency, boolean live, @Nullable Mark mark, int limit) {
    var from = mark == null ? new Mark(Instant.EPOCH, -1, 0) : mark;
    return sql.sql("""
        select e.at, e.home, e.id, e.cause, e.payment, e.dispute, sum(l.minor) as minor
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.merchant = ? and e.live = ? and l.currency = ? and l.account = 'merchant.receivable'
          and (e.at, e.home, e.id) > (?, ?, ?)
        group by e.home, e.id order by e.at, e.home, e.id limit ?
        """).param(merchant).param(live).param(currency).param(from.at().atOffset(ZoneOffset.UTC)).param(from.home())
        .param(from.id()).param(limit).query((row, _) -> entry(row)).list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long dispute = row.getLong("dispute");
    int home = row.getInt("home");
    return new Entry(row.getObject("at", OffsetDateTime.class).toInstant(), home, row.getLong("id"),
        row.getString("cause"), row.getString("payment"), dispute == 0 ? null : new DisputeId(home, dispute),
        row.getLong("minor"));
  }

  /** The merchant pays {@code minor} of what it owes from outside. False: it does not owe so much. */
  public boolean recover(String merchant, String currency, boolean live, long minor, Instant at) {
    return less(merchant, currency, live, minor, Owed::owed, Postings.recovered(currency, false, minor), at);
  }

  /** What the merchant owes is given up by {@code minor}. False: it does not owe so much. */
  public boolean writeOff(String merchant, String currency, boolean live, long minor, Instant at) {
    return less(merchant, currency, live, minor, Owed::owed, Postings.writtenOff(currency, minor), at);
  }

  /** A buyer of the merchant pays back {@code minor} of what it got too much. False: buyers do not owe so much. */
  public boolean payBack(String merchant, String currency, boolean live, long minor, Instant at) {
    return less(merchant, currency, live, minor, Owed::owedByBuyers, Postings.paidBack(currency, minor), at);
  }

  /** One account is served one after another, so that nobody pays more than is owed. */
  private boolean less(String merchant, String currency, boolean live, long minor, ToLongFunction<Owed> what,
      Transfer transfer, Instant at) {
    var deposit = new Reserve(Pot.DEPOSIT, merchant, currency, live);
    reserves.found(deposit);
    sql.sql("select 1 from reserve where home = ? and id = ? for update").param(deposit.home())
        .param(deposit.toString()).query(Integer.class).single();
    if (sum(merchant, currency, live, what) < minor) return false;
    sql.sql("with p as (select 1)," + Booking.POST)
        .params(Booking.of(deposit.home(), "", merchant, live, transfer, at, Map.of())).update();
    return true;
  }

  /**
   * The merchant pays {@code minor} of what it owes with what it has available of {@code payment}: one statement at the
   * payment's home. False: not so much is available there, or it is no payment of this merchant in this currency.
   */
  public boolean offset(String merchant, String currency, boolean live, String payment, long minor, Instant at) {
    if (owed(merchant, currency, live) < minor) return false;
    var params = Booking.of(Home.of(payment), payment, merchant, live, Postings.recovered(currency, true, minor), at,
        Map.of());
    params.put("minor", minor);
    return sql.sql(OFFSET + Booking.POST).params(params).update() > 0;
  }

  private static final String OFFSET = """
      with p as (
        update payment set revision = revision + 1,
          state = state || jsonb_build_object('available', (state->>'available')::int8 - :minor,
            'version', (state->>'version')::int4 + 1)
        where home = :home and id = :payment and merchant = :merchant and state->>'currency' = :currency
          and (state->>'live')::boolean = :live and (state->>'available')::int8 >= :minor
        returning 1
      ),""";
}
