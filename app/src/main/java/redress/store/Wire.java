package redress.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How a desk lane gets its own connection to the database. */
@FunctionalInterface
public interface Wire {

  /**
   * A fresh connection. Plans are made once and for indexes only: tables are tiny when the first plans are made,
   * and a cached sequential scan would stay when they have grown.
   */
  Connection open() throws SQLException;

  /** A wire to the database at this JDBC URL. */
  static Wire to(String url, String user, String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "redress desk");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "15");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("options", String.join(" ",
        "-c synchronous_commit=on", "-c plan_cache_mode=force_generic_plan", "-c enable_seqscan=off",
        "-c enable_hashjoin=off", "-c enable_mergejoin=off", "-c enable_bitmapscan=off", "-c jit=off",
        "-c statement_timeout=10s", "-c idle_in_transaction_session_timeout=10s"));
    return () -> DriverManager.getConnection(url, properties);
  }
}
