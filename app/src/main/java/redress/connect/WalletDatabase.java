package redress.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import redress.postgres.Database;
import redress.seal.Digest;

/**
 * The wallet's corner of a PostgreSQL server: a schema that only its own role can see, and a small pool of connections
 * of that role. Its password follows from the owner's, so that every server process finds it and nobody has to keep it.
 */
public final class WalletDatabase implements AutoCloseable {
  /** The role that owns the wallet's books. */
  public static final String ROLE = "redress_wallet";
  /** The schema they are kept in. */
  public static final String SCHEMA = "wallet";

  static final int CONNECTIONS = 8;
  private static final int LOCK = 0x77616c6c;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HikariDataSource pool;

  private WalletDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens the books on {@code owner}'s server; makes role, schema and tables where they are missing.
   *
   * @param owner a role that may create roles and schemas
   * @throws IllegalStateException when that cannot be done
   */
  public static WalletDatabase open(Database owner) {
    var role = owner.as(ROLE, password(owner));
    found(owner, role.password());
    Flyway.configure().dataSource(role.url(), role.user(), role.password()).schemas(SCHEMA).createSchemas(false)
        .locations("classpath:db/wallet").load().migrate();
    var settings = new HikariConfig();
    settings.setPoolName("wallet");
    settings.setJdbcUrl(role.url());
    settings.setUsername(role.user());
    settings.setPassword(role.password());
    settings.setMaximumPoolSize(CONNECTIONS);
    settings.setMinimumIdle(1);
    settings.setConnectionTimeout(PATIENCE.toMillis());
    settings.setSchema(SCHEMA);
    return new WalletDatabase(new HikariDataSource(settings));
  }

  /** The role's password, known to whoever knows the owner's. */
  public static String password(Database owner) {
    return Digest.keyed(owner.password().getBytes(UTF_8), ROLE);
  }

  private static void found(Database owner, String password) {
    try (var connection = owner.connect()) {
      connection.setAutoCommit(false);
      // Several processes may start at once; roles belong to the whole server and know no "if not exists".
      say(connection, "select pg_advisory_xact_lock(" + LOCK + ")");
      if (!any(connection, "select 1 from pg_roles where rolname = '" + ROLE + "'")) {
        say(connection, "create role " + ROLE + " login nosuperuser nocreatedb nocreaterole");
      }
      say(connection, "alter role " + ROLE + " password '" + password + "'");
      if (!any(connection, "select 1 from pg_namespace where nspname = '" + SCHEMA + "'")) {
        // Whoever makes a schema for another role must be a member of it, unless a superuser.
        say(connection, "grant " + ROLE + " to current_user");
        say(connection, "create schema " + SCHEMA + " authorization " + ROLE);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("The wallet's role and schema cannot be made: " + e.getMessage(), e);
    }
  }

  private static void say(Connection connection, String statement) throws SQLException {
    try (var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static boolean any(Connection connection, String query) throws SQLException {
    try (var sql = connection.createStatement(); var rows = sql.executeQuery(query)) {
      return rows.next();
    }
  }

  HikariDataSource pool() {
    return pool;
  }

  @Override public void close() {
    pool.close();
  }
}
