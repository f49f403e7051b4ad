package redress.lab.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import redress.dispute.DisputeId;
import redress.postgres.Database;

/**
 * Copies disputes with what was said, happened and told in them, so that each merchant and each buyer has 200. Copies
 * have no entries in the log: they are as old as what was there before it.
 */
final class PagesCopier {
  /** How many kinds of disputes there are; copies of each take turns. */
  static final int KINDS = 4;
  private static final int INBOX = 200;
  private static final String DISPUTE = "replace(m.%1$s::text, x.dispute, v.dispute)";
  private static final String BOTH = "replace(" + DISPUTE + ", x.payment, v.payment)";
  private static final String WHOSE = "case m.recipient when 'model-shop' then v.merchant"
      + " when 'model-buyer' then v.buyer else m.recipient end";

  /** What differs in the copies of a table's rows, and how the rows that belong to the model are found. */
  private record Table(String name, String model, Map<String, String> others) {}

  // @formatter:off
  private static final Table[] TABLES = {
      new Table("payment", "m.home = x.home and m.id = x.payment", Map.of(
          "home", "v.home", "id", "v.payment", "at_provider", "v.payment", "merchant", "v.merchant",
          "payer", "v.buyer", "state", BOTH.formatted("state") + "::jsonb")),
      new Table("dispute", "m.home = x.home and m.id = x.id", Map.of(
          "home", "v.home", "id", "v.n", "payment", "v.payment", "chain", "''::bytea", "merchant", "v.merchant",
          "buyer", "v.buyer", "minor", "1000 + v.n % 90000",
          "filed_at", "m.filed_at - v.n % 100000 * interval '1 minute'",
          "due", "m.due + v.n % 5000 * interval '1 minute'", "stage", BOTH.formatted("stage") + "::json")),
      new Table("event", "m.home = x.home and m.dispute = x.id", Map.of(
          "home", "v.home", "dispute", "v.n", "body", DISPUTE.formatted("body") + "::jsonb",
          "salt", "''::bytea", "hash", "''::bytea", "tx", "'3'::xid8")),
      new Table("words", "m.home = x.home and m.dispute = x.id", Map.of(
          "home", "v.home", "dispute", "v.n", "id", "m.id || '-' || v.n")),
      new Table("notice", "m.home = x.home and m.dispute = x.id", Map.of(
          "home", "v.home", "dispute", "v.n", "id", "m.id || '-' || v.n", "recipient", WHOSE, "read_at", "m.at"))};
  // @formatter:on

  private final Database database;
  private final int people;

  /** @param many how many disputes there will be */
  PagesCopier(Database database, int many) {
    this.database = database;
    this.people = Math.max(1, many / INBOX);
  }

  /** A dispute about a payment that copies are made of. */
  record Model(String payment, DisputeId id) {}

  /**
   * Makes {@code many} copies, of each model in turn; indexes other than keys are taken down meanwhile, and rows come
   * in the order of their keys.
   */
  void copy(List<Model> models, int many) throws SQLException {
    try (var connection = database.connect(); var statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      statement.execute("set maintenance_work_mem = '512MB'");
      statement.execute("set work_mem = '256MB'");
      for (var table : TABLES) {
        var indexes = indexes(connection, table);
        for (var index : indexes.keySet()) statement.execute("drop index " + index);
        var insert = insert(connection, table);
        for (int kind = 0; kind < models.size(); kind++) copy(connection, insert, models.get(kind), kind + 1, many);
        for (var definition : indexes.values()) statement.execute(definition);
      }
      statement.execute("vacuum analyze");
    }
  }

  private void copy(Connection connection, String insert, Model model, int from, int to) throws SQLException {
    try (var copy = connection.prepareStatement(insert)) {
      copy.setInt(1, people);
      copy.setInt(2, from);
      copy.setInt(3, to);
      copy.setString(4, model.payment());
      copy.setString(5, model.id().toString());
      copy.setInt(6, model.id().home());
      copy.setLong(7, model.id().number());
      copy.executeUpdate();
    }
  }

  /** The table's indexes that keep nothing unique, by name, each with what makes it again. */
  private static Map<String, String> indexes(Connection connection, Table table) throws SQLException {
    var all = new LinkedHashMap<String, String>();
    try (var asked = connection.prepareStatement(INDEXES)) {
      asked.setString(1, table.name());
      try (var row = asked.executeQuery()) {
        while (row.next()) all.put(row.getString(1), row.getString(2));
      }
    }
    return all;
  }

  private static final String INDEXES = """
      select i.relname, pg_get_indexdef(x.indexrelid) from pg_index x join pg_class i on i.oid = x.indexrelid
      join pg_class t on t.oid = x.indrelid where t.relname = ? and not x.indisunique
      """;

  private static String insert(Connection connection, Table table) throws SQLException {
    var columns = new LinkedHashMap<String, String>();
    try (var known = connection.getMetaData().getColumns(null, "public", table.name(), null)) {
      while (known.next()) {
        var name = known.getString("COLUMN_NAME");
        columns.put(name, table.others().getOrDefault(name, "m." + name));
      }
    }
    if (columns.isEmpty()) throw new IllegalStateException("there is no table " + table.name());
    var values = new StringJoiner(", ");
    columns.values().forEach(values::add);
    return "insert into " + table.name() + " (" + String.join(", ", columns.keySet()) + ") " + NAMED + "select "
        + values + " from named v, model x, " + table.name() + " m where " + table.model() + " order by v.home, v.n";
  }

  private static final String NAMED = """
      with copy as (
        select n, 'order-' || n as payment, (crc32c(convert_to('order-' || n, 'UTF8')) %% 4096)::int as home,
          'shop-' || n / %1$d as merchant, 'buyer-' || n %% ?::int as buyer
        from generate_series(?::int, ?::int, %2$d) n
      ), model as (select ?::text as payment, ?::text as dispute, ?::int as home, ?::bigint as id),
      named as (
        select copy.*, 'dsp_' || lpad(to_hex(home), 3, '0') || lpad(to_hex(n), 16, '0') as dispute from copy
      )
      """.formatted(INBOX, KINDS);
}
