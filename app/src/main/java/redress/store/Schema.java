package redress.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The tables and who may what with them. The owner migrates; the application's role reads and writes, but cannot
 * change or delete what happened or what was booked.
 */
public final class Schema {
  /** The role that owns the tables and migrates them. */
  public static final String OWNER = "redress_owner";
  /** The role the desk and all reads work with. */
  public static final String APP = "redress_app";

  private static final int LOCK = 0x726f6c65;

  private Schema() {}

  /**
   * Sets up the owner's and the application's roles with these passwords and lets the owner have the schema. Wants
   * a connection of a role that may create roles; may be repeated, and then sets the passwords anew.
   */
  public static void found(Connection admin, String ownerPassword, String appPassword) throws SQLException {
    try (var statement = admin.createStatement()) {
      // Several processes may start at once, and PostgreSQL refuses to have a role altered by two of them.
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      role(admin, OWNER, ownerPassword);
      role(admin, APP, appPassword);
      statement.execute("revoke all on schema public from public");
      statement.execute("alter schema public owner to " + OWNER);
      statement.execute("do $$ begin execute format('grant create, connect on database %I to " + OWNER
          + "', current_database()); end $$");
      // What is imported is laid out in a temporary table first.
      statement.execute("do $$ begin execute format('grant temporary on database %I to " + APP
          + "', current_database()); end $$");
      statement.execute("select pg_advisory_unlock(" + LOCK + ")");
    }
  }

  private static void role(Connection admin, String name, String password) throws SQLException {
    try (var known = admin.prepareStatement("select 1 from pg_roles where rolname = ?");
        var statement = admin.createStatement()) {
      known.setString(1, name);
      var verb = known.executeQuery().next() ? "alter" : "create";
      statement.execute(verb + " role " + name + " login password " + statement.enquoteLiteral(password));
    }
  }

  /** Brings the tables up to date. {@code owner} connects as the role that owns them. */
  public static void migrate(DataSource owner) {
    Flyway.configure().dataSource(owner).locations("classpath:db/migration").placeholders(Map.of("app", APP)).load()
        .migrate();
    try (var connection = owner.getConnection()) {
      Acts.begin(connection);
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
  }
}
