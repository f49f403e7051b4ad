package redress.statement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the columns of a table are, by the names in its header; a number names a column by its place from 1. */
final class Columns {
  private final Map<String, Integer> places = new HashMap<>();

  Columns(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      places.putIfAbsent(names.get(i), i);
      places.putIfAbsent(Integer.toString(i + 1), i);
    }
  }

  String cell(Row row, String column) {
    return row.cell(places.getOrDefault(column, -1));
  }

  /** The first of these cells that says something. */
  String first(Row row, List<String> columns) {
    for (var column : columns) {
      var cell = Draft.named(cell(row, column));
      if (!cell.isEmpty()) return cell;
    }
    return "";
  }

  /** All of these cells that say something. */
  String all(Row row, List<String> columns) {
    if (columns.size() == 1) return Draft.named(cell(row, columns.getFirst()));
    return columns.stream().map(column -> Draft.named(cell(row, column))).filter(cell -> !cell.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
