package redress.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One statement on a connection of its own, for tests. */
final class Sql {

  private Sql() {}

  static void run(Database database, String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of every row. */
  static List<String> ask(Database database, String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var answers = new ArrayList<String>();
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
      return answers;
    }
  }
}
