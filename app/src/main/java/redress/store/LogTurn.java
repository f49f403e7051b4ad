package redress.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.seal.Merkle;

/**
 * The sequencer's turn at the log: while it lasts, nobody else numbers or signs, on whatever node. Numbers follow the
 * order of commits, whatever the order in which transactions began or however long they took.
 */
public final class LogTurn {
  private static final int LOCK = 0x6c6f6721;
  private static final int PATIENCE_MS = 10 * 60 * 1000;
  private static final Executor AT_ONCE = Runnable::run;
  private static final String LOCK_TIMEOUT = "55P03";
  private static final int CHUNK = 8_192;
  /** The public one, and that of test payments. */
  private static final List<Boolean> TREES = List.of(true, false);

  private final JdbcTemplate sql;
  private final TransactionTemplate transaction;

  private LogTurn(JdbcTemplate sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /**
   * Does {@code work} as soon as nobody else has the turn; empty when somebody still has it after {@code patience}.
   * Throws StoreException when the database does not do as it should.
   */
  public static <T> Optional<T> take(DataSource pool, Duration patience, Function<LogTurn, T> work) {
    try (var connection = pool.getConnection()) {
      int usual = connection.getNetworkTimeout();
      connection.setNetworkTimeout(AT_ONCE, PATIENCE_MS);
      if (!lock(connection, patience)) return Optional.empty();
      try {
        var alone = new SingleConnectionDataSource(connection, true);
        return Optional.of(work.apply(new LogTurn(new JdbcTemplate(alone),
            new TransactionTemplate(new DataSourceTransactionManager(alone)))));
      } finally {
        done(connection, "select pg_advisory_unlock(" + LOCK + ")");
        connection.setNetworkTimeout(AT_ONCE, usual);
      }
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  private static boolean lock(Connection connection, Duration patience) throws SQLException {
    try {
      done(connection, "set lock_timeout = " + Math.max(1, patience.toMillis()));
      done(connection, "select pg_advisory_lock(" + LOCK + ")");
      return true;
    } catch (SQLException e) {
      if (LOCK_TIMEOUT.equals(e.getSQLState())) return false;
      throw e;
    } finally {
      done(connection, "reset lock_timeout");
    }
  }

  private static void done(Connection connection, String statement) throws SQLException {
    try (var it = connection.createStatement()) {
      it.execute(statement);
    }
  }

  /** The tree cannot grow: what is kept of it is not whole. */
  public static final class BrokenTree extends RuntimeException {
    /** Which tree. */
    public final boolean live;

    BrokenTree(boolean live, String what) {
      super(what);
      this.live = live;
    }
  }

  /** What a look at the database sees: which cluster it is, and what is committed. */
  private record Mark(long cluster, String seen) {}

  /**
   * Numbers every committed entry that has no number, and puts it into the tiles, in one transaction for both trees.
   * Returns those that cannot grow because leaves or tiles are missing: nothing is numbered in them, and all of it in
   * the other.
   */
  public List<BrokenTree> number() {
    var broken = new ArrayList<BrokenTree>();
    for (int i = 0; i <= TREES.size(); i++) {
      var whole = TREES.stream().filter(live -> broken.stream().noneMatch(it -> it.live == live)).toList();
      try {
        transaction.executeWithoutResult(_ -> number(whole));
        break;
      } catch (BrokenTree it) {
        broken.add(it);
      }
    }
    return broken;
  }

  private void number(List<Boolean> trees) {
    var now = sql.queryForObject("select system_identifier, pg_current_snapshot()::text from pg_control_system()",
        (row, _) -> new Mark(row.getLong(1), row.getString(2)));
    if (now == null) throw new IllegalStateException("one row was asked for");
    var before = sql.query("select cluster, seen::text from log_mark",
        (row, _) -> new Mark(row.getLong(1), row.getString(2))).stream().findFirst();
    boolean known = before.isPresent() && before.get().cluster() == now.cluster() && !isBefore(now, before.get());
    trees.forEach(this::check);
    long fresh = known ? numberSince(before.get(), now, trees)
        : sql.update(ALL, trees.contains(true), trees.contains(false));
    // What a tree that cannot grow has missed is found from the former mark once it can.
    if (trees.size() == TREES.size()) mark(now);
    if (fresh > 0) trees.forEach(this::grow);
  }

  private void mark(Mark now) {
    sql.update("insert into log_mark (cluster, seen) values (?, ?::pg_snapshot)"
        + " on conflict (one) do update set cluster = excluded.cluster, seen = excluded.seen", now.cluster(),
        now.seen());
  }

  /** Numbers go on only from where leaves and tiles agree. */
  private void check(boolean live) {
    long size = size(live);
    var last = sql.queryForObject("select max(index) from log_leaf where live = ?", Long.class, live);
    long leaves = last == null ? 0 : last + 1;
    if (leaves != size) throw new BrokenTree(live, size + " entries were numbered and " + leaves + " are there");
  }

  /** Transactions are counted from anew after a dump was restored. */
  private boolean isBefore(Mark now, Mark before) {
    return Boolean.TRUE.equals(sql.queryForObject(
        "select pg_snapshot_xmax(?::pg_snapshot) < pg_snapshot_xmax(?::pg_snapshot)", Boolean.class, now.seen(),
        before.seen()));
  }

  private long numberSince(Mark before, Mark now, List<Boolean> trees) {
    var events = new Object[] {before.seen(), before.seen(), now.seen(), now.seen()};
    var all = Stream.of(events, events, new Object[] {trees.contains(true), trees.contains(false)});
    return sql.update(FRESH, all.flatMap(Stream::of).toArray());
  }

  /** Brings the tiles up to the leaves that have a number. */
  private void grow(boolean live) {
    var size = size(live);
    var last = sql.queryForObject("select max(index) from log_leaf where live = ?", Long.class, live);
    long target = last == null ? 0 : last + 1;
    if (target == size) return;
    var tiles = new GrowingTiles(live, size, (level, number) -> hashes(live, level, number));
    for (long from = size; from < target; from += CHUNK) {
      sql.query("select hash from log_leaf where live = ? and index >= ? and index < ? order by index", row -> {
        tiles.add(Merkle.leaf(row.getBytes(1)));
      }, live, from, Math.min(target, from + CHUNK));
      write(live, tiles);
    }
    if (tiles.size() != target) throw new BrokenTree(live, "there is a gap among the entries from " + size + " on");
    sql.update("update log_tree set size = ? where live = ?", target, live);
  }

  private void write(boolean live, GrowingTiles tiles) {
    var changed = tiles.changed().stream()
        .map(it -> new Object[] {live, it.level(), it.number(), it.hashes()}).toList();
    sql.batchUpdate("insert into log_tile (live, level, number, hashes) values (?, ?, ?, ?)"
        + " on conflict (live, level, number) do update set hashes = excluded.hashes", changed);
  }

  private byte[] hashes(boolean live, int level, long number) {
    return sql.query("select hashes from log_tile where live = ? and level = ? and number = ?",
        (row, _) -> row.getBytes(1), live, level, number).stream().findFirst().orElse(new byte[0]);
  }

  /** How many leaves the tiles hold. */
  public long size(boolean live) {
    var size = sql.queryForObject("select size from log_tree where live = ?", Long.class, live);
    return size == null ? 0 : size;
  }

  private static final String INTO = """
      insert into log_leaf (live, index, home, dispute, n, act, hash)
      select f.live, t.size + row_number() over (partition by f.live order by f.at, f.home, f.dispute, f.n, f.act) - 1,
        f.home, f.dispute, f.n, f.act, f.hash
      from fresh f join log_tree t on t.live = f.live where f.live and ? or not f.live and ?
      """;

  private static final String EVENTS = """
      select d.live, e.at, e.home, e.dispute, e.n, 0::bigint as act, e.hash
      from event e join dispute d on d.home = e.home and d.id = e.dispute
      where length(e.hash) = 32 and not exists (select 1 from log_leaf l
        where l.home = e.home and l.dispute = e.dispute and l.n = e.n and l.act = 0)
      """;

  private static final String ACTS = """
      select e.live, e.at, 0::smallint, 0::bigint, 0, e.id, e.hash from act e
      where length(e.hash) = 32 and not exists (select 1 from log_leaf l where l.act = e.id and l.act <> 0)
      """;

  /** Committed since the last look: begun before it and still running then, or begun after it. */
  private static final String SINCE = """
       and (e.tx = any (array(select pg_snapshot_xip(?::pg_snapshot)))
            or e.tx >= pg_snapshot_xmax(?::pg_snapshot) and e.tx < pg_snapshot_xmax(?::pg_snapshot))
       and pg_visible_in_snapshot(e.tx, ?::pg_snapshot)
      """;

  private static final String ALL = "with fresh as (" + EVENTS + " union all " + ACTS + ")\n" + INTO;
  private static final String FRESH =
      "with fresh as (" + EVENTS + SINCE + " union all " + ACTS + SINCE + ")\n" + INTO;
}
