package redress.statement;

import java.util.List;
import java.util.Optional;

/** The beginning of a file: the lines of a text, or the rows of a spreadsheet's first sheet. */
record Sample(Source.Kind kind, List<String> lines, List<Row> rows) {
  static final int LINES = 120;

  Sample {
    lines = List.copyOf(lines);
    rows = List.copyOf(rows);
  }

  boolean isText() { return kind == Source.Kind.TEXT; }

  /** The first line that is not blank, without spaces around it; empty when there is none. */
  String firstLine() {
    return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }

  boolean says(String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  /** The first row that names all of these columns; a text is parted at {@code separator}. */
  Optional<Row> header(List<String> names, char separator) {
    var found = isText() ? Cells.rows(lines, separator) : rows;
    return found.stream().filter(row -> row.names(names)).findFirst();
  }
}
