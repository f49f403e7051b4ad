package redress.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** Where a database is and who we are there; embedded and external ones look the same. */
public record Database(String url, String user, String password) {

  /** Oldest major version of PostgreSQL that Redress runs on. */
  public static final int OLDEST_VERSION = 15;

  /**
   * A PostgreSQL that somebody else runs.
   *
   * @param url a JDBC URL, {@code jdbc:postgresql://host:port/database}
   * @throws PostgresException if the URL is not one of PostgreSQL's
   */
  public static Database external(String url, String user, String password) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new PostgresException("The database URL must look like jdbc:postgresql://host:5432/redress");
    }
    return new Database(url, user, password);
  }

  /** The same database seen by another of its roles. */
  public Database as(String role, String rolePassword) {
    return new Database(url, role, rolePassword);
  }

  /** A new connection, outside any pool; the caller closes it. */
  public Connection connect() throws SQLException {
    var credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    return DriverManager.getConnection(url, credentials);
  }

  /**
   * Looks whether Redress may rely on this database, and logs loudly what weakens it.
   *
   * @return the warnings, one sentence each; empty if all is well
   * @throws PostgresException if it cannot be reached, is older than {@link #OLDEST_VERSION}, is a standby, or does
   * not store UTF-8
   */
  public List<String> check() {
    return Fitness.check(this);
  }

  /** Without the password, because this ends up in logs. */
  @Override public String toString() {
    return "Database[url=" + url.replaceAll("(?i)(password|sslpassword)=[^&]*", "$1=…") + ", user=" + user + "]";
  }
}
