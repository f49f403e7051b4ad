package redress.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.money.Transfer;
import redress.posting.Postings;

/**
 * What people do with deposits and the fund: money comes in, and what nobody needs goes out. Each is one statement at
 * the reserve's own home, with its ledger entry beside it. Amounts are minor units.
 */
public final class Vault {
  private final JdbcClient sql;
  private final Reserves reserves;

  public Vault(JdbcClient sql, Reserves reserves) {
    this.sql = sql;
    this.reserves = reserves;
  }

  /** Who did it, on whose second word (empty: nobody's was needed), and what it is called outside. */
  public record Hand(String by, String second, String ref) {}

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
    var params =
        new HashMap<>(Map.<String, Object>of("id", id.toString(), "kind", kind, "minor", minor, "by", hand.by(),
            "second", hand.second(), "ref", hand.ref(), "change", kind.equals("WITHDRAWAL") ? -minor : minor));
    params.putAll(Booking.of(id.home(), "", id.merchant(), id.live(), transfer, at));
    return sql.sql(MOVE + Booking.POST).params(params).update() > 0;
  }

  private static final String MOVE = """
      with p as (
        update reserve set balance = balance + :change, moves = moves + 1
        where home = :home and id = :id and balance + :change >= 0 returning moves, balance, held
      ), m as (
        insert into reserve_move (home, reserve, n, kind, minor, balance, held, merchant, entry, ref, by, second, at)
        select :home, :id, moves, :kind, :minor, balance, held, :merchant, :entry, :ref, :by, :second, :at from p
      ),""";
}
