package redress.desk;

import java.sql.Connection;
import java.sql.SQLException;
import redress.store.Journal;

/**
 * A lane's own session with the database. It holds the lane's advisory lock for as long as it lives on the server:
 * whoever gets the lock knows that every earlier session of the lane is over and its last transaction decided.
 */
final class Link implements AutoCloseable {
  final Journal journal;
  private final Connection connection;

  private Link(Connection connection) throws SQLException {
    this.connection = connection;
    this.journal = new Journal(connection);
  }

  /** Opens the session of lane {@code lane}, ending an earlier one that the server still believes in. */
  static Link open(Wire wire, long lane, int formerPid) throws SQLException {
    var connection = wire.open();
    try {
      take(connection, lane, formerPid);
      connection.setAutoCommit(false);
      return new Link(connection);
    } catch (SQLException failed) {
      closeQuietly(connection);
      throw failed;
    }
  }

  private static void take(Connection connection, long lane, int formerPid) throws SQLException {
    try (var taking = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      taking.setLong(1, lane);
      try (var row = taking.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) return;
      }
    }
    try (var ending = connection.prepareStatement("""
        select pg_terminate_backend(pid, 1000) from pg_stat_activity
        where pid = ? and usename = current_user and application_name = current_setting('application_name')
        """)) {
      ending.setInt(1, formerPid);
      ending.execute();
    }
    throw new SQLException("an earlier session of this lane is not over yet", "57014");
  }

  /** The server's number for this session. */
  int pid() throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } finally {
      connection.rollback();
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override public void close() {
    closeQuietly(connection);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // It was broken, or is now.
    }
  }
}
