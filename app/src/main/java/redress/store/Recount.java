package redress.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import redress.dispute.Home;
import redress.store.Entries.Found;

/**
 * Every log entry of a database worked out anew, in one state of it, while servers work on it: home by home, by several
 * threads, in little memory.
 */
public final class Recount {
  private static final int KEPT = 100;
  private static final long SLICE = 20_000;

  private final Wire wire;
  private final AtomicInteger next = new AtomicInteger();
  private final List<String> wrong = new ArrayList<>();
  private final Proven proven = new Proven();
  private long entries;
  private long early;
  private long wrongs;

  /**
   * What came of it: entries that were worked out, events from before the log, the first that are wrong, and the leaves
   * that hold what was worked out.
   */
  public record Report(long entries, long early, long wrongs, List<String> wrong, Proven proven) {
    public Report {
      wrong = List.copyOf(wrong);
    }
  }

  private Recount(Wire wire) {
    this.wire = wire;
  }

  /** Works all out in the transaction that {@code connection} is in. */
  public static Report of(Connection connection) throws SQLException {
    var recount = new Recount(() -> connection);
    var reader = new EntryReader(connection);
    reader.homes(0, Home.COUNT, recount::count);
    recount.others(connection, reader);
    return recount.report();
  }

  /**
   * Works all out by this many threads, each with a connection of its own. Throws SQLException if it cannot be read.
   */
  public static Report of(Wire wire, int threads) throws SQLException {
    return new Recount(wire).all(threads);
  }

  private Report all(int threads) throws SQLException {
    try (var first = reading("")) {
      var snapshot = text(first, "select pg_export_snapshot()");
      long events = Long.parseLong(text(first, "select count(*) from event"));
      int homes = Math.clamp(Home.COUNT * SLICE / Math.max(1, events), 1, Home.COUNT);
      try (var crew = Executors.newFixedThreadPool(threads)) {
        var work = new ArrayList<Future<?>>();
        for (int i = 0; i < threads; i++) work.add(crew.submit(() -> slices(snapshot, homes)));
        others(first, new EntryReader(first));
        for (var part : work) part.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("interrupted", e);
      } catch (ExecutionException e) {
        throw new SQLException("the log cannot be read", e.getCause());
      }
      return report();
    }
  }

  private void others(Connection connection, EntryReader reader) throws SQLException {
    reader.acts(this::count);
    strays(connection);
    early(connection);
  }

  private Report report() {
    return new Report(entries, early, wrongs, wrong.stream().sorted().toList(), proven);
  }

  private int slices(String snapshot, int homes) throws SQLException {
    int slices = 0;
    try (var connection = reading(snapshot)) {
      try (var statement = connection.createStatement()) {
        statement.execute(IN_ORDER);
      }
      var reader = new EntryReader(connection);
      for (int from = next.getAndAdd(homes); from < Home.COUNT; from = next.getAndAdd(homes)) {
        reader.homes(from, Math.min(from + homes, Home.COUNT), this::count);
        slices++;
      }
    }
    return slices;
  }

  private Connection reading(String snapshot) throws SQLException {
    var connection = wire.open();
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      if (!snapshot.isEmpty()) statement.execute("set transaction snapshot '" + snapshot + "'");
      statement.execute("set local jit = off");
    }
    return connection;
  }

  private void count(Found found) {
    var leaf = found.leaf();
    if (leaf != null && found.isRight() && Arrays.equals(leaf.hash(), found.hash())) proven.add(leaf);
    tally(found);
  }

  private synchronized void tally(Found found) {
    if (found.hash().length > 0) entries++;
    else if (found.isRight()) early++;
    if (!found.isRight()) wrong(found.place() + ": " + found.wrong());
  }

  private void wrong(String what) {
    wrongs++;
    if (wrong.size() < KEPT) wrong.add(what);
  }

  private void strays(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(STRAYS); var rows = statement.executeQuery()) {
      while (rows.next()) {
        var what = rows.getString("what");
        synchronized (this) {
          wrong(what);
        }
      }
    }
  }

  private void early(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(EARLY); var row = statement.executeQuery()) {
      row.next();
      for (var kind : List.of("events", "entries", "keys", "rules")) {
        if (row.getLong(kind) == row.getLong("early_" + kind)) continue;
        synchronized (this) {
          wrong(row.getLong(kind) + " " + kind + " have nothing in the log, and there were "
              + row.getLong("early_" + kind)
              + " when it began");
        }
      }
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  // A slice is read along indexes, so that it costs the same however many others there are.
  private static final String IN_ORDER = "set local enable_seqscan = off; set local enable_hashjoin = off;"
      + " set local enable_bitmapscan = off; set local max_parallel_workers_per_gather = 0";

  // What no entry leads to.
  private static final String STRAYS = """
      select 'home ' || home || ', dispute ' || id || ': its last event is missing' as what from dispute d
      where not exists (select 1 from event e where e.home = d.home and e.dispute = d.id and e.n = d.version)
      union all
      select 'home ' || home || ', ledger entry ' || id || ': nothing caused it' from ledger_entry e
      where dispute <> 0 and not exists (select 1 from dispute d where d.home = e.home and d.id = e.dispute)
      union all
      select 'home ' || home || ', ledger line ' || entry || '/' || line || ': it belongs to no entry'
      from ledger_line l
      where not exists (select 1 from ledger_entry e where e.home = l.home and e.id = l.entry)
      """;

  // What has nothing in the log, and how much of it there was when the log began, by its first act.
  private static final String EARLY = """
      select %s, coalesce(b.body->>'events', 'none') as early_events,
        coalesce(b.body->>'entries', 'none') as early_entries, coalesce(b.body->>'keys', 'none') as early_keys,
        coalesce(b.body->>'rules', 'none') as early_rules
      from (select 1) one left join (select body from act where kind = '%s' order by id limit 1) b on true
      """.formatted(Acts.UNLOGGED, Acts.BEGAN);
}
