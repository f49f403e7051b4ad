package redress.invariant;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.store.LogBook.Leaf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One thing that somebody with all rights does to one row, or to two, at random. */
final class Change {
  private static final Map<String, String> TYPES = new ConcurrentHashMap<>();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * A table with columns that the log speaks for, how the row's leaves are found, and what makes a copy of a row
   * another
   * one; empty where a copy would be no change of what was.
   */
  record Table(String name, String columns, String leaves, String copied) {}

  private static final String OF_EVENT = "l.act = 0 and l.home = t.home and l.dispute = t.dispute and l.n = t.n";
  private static final String OF_DISPUTE =
      "l.act = 0 and l.home = t.home and l.dispute = t.id and l.n in (1, t.version)";
  private static final String OF_BOOKING = """
      case when t.dispute > 0 then l.act = 0 and l.home = t.home and l.dispute = t.dispute
        and l.n = (select e.n from ledger_entry e where e.home = t.home and e.id = t.%1$s)
      else l.act = (select id from act a where a.kind = 'booked' and a.body->'entry'->>'id' = t.%1$s::text) end""";
  private static final String OF_ACT = "l.act = (select id from act a where a.kind = '%s' and %s = t.%s)";

  static final List<Table> TABLES = List.of(
      new Table("event", "home dispute n at row status_before status_after role subject by_person type body salt hash",
          OF_EVENT, "n=n+1000"),
      new Table("event", "body body body type at salt hash", OF_EVENT, "n=n+1"),
      new Table("ledger_entry", "home id payment merchant dispute n cause currency refund live at",
          OF_BOOKING.formatted("id"), "id=id-1"),
      new Table("ledger_line", "home entry line account minor currency payment dispute",
          OF_BOOKING.formatted("entry"), "line=line+7"),
      new Table("act", "live kind at body salt hash", "l.act = t.id", "id=id+100000"),
      new Table("dispute", "chain version payment merchant buyer currency minor reason wish rules live filed_at",
          OF_DISPUTE, ""),
      new Table("api_key", "hash role subject person name amount_limit live created_at",
          OF_ACT.formatted("key.made", "a.body->>'id'", "id"), "id=id||'x' hash=hash||'x'"),
      new Table("rule_set", "effective_from body",
          OF_ACT.formatted("rules.published", "a.body->'rules'->>'version'", "version"), "version=version||'x'"));
  static final Table LEAVES = new Table("log_leaf", "live index home dispute n act hash", "", "");

  private final JdbcClient sql;
  private final Random chance;
  private final Table table;
  private final String ctid;
  private final List<Leaf> leaves;
  private String told = "";

  Change(JdbcClient sql, Random chance, Table table, String ctid, List<Leaf> leaves) {
    this.sql = sql;
    this.chance = chance;
    this.table = table;
    this.ctid = ctid;
    this.leaves = leaves;
  }

  /** The leaves of what it touches. */
  List<Leaf> leaves() {
    return leaves;
  }

  /** Does it; false when it changed nothing, or cannot be. */
  boolean done(String another) {
    try {
      return switch (chance.nextInt(40)) {
        case 0 -> copied();
        case 1, 2, 3, 4 -> deleted();
        case 5, 6, 7, 8, 9, 10, 11 -> swapped(another);
        default -> flipped();
      };
    } catch (DataAccessException impossible) {
      return false;
    }
  }

  private boolean deleted() {
    told = "delete from " + table.name();
    return sql.sql(told + " where ctid = ?::tid").param(ctid).update() == 1;
  }

  private boolean copied() {
    if (table.copied().isEmpty()) return false;
    var columns = new ArrayList<>(sql.sql("""
        select column_name::text from information_schema.columns where table_schema = 'public' and table_name = ?
        order by ordinal_position""").param(table.name()).query(String.class).list());
    var values = new ArrayList<>(columns);
    for (var change : table.copied().split(" ")) {
      var sides = change.split("=", 2);
      values.set(columns.indexOf(sides[0]), sides[1]);
    }
    told = "a copy in " + table.name() + " with " + table.copied();
    return sql
        .sql("insert into " + table.name() + " (" + String.join(", ", columns) + ") overriding system value select "
            + String.join(", ", values) + " from " + table.name() + " where ctid = ?::tid")
        .param(ctid).update() == 1;
  }

  private boolean swapped(String other) {
    var column = column();
    var values = sql.sql("select ctid::text as at, %s::text as value from %s where ctid in (?::tid, ?::tid)"
        .formatted(column, table.name())).param(ctid).param(other)
        .query((row, _) -> Map.entry(row.getString("at"), Optional.ofNullable(row.getString("value")))).list();
    if (values.size() < 2 || values.get(0).getValue().equals(values.get(1).getValue())) return false;
    told = "swap " + table.name() + "." + column;
    var type = type(column);
    for (int i = 0; i < 2; i++) {
      sql.sql("update %s set %s = cast(? as %s) where ctid = ?::tid".formatted(table.name(), column, type))
          .param(values.get(1 - i).getValue().orElse(null)).param(values.get(i).getKey()).update();
    }
    return true;
  }

  private boolean flipped() {
    var column = column();
    var type = type(column);
    var was = sql.sql("select %s::text from %s where ctid = ?::tid".formatted(column, table.name())).param(ctid)
        .query(String.class).optional();
    if (was.isEmpty()) return false;
    var is = switch (type) {
      case "boolean" -> was.get().startsWith("t") ? "false" : "true";
      case "smallint", "integer", "bigint" -> Long.toString(Long.parseLong(was.get()) ^ (1L << chance.nextInt(8)));
      case "bytea" -> bit(was.get());
      case "jsonb" -> json(was.get());
      case "text" -> text(was.get());
      default -> was.get();
    };
    told = table.name() + "." + column + ": " + was.get() + " becomes " + is;
    if (type.startsWith("timestamp")) {
      return sql.sql("update %1$s set %2$s = %2$s + ? * interval '1 microsecond' where ctid = ?::tid"
          .formatted(table.name(), column)).param(chance.nextBoolean() ? 1 : -86_400_000_000L).param(ctid).update()
          == 1;
    }
    return sql.sql("update %s set %s = cast(? as %s) where ctid = ?::tid".formatted(table.name(), column, type))
        .param(is).param(ctid).update() == 1;
  }

  private String column() {
    var all = table.columns().split(" ");
    return all[chance.nextInt(all.length)];
  }

  private String type(String column) {
    return TYPES.computeIfAbsent(table.name() + "." + column, _ -> sql.sql("""
        select format_type(atttypid, atttypmod) from pg_attribute where attrelid = ?::regclass and attname = ?
        """).param(table.name()).param(column).query(String.class).single());
  }

  private String bit(String hex) {
    var bytes = HexFormat.of().parseHex(hex.substring(2));
    if (bytes.length == 0) return "\\x00";
    bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  private String text(String text) {
    if (text.isEmpty()) return "x";
    int at = chance.nextInt(text.length());
    char other = (char) ('a' + chance.nextInt(26));
    return text.substring(0, at) + (text.charAt(at) == other ? 'A' : other) + text.substring(at + 1);
  }

  /** The same JSON with one value changed, or one member more, or less. */
  private String json(String text) {
    var root = JSON.readTree(text);
    var inner = new ArrayList<JsonNode>();
    inner(root, inner);
    var node = inner.get(chance.nextInt(inner.size()));
    if (node instanceof ArrayNode list) {
      if (list.isEmpty() || chance.nextBoolean()) list.add("x");
      else list.remove(chance.nextInt(list.size()));
    } else if (node instanceof ObjectNode object) {
      var names = List.copyOf(object.propertyNames());
      if (names.isEmpty() || chance.nextInt(6) == 0) object.put("x", 1);
      else member(object, names.get(chance.nextInt(names.size())));
    }
    return JSON.writeValueAsString(root);
  }

  private void member(ObjectNode object, String name) {
    var value = object.get(name);
    if (chance.nextInt(6) == 0) object.remove(name);
    else if (value.isNumber()) object.put(name, value.asLong() + 1);
    else if (value.isBoolean()) object.put(name, !value.asBoolean());
    else if (value.isString()) object.put(name, text(value.asString()));
    else object.put(name, "x");
  }

  private static void inner(JsonNode node, List<JsonNode> into) {
    if (!node.isContainer()) return;
    into.add(node);
    node.forEach(child -> inner(child, into));
  }

  @Override public String toString() {
    return told;
  }
}
