package redress.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections for everything but the desk, handed out in the order in which they were asked for. Without the
 * fair gate in front, the pool lets some virtual threads wait for seconds while others pass.
 */
public final class FairPool extends DelegatingDataSource implements AutoCloseable {
  private static final long PATIENCE_MS = 5_000;

  private final HikariDataSource pool;
  private final Semaphore gate;

  /**
   * A pool of at most {@code size} connections to the database at this JDBC URL; none is opened before it is
   * needed.
   */
  public FairPool(String url, String user, String password, int size) {
    this(open(url, user, password, size));
  }

  private FairPool(HikariDataSource pool) {
    super(pool);
    this.pool = pool;
    this.gate = new Semaphore(pool.getMaximumPoolSize(), true);
  }

  private static HikariDataSource open(String url, String user, String password, int size) {
    var config = new HikariConfig();
    config.setPoolName("redress");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MS);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "redress");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(config);
  }

  @Override public Connection getConnection() throws SQLException {
    try {
      if (!gate.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException("all connections are in use", "08001");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection", "08001", interrupted);
    }
    boolean handedOut = false;
    try {
      var connection = returning(pool.getConnection());
      handedOut = true;
      return connection;
    } finally {
      if (!handedOut) gate.release();
    }
  }

  /** The connection, opening the gate for the next when it is closed for the first time. */
  private Connection returning(Connection connection) {
    var closed = new AtomicBoolean();
    return (Connection) Proxy.newProxyInstance(FairPool.class.getClassLoader(), new Class<?>[] {Connection.class},
        (_, method, arguments) -> {
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
          } finally {
            if (method.getName().equals("close") && closed.compareAndSet(false, true)) gate.release();
          }
        });
  }

  @Override public void close() {
    pool.close();
  }
}
