package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import redress.dispute.DisputeId;
import redress.dispute.Stage.Excepted.Ask;

/**
 * The deposits of merchants and the compensation fund, drawn by disputes that live elsewhere: what is asked is set
 * aside here, the desk hears of it, and then it is confirmed, or released if the desk would not have it. Every step is
 * one statement at the reserve's own home with the act beside it that tells the log, and done twice it counts once.
 * Amounts are minor units.
 */
public final class Reserves {
  private static final int TRIES = 100;

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Acts acts;

  public Reserves(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
    this.acts = new Acts(sql);
  }

  /** Where a draw stands. */
  public enum State { OPEN, CONFIRMED, RELEASED }

  /** What an ask was granted, maybe nothing. */
  public record Draw(long granted, State state) {}

  /** Sets aside what is asked, as far as it is there and within the limits; the same ask gets the same again. */
  public Draw reserve(Reserve id, DisputeId dispute, Ask ask, String merchant, Instant at) {
    found(id);
    for (int i = 0; i < TRIES; i++) {
      var draw = transaction.execute(_ -> tried(id, dispute, ask, merchant, at));
      if (draw != null && draw.isPresent()) return draw.get();
    }
    throw new IllegalStateException(id + " is too busy");
  }

  private Optional<Draw> tried(Reserve id, DisputeId dispute, Ask ask, String merchant, Instant at) {
    return sql.sql(RESERVE).params(named(id, dispute, ask.number(), at)).param("wanted", ask.minor())
        .param("merchant", merchant).query((row, _) -> {
          if (row.getInt("n") > 0) tell(id, dispute, ask.number(), at, row);
          return new Draw(row.getLong("minor"), State.valueOf(row.getString("state")));
        }).optional();
  }

  /** Tells the log of one movement that a dispute caused. */
  private void tell(Reserve id, DisputeId dispute, int number, Instant at, ResultSet moved) throws SQLException {
    acts.write(id.live(), "reserve.moved", at, Map.of("home", id.home(), "reserve", id.toString(), "n",
        moved.getInt("n"), "move", moved.getString("kind"), "minor", moved.getLong("minor"), "balance",
        moved.getLong("balance"), "held", moved.getLong("held"), "merchant", moved.getString("merchant"), "dispute",
        dispute.toString(), "number", number));
  }

  private void move(String statement, Map<String, Object> params, Reserve id, DisputeId dispute, int number,
      Instant at) {
    transaction.executeWithoutResult(_ -> sql.sql(statement).params(params).query((row, _) -> {
      tell(id, dispute, number, at, row);
      return true;
    }).optional());
  }

  /** The desk took it: it belongs to the dispute now. */
  public void confirm(Reserve id, DisputeId dispute, Ask ask, Instant at) {
    end(id, dispute, ask, at, State.CONFIRMED);
  }

  /** The desk would not have it: it goes back. */
  public void release(Reserve id, DisputeId dispute, Ask ask, Instant at) {
    end(id, dispute, ask, at, State.RELEASED);
  }

  private void end(Reserve id, DisputeId dispute, Ask ask, Instant at, State state) {
    var params = named(id, dispute, ask.number(), at);
    params.put("state", state.name());
    move(END, params, id, dispute, ask.number(), at);
  }

  /** What a dispute did not use comes back, once for the event that gave it back. */
  public void giveBack(Reserve id, DisputeId dispute, int number, long minor, String merchant, Instant at) {
    var params = named(id, dispute, number, at);
    params.put("minor", minor);
    params.put("merchant", merchant);
    move(GIVE_BACK, params, id, dispute, number, at);
  }

  /** Makes sure that there is such a reserve, if only an empty one: what it answers has to be written down. */
  void found(Reserve id) {
    sql.sql("""
        insert into reserve (home, id, kind, merchant, currency, live) values (?, ?, ?, ?, ?, ?) on conflict do nothing
        """).param(id.home()).param(id.toString()).param(id.pot().name()).param(id.merchant()).param(id.currency())
        .param(id.live()).update();
  }

  /** What lies in a reserve for anybody, and what of it is set aside. */
  public record Level(long balance, long held) {}

  /** How full it is; empty when it was never touched. */
  public Optional<Level> level(Reserve id) {
    return sql.sql("select balance, held from reserve where home = ? and id = ?").param(id.home())
        .param(id.toString()).query((row, _) -> new Level(row.getLong(1), row.getLong(2))).optional();
  }

  private static Map<String, Object> named(Reserve id, DisputeId dispute, int number, Instant at) {
    return new HashMap<>(Map.of("home", id.home(), "id", id.toString(), "dhome", dispute.home(), "dispute",
        dispute.number(), "number", number, "at", Acts.kept(at)));
  }

  // Who reads a level that has moved on meanwhile writes nothing and looks again.
  private static final String RESERVE = """
      with old as (
        select granted, state from reserve_draw where home = :home and reserve = :id and dispute_home = :dhome
          and dispute = :dispute and number = :number
      ), drawn as (
        select sum(minor) filter (where dispute_home = :dhome and dispute = :dispute) as dispute,
          sum(minor) filter (where merchant = :merchant) as merchant,
          sum(minor) filter (where at >= date_trunc('day', cast(:at as timestamptz), 'UTC')
            and kind in ('RESERVED', 'RELEASED')) as day
        from (
          select m.dispute_home, m.dispute, m.merchant, m.at, m.kind,
            case m.kind when 'RESERVED' then m.minor else -m.minor end as minor
          from reserve_move m where m.home = :home and m.reserve = :id
            and m.kind in ('RESERVED', 'RELEASED', 'RETURNED', 'RECOVERED')
        ) m
      ), room as (
        select r.moves, greatest(0, least(cast(:wanted as int8), r.balance, r.per_dispute - coalesce(drawn.dispute, 0),
          r.per_merchant - coalesce(drawn.merchant, 0), r.per_day - coalesce(drawn.day, 0))) as minor
        from reserve r, drawn where r.home = :home and r.id = :id and not exists (select 1 from old)
      ), taken as (
        update reserve r set balance = r.balance - room.minor, held = r.held + room.minor, moves = r.moves + 1
        from room where r.home = :home and r.id = :id and r.moves = room.moves
        returning r.moves, r.balance, r.held, room.minor
      ), draw as (
        insert into reserve_draw (home, reserve, dispute_home, dispute, number, merchant, wanted, granted, state, at)
        select :home, :id, :dhome, :dispute, :number, :merchant, :wanted, minor, 'OPEN', :at from taken
      ), move as (
        insert into reserve_move
          (home, reserve, n, kind, minor, balance, held, merchant, dispute_home, dispute, number, by, at)
        select :home, :id, moves, 'RESERVED', minor, balance, held, :merchant, :dhome, :dispute, :number, 'SYSTEM', :at
        from taken
      )
      select 0 as n, '' as kind, granted as minor, 0 as balance, 0 as held, '' as merchant, state from old
      union all select moves, 'RESERVED', minor, balance, held, :merchant, 'OPEN' from taken
      """;

  private static final String END = """
      with ended as (
        update reserve_draw set state = :state where home = :home and reserve = :id and dispute_home = :dhome
          and dispute = :dispute and number = :number and state = 'OPEN' returning granted, merchant
      ), moved as (
        update reserve r set held = r.held - ended.granted, moves = r.moves + 1,
          balance = r.balance + case :state when 'RELEASED' then ended.granted else 0 end
        from ended where r.home = :home and r.id = :id
        returning r.moves, r.balance, r.held, ended.granted, ended.merchant
      )
      insert into reserve_move
        (home, reserve, n, kind, minor, balance, held, merchant, dispute_home, dispute, number, by, at)
      select :home, :id, moves, :state, granted, balance, held, merchant, :dhome, :dispute, :number, 'SYSTEM', :at
      from moved returning n, kind, minor, balance, held, merchant
      """;

  private static final String GIVE_BACK = """
      with moved as (
        update reserve r set balance = r.balance + :minor, moves = r.moves + 1
        where r.home = :home and r.id = :id and not exists (
          select 1 from reserve_move m where m.home = :home and m.reserve = :id and m.kind = 'RETURNED'
            and m.dispute_home = :dhome and m.dispute = :dispute and m.number = :number)
        returning r.moves, r.balance, r.held
      )
      insert into reserve_move
        (home, reserve, n, kind, minor, balance, held, merchant, dispute_home, dispute, number, by, at)
      select :home, :id, moves, 'RETURNED', :minor, balance, held, :merchant, :dhome, :dispute, :number, 'SYSTEM', :at
      from moved returning n, kind, minor, balance, held, merchant
      """;
}
