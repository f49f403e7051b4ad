package redress.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A desk lane's own session with the database. It holds the lane's advisory lock for as long as it lives on the server:
 * whoever gets the lock knows that every earlier session of the lane is over and its last transaction decided. Throws
 * StoreException; used by one thread.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Journal journal;
  private final int pid;

  private Session(Connection connection, boolean logged) throws SQLException {
    this.connection = connection;
    this.journal = new Journal(connection, logged ? new Salts() : null);
    this.pid = pid(connection);
  }

  /** What is asked of the database. */
  private interface Work<T> {
    T done() throws SQLException;
  }

  /**
   * Opens the session of lane {@code lane}, ending the earlier one {@code formerPid} that the server still believes in.
   * {@code logged}: whether events get log entries.
   */
  public static Session open(Wire wire, long lane, int formerPid, boolean logged) {
    return doing(() -> {
      var connection = wire.open();
      try {
        take(connection, lane, formerPid);
        return new Session(connection, logged);
      } catch (SQLException failed) {
        closeQuietly(connection);
        throw failed;
      }
    });
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
    throw new SQLException("an earlier session of this lane is not over yet", "08000");
  }

  private static int pid(Connection connection) throws SQLException {
    try (var asking = connection.prepareStatement("select pg_backend_pid()"); var row = asking.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /** The server's number for this session. */
  public int pid() {
    return pid;
  }

  /** Everything that {@code wanted} asks for, as far as it is there. */
  public Reading read(List<Wanted> wanted) {
    return doing(() -> journal.read(wanted));
  }

  /** See {@link Journal#begin}. */
  public Set<Folder> begin(Collection<Folder> folders, long batch) {
    return doing(() -> journal.begin(folders, batch));
  }

  /** See {@link Journal#commit}. */
  public void commit() {
    doing(() -> {
      journal.commit();
      return journal;
    });
  }

  /** Undoes what was begun. */
  public void rollback() {
    doing(() -> {
      journal.rollback();
      return journal;
    });
  }

  /** Whether the round with this number landed: {@code folder} is one that it wrote. */
  public boolean landed(Folder folder, long batch) {
    return doing(() -> journal.landed(folder, batch));
  }

  private static <T> T doing(Work<T> work) {
    try {
      return work.done();
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
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
