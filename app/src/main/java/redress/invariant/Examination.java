package redress.invariant;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redress.dispute.DisputeId;
import redress.postgres.Database;

/**
 * All invariants asked of one database, in one snapshot that sees nothing half done, so that it can be asked while
 * servers work on it. Rows are streamed and few are kept, whatever the size of the database.
 */
public final class Examination {
  private static final int FETCH = 500;
  private static final int EXAMPLES = 5;
  private static final String WALLET = "wallet.refund";

  private Examination() {}

  /** What became of one invariant: rows examined, rows that break it, and the first of those by their ids. */
  public record Found(Invariant invariant, long rows, long violations, List<String> examples) {
    /** Whether the invariant holds. */
    public boolean holds() {
      return violations == 0;
    }
  }

  /** What became of all. */
  public record Report(List<Found> found) {
    public Report {
      found = List.copyOf(found);
    }

    /** Rows examined by all invariants together. */
    public long rows() {
      return found.stream().mapToLong(Found::rows).sum();
    }

    /** Rows that break an invariant. */
    public long violations() {
      return found.stream().mapToLong(Found::violations).sum();
    }

    /** Names of the invariants that do not hold. */
    public List<String> broken() {
      return found.stream().filter(it -> !it.holds()).map(it -> it.invariant().name()).toList();
    }

    /** For machines. */
    public String summary() {
      return "check: invariants=%d rows=%d violations=%d".formatted(found.size(), rows(), violations());
    }
  }

  /** The invariants of our own tables; {@code wallet} adds those of the wallet's books. */
  public static List<Invariant> invariants(boolean wallet) {
    var all = new ArrayList<Invariant>();
    for (var some : List.of(Books.ALL, Payouts.ALL, Vaults.ALL, Histories.ALL, Agreements.ALL, Times.ALL, Traces.ALL)) {
      all.addAll(some);
    }
    if (wallet) all.addAll(Payouts.WALLET);
    return all;
  }

  /**
   * Asks {@code database}, as a role that may read everything; the wallet's books are compared where they are kept
   * beside
   * ours. {@code each} hears of every invariant as soon as it was asked. Throws SQLException when it cannot be read.
   */
  public static Report of(Database database, Consumer<Found> each) throws SQLException {
    try (var connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      var report = of(connection, each);
      connection.rollback();
      return report;
    }
  }

  /** Asks in the transaction that {@code connection} is in. */
  static Report of(Connection connection, Consumer<Found> each) throws SQLException {
    say(connection, "set local jit = off");
    var counts = new HashMap<String, Long>();
    var found = new ArrayList<Found>();
    for (var invariant : invariants(isThere(connection))) {
      found.add(ask(connection, invariant, counts));
      each.accept(found.getLast());
    }
    return new Report(found);
  }

  private static Found ask(Connection connection, Invariant invariant, Map<String, Long> counts) throws SQLException {
    var rows = counts.get(invariant.over());
    if (rows == null) {
      rows = count(connection, invariant.over());
      counts.put(invariant.over(), rows);
    }
    long violations = 0;
    var examples = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (var result = statement.executeQuery(invariant.sql())) {
        while (result.next()) {
          if (!invariant.judge().breaks(result)) continue;
          violations++;
          if (examples.size() < EXAMPLES) examples.add(offender(result));
        }
      }
    }
    return new Found(invariant, rows, violations, examples);
  }

  private static String offender(ResultSet row) throws SQLException {
    var what = row.getString("what");
    row.getLong("dispute");
    return row.wasNull() ? what : id(row) + " " + what;
  }

  /** The id of the row's dispute, or its bare numbers when they make none. */
  static String id(ResultSet row) throws SQLException {
    int home = row.getInt("home");
    long number = row.getLong("dispute");
    return number > 0 ? new DisputeId(home, number).toString() : home + ":" + number;
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (var sql = connection.createStatement();
        var row = sql.executeQuery("select to_regclass('" + WALLET + "') is not null")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (var sql = connection.createStatement(); var row = sql.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void say(Connection connection, String statement) throws SQLException {
    try (var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
