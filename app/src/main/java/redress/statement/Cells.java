package redress.statement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts lines of a text into cells: RFC 4180, and what banks make of it. A quote that is never closed spoils its own
 * line
 * and no other, which is why no reader is used here that looks for the end of a quote through the whole file.
 */
final class Cells {
  private static final int LONGEST_QUOTE = 20;

  private final char separator;
  private final List<String> open = new ArrayList<>();
  private long openAt;

  Cells(char separator) {
    this.separator = separator;
  }

  /** Where rows and lines that cannot be parted go. */
  interface Sink {
    void row(Row row) throws java.io.IOException;

    void broken(long line) throws java.io.IOException;
  }

  /** The rows of a few lines; what cannot be parted is left out. */
  static List<Row> rows(List<String> lines, char separator) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < lines.size(); i++) {
      var cells = part(lines.get(i), separator);
      if (cells != null) rows.add(new Row(i + 1, cells));
    }
    return rows;
  }

  /** Takes the next line. */
  void line(long number, String text, Sink sink) throws java.io.IOException {
    if (open.isEmpty()) {
      var cells = part(text, separator);
      if (cells != null) {
        sink.row(new Row(number, cells));
        return;
      }
      openAt = number;
      open.add(text);
      return;
    }
    open.add(text);
    var cells = part(String.join("\n", open), separator);
    if (cells != null) {
      open.clear();
      sink.row(new Row(openAt, cells));
    } else if (open.size() > LONGEST_QUOTE) {
      giveUp(sink);
    }
  }

  /** No line is left. */
  void end(Sink sink) throws java.io.IOException {
    while (!open.isEmpty()) giveUp(sink);
  }

  /** The line where the quote was opened is broken; the others are taken as if it had not been there. */
  private void giveUp(Sink sink) throws java.io.IOException {
    var rest = List.copyOf(open.subList(1, open.size()));
    long first = openAt;
    open.clear();
    sink.broken(first);
    for (int i = 0; i < rest.size(); i++) line(first + 1 + i, rest.get(i), sink);
  }

  /** The cells of a line, null when a quote in it is not closed. */
  static @Nullable List<String> part(String text, char separator) {
    var cells = new ArrayList<String>();
    int at = 0;
    while (true) {
      int from = at;
      while (from < text.length() && isSpace(text.charAt(from), separator)) from++;
      if (from < text.length() && text.charAt(from) == '"') {
        var cell = new StringBuilder();
        at = quoted(text, from + 1, cell);
        if (at < 0) return null;
        int end = end(text, at, separator);
        cells.add(cell.append(text, at, end).toString().strip());
        at = end;
      } else {
        int end = end(text, at, separator);
        cells.add(text.substring(at, end).strip());
        at = end;
      }
      if (at >= text.length()) return cells;
      at++;
    }
  }

  private static int end(String text, int from, char separator) {
    int end = text.indexOf(separator, from);
    return end < 0 ? text.length() : end;
  }

  private static boolean isSpace(char c, char separator) {
    return c != separator && (c == ' ' || c == '\t');
  }

  /** Copies what is in quotes into {@code cell} and returns where it is over, -1 when it never is. */
  private static int quoted(String text, int from, StringBuilder cell) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '"') {
        cell.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else {
        return i + 1;
      }
    }
    return -1;
  }
}
