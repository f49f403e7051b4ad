package redress.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a PostgreSQL server must be, and should be, before money is entrusted to it. */
final class Fitness {

  private static final Logger log = LoggerFactory.getLogger(Fitness.class);

  private static final String FACTS =
      """
      select current_setting('server_version_num')::int / 10000 as version,
             current_setting('server_encoding') as encoding,
             pg_is_in_recovery() as standby,
             current_setting('fsync') as fsync,
             current_setting('full_page_writes') as full_page_writes,
             current_setting('synchronous_commit') as synchronous_commit,
             (select datctype from pg_database where datname = current_database()) as ctype
      """;

  /** What is lost when a setting is off. */
  private static final Map<String, String> DURABLE = Map.of(
      "fsync", "a power failure can destroy the whole database",
      "full_page_writes", "a power failure can leave half-written pages",
      "synchronous_commit", "a crash can lose commands that were already answered");

  private Fitness() {}

  static List<String> check(Database database) {
    try (var connection = database.connect()) {
      return check(connection);
    } catch (SQLException e) {
      throw new PostgresException(
          "The database cannot be reached: " + e.getMessage() + ". Check --database-url, user and password.", e);
    }
  }

  private static List<String> check(Connection connection) throws SQLException {
    var facts = Facts.of(connection);
    refuseUnfit(facts);
    var warnings = warnings(facts);
    warnings.forEach(warning -> log.warn("DATABASE NOT SAFE: {}", warning));
    return warnings;
  }

  /** What a server says of itself. */
  record Facts(int version, String encoding, boolean standby, String ctype, Map<String, String> settings) {

    static Facts of(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(FACTS)) {
        row.next();
        var settings = new TreeMap<String, String>();
        for (var name : DURABLE.keySet()) {
          settings.put(name, row.getString(name));
        }
        return new Facts(row.getInt("version"), row.getString("encoding"), row.getBoolean("standby"),
            row.getString("ctype"), settings);
      }
    }
  }

  static void refuseUnfit(Facts facts) {
    if (facts.version < Database.OLDEST_VERSION) {
      throw new PostgresException("This database is PostgreSQL " + facts.version + "; Redress needs "
          + Database.OLDEST_VERSION + " or later.");
    }
    if (!facts.encoding.equals("UTF8")) {
      throw new PostgresException("This database stores " + facts.encoding
          + "; Redress needs one created with ENCODING 'UTF8'.");
    }
    if (facts.standby) {
      throw new PostgresException("This database is a standby that takes no writes; give the URL of the primary.");
    }
  }

  static List<String> warnings(Facts facts) {
    var warnings = new ArrayList<String>();
    facts.settings.forEach((setting, value) -> {
      // synchronous_commit "local" gives up standbys only: what was answered is still on this server's disk.
      if (value.equals("off")) {
        warnings.add(setting + " is off: " + DURABLE.get(setting) + ". Turn it on.");
      }
    });
    if (facts.ctype.equals("C") || facts.ctype.equals("POSIX")) {
      warnings.add("LC_CTYPE is " + facts.ctype + ": pg_trgm drops every letter that is not ASCII, so that search in"
          + " Chinese reads whole tables. Create the database with LC_CTYPE 'C.UTF-8'.");
    }
    return List.copyOf(warnings);
  }
}
