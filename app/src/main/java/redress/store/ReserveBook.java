package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Command.Pot;
import redress.dispute.DisputeId;
import redress.money.Transfer;
import redress.posting.Postings;

/**
 * What people see of deposits and the fund and do with them: money comes in, and what nobody needs goes out. Each
 * movement is one statement at the reserve's own home, with its ledger entry beside it. Amounts are minor units.
 */
public final class ReserveBook {
  private final JdbcClient sql;
  private final Reserves reserves;

  public ReserveBook(JdbcClient sql, Reserves reserves) {
    this.sql = sql;
    this.reserves = reserves;
  }

  /** Who did it, on whose second word (empty: nobody's was needed), and what it is called outside. */
  public record Hand(String by, String second, String ref) {}

  /** A reserve as it stands; limits are null where there is none. */
  public record Standing(Reserve reserve, long balance, long held, @Nullable Long perDispute,
      @Nullable Long perMerchant, @Nullable Long perDay) {}

  /** One movement; {@code dispute} is null where no dispute caused it. */
  public record Moved(int n, Instant at, String kind, long minor, long balance, long held, String merchant,
      @Nullable DisputeId dispute, String ref, String by, String second) {}

  /** Deposits of merchants after {@code after}, of {@code merchant} only unless null, in order. */
  public List<Standing> deposits(boolean live, @Nullable String merchant, String after, int limit) {
    return sql.sql("""
        select * from reserve where kind = 'DEPOSIT' and live = ? and (?::text is null or merchant = ?)
          and merchant > ? order by merchant, currency limit ?
        """).param(live).param(merchant).param(merchant).param(after).param(limit)
        .query((row, _) -> standing(row)).list();
  }

  /** The funds, one for each currency. */
  public List<Standing> funds(boolean live) {
    return sql.sql("select * from reserve where kind = 'FUND' and live = ? order by currency").param(live)
        .query((row, _) -> standing(row)).list();
  }

  /** One reserve; an empty one when it was never touched. */
  public Standing standing(Reserve id) {
    return sql.sql("select * from reserve where home = ? and id = ?").param(id.home()).param(id.toString())
        .query((row, _) -> standing(row)).optional().orElse(new Standing(id, 0, 0, null, null, null));
  }

  /** What happened to a reserve after movement {@code after}, in order. */
  public List<Moved> moves(Reserve id, int after, int limit) {
    return sql.sql("select * from reserve_move where home = ? and reserve = ? and n > ? order by n limit ?")
        .param(id.home()).param(id.toString()).param(after).param(limit).query((row, _) -> moved(row)).list();
  }

  /** What one dispute, one merchant and one day (UTC) may draw; null: no bound. */
  public record Limits(@Nullable Long perDispute, @Nullable Long perMerchant, @Nullable Long perDay) {}

  /** Sets the limits of a reserve; {@code by} is who does. */
  public void limit(Reserve id, Limits limits, String by, Instant at) {
    reserves.found(id);
    var said = new HashMap<String, Object>(Map.of("home", id.home(), "reserve", id.toString(), "by", by));
    if (limits.perDispute() != null) said.put("perDispute", limits.perDispute());
    if (limits.perMerchant() != null) said.put("perMerchant", limits.perMerchant());
    if (limits.perDay() != null) said.put("perDay", limits.perDay());
    sql.sql(LIMIT).params(Acts.of(id.live(), "reserve.limited", at, said)).param("dispute", limits.perDispute())
        .param("merchant", limits.perMerchant()).param("day", limits.perDay()).param("home", id.home())
        .param("id", id.toString()).update();
  }

  /** Money comes in from outside. */
  public void topUp(Reserve id, long minor, Hand hand, Instant at) {
    reserves.found(id);
    move(id, "TOP_UP", minor, Postings.toppedUp(id.pot(), id.currency(), minor), hand, at);
  }

  /** Money that is set aside for nobody goes out. False when there is not so much. */
  public boolean withdraw(Reserve id, long minor, Hand hand, Instant at) {
    return move(id, "WITHDRAWAL", minor, Postings.withdrawn(id.pot(), id.currency(), minor), hand, at);
  }

  private boolean move(Reserve id, String kind, long minor, Transfer transfer, Hand hand, Instant at) {
    return write("with free as (select 1),", id, kind, minor, id.merchant(), transfer, hand, at);
  }

  /** What {@code merchant} paid back of the fund's advances goes back to the fund. False: it has not paid so much. */
  public boolean refill(Reserve fund, String merchant, long minor, Hand hand, Instant at) {
    reserves.found(fund);
    return write(FREE, fund, "RECOVERED", minor, merchant, Postings.refilled(fund.currency(), minor), hand, at);
  }

  private boolean write(String free, Reserve id, String kind, long minor, String merchant, Transfer transfer, Hand hand,
      Instant at) {
    var params = new HashMap<>(Map.<String, Object>of("id", id.toString(), "kind", kind, "minor", minor, "by",
        hand.by(), "second", hand.second(), "ref", hand.ref()));
    params.put("change", kind.equals("WITHDRAWAL") ? -minor : minor);
    var why = Map.of("reserve", id.toString(), "move", kind, "by", hand.by(), "second", hand.second(), "ref",
        hand.ref());
    params.putAll(Booking.of(id.home(), "", merchant, id.live(), transfer, at, why));
    return sql.sql(free + MOVE + Booking.POST).params(params).update() > 0;
  }

  private static Standing standing(ResultSet row) throws SQLException {
    var id = new Reserve(Pot.valueOf(row.getString("kind")), row.getString("merchant"), row.getString("currency"),
        row.getBoolean("live"));
    return new Standing(id, row.getLong("balance"), row.getLong("held"), row.getObject("per_dispute", Long.class),
        row.getObject("per_merchant", Long.class), row.getObject("per_day", Long.class));
  }

  private static Moved moved(ResultSet row) throws SQLException {
    long dispute = row.getLong("dispute");
    return new Moved(row.getInt("n"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("kind"),
        row.getLong("minor"), row.getLong("balance"), row.getLong("held"), row.getString("merchant"),
        dispute == 0 ? null : new DisputeId(row.getInt("dispute_home"), dispute), row.getString("ref"),
        row.getString("by"), row.getString("second"));
  }

  private static final String LIMIT = """
      with p as (
        update reserve set per_dispute = :dispute::int8, per_merchant = :merchant::int8, per_day = :day::int8
        where home = :home and id = :id returning 1
      )
      """ + Acts.INSERT;

  private static final String MOVE = """
      p as (
        update reserve set balance = balance + :change, moves = moves + 1
        where home = :home and id = :id and balance + :change >= 0 and exists (select 1 from free)
        returning moves, balance, held
      ), m as (
        insert into reserve_move (home, reserve, n, kind, minor, balance, held, merchant, entry, ref, by, second, at)
        select :home, :id, moves, :kind, :minor, balance, held, :merchant, :entry, :ref, :by, :second, :at from p
      ),""";

  // Never more than the merchant paid back, nor than the fund advanced to it, less what went back before.
  private static final String FREE = """
      with back as (
        select coalesce(-sum(l.minor) filter (where e.cause = 'recovery'), 0) as paid,
          coalesce(sum(l.minor) filter (where e.cause in ('advance', 'refund-failed', 'refund-reversed')), 0)
            as advanced
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.merchant = :merchant and e.live = :live and l.currency = :currency and l.account = 'merchant.receivable'
      ), gone as (
        select coalesce(sum(minor), 0) as minor from reserve_move
        where home = :home and reserve = :id and kind = 'RECOVERED' and merchant = :merchant
      ), free as (select 1 from back, gone where least(back.paid, back.advanced) - gone.minor >= :minor),""";
}
