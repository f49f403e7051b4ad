package redress.store;

import java.lang.reflect.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of one shape on their way into a statement: one array for each column, however many rows there are. */
final class Bulk<T> {
  private final List<Column<T>> columns;

  /** A column: its name, its type, and where its value comes from. */
  record Column<T>(String name, Type type, Function<T, @Nullable Object> value) {}

  /**
   * What a column holds. JSON, instants and bytes (in hex) travel as text, which is the cheapest way into an array. A
   * state is JSON
   * that is read as a whole far more often than looked into: the database keeps its text as it is.
   */
  enum Type {
    SMALLINT("int2", Short.class), INT("int4", Integer.class), BIGINT("int8", Long.class), BOOL("bool", Boolean.class),
    TEXT("text", String.class), JSON("text", String.class), HEX("text", String.class),
    STATE("text", String.class), INSTANT("text", String.class);

    private final String element;
    private final Class<?> boxed;

    Type(String element, Class<?> boxed) {
      this.element = element;
      this.boxed = boxed;
    }
  }

  Bulk(List<Column<T>> columns) {
    this.columns = columns;
  }

  /** The rows as a table named {@code v}, with one parameter for each column. */
  String rows() {
    return "unnest(" + list(column -> "?::" + column.type().element + "[]") + ") as v(" + names() + ")";
  }

  /** The columns' names. */
  String names() {
    return list(Column::name);
  }

  /** The columns' values in their own types. */
  String values() {
    return list(Bulk::value);
  }

  /** The value of one column in its own type. */
  static String value(Column<?> column) {
    var name = "v." + column.name();
    return switch (column.type()) {
      case JSON -> name + "::jsonb";
      case STATE -> name + "::json";
      case INSTANT -> name + "::timestamptz";
      case HEX -> "decode(" + name + ", 'hex')";
      case SMALLINT, INT, BIGINT, BOOL, TEXT -> name;
    };
  }

  /** An insert of all rows into {@code table}. */
  String insert(String table) {
    return "insert into " + table + " (" + names() + ") select " + values() + " from " + rows();
  }

  /** Sets the parameters from number {@code from} on and returns the next free one. */
  int bind(PreparedStatement statement, int from, List<T> rows) throws SQLException {
    int at = from;
    for (var column : columns) {
      statement.setArray(at++, statement.getConnection().createArrayOf(column.type().element, array(column, rows)));
    }
    return at;
  }

  /** The parameters, one array for each column. */
  List<@Nullable Object[]> arrays(List<T> rows) {
    return columns.stream().map(column -> array(column, rows)).toList();
  }

  private @Nullable Object[] array(Column<T> column, List<T> rows) {
    var array = (@Nullable Object[]) Array.newInstance(column.type().boxed, rows.size());
    for (int i = 0; i < array.length; i++) array[i] = wire(column.value().apply(rows.get(i)));
    return array;
  }

  private static @Nullable Object wire(@Nullable Object value) {
    return switch (value) {
      case java.time.Instant instant -> instant.toString();
      case Enum<?> constant -> constant.name();
      case null, default -> value;
    };
  }

  private String list(Function<Column<T>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }
}
