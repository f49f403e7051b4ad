package redress.command;

import java.util.Map;
import redress.postgres.Database;
import redress.postgres.PostgresException;

/** Reads where somebody else's PostgreSQL is. */
final class Addresses {
  private Addresses() {}

  /**
   * Reads {@code [jdbc:]postgresql://[user[:password]@]host[:port]/database[?options]}; user and password may come from
   * PGUSER and PGPASSWORD instead, so that they need not stand in a command line that others can see.
   */
  static Database external(String url, Map<String, String> environment) {
    var plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    int start = plain.indexOf("://") + 3;
    int at = start < 3 ? -1 : plain.indexOf('@', start);
    var user = environment.getOrDefault("PGUSER", "postgres");
    var password = environment.getOrDefault("PGPASSWORD", "");
    if (at > 0) {
      var who = plain.substring(start, at).split(":", 2);
      user = who[0];
      if (who.length == 2) password = who[1];
      plain = plain.substring(0, start) + plain.substring(at + 1);
    }
    try {
      return Database.external("jdbc:" + plain, user, password);
    } catch (PostgresException e) {
      throw new Trouble(String.valueOf(e.getMessage()));
    }
  }
}
