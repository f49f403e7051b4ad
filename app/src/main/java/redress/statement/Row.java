package redress.statement;

import java.util.Collection;
import java.util.List;

/** A row of cells and the line of the file it stands on, counted from 1. Cells have no spaces around them. */
record Row(long line, List<String> cells) {

  /** The cell in this column, empty when the row is shorter. */
  String cell(int column) {
    return column < 0 || column >= cells.size() ? "" : cells.get(column);
  }

  boolean names(Collection<String> columns) {
    return cells.containsAll(columns);
  }

  /** How many cells say something. */
  int full() {
    int full = 0;
    for (var cell : cells) if (!cell.isEmpty()) full++;
    return full;
  }

  boolean isBlank() {
    return full() == 0;
  }
}
