package redress.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * A table for spreadsheets (RFC 4180), written row by row as it is read, however long. A cell that a spreadsheet might
 * take for a formula gets an apostrophe in front of it.
 */
public final class Csv {
  private static final String FORMULA = "=+-@\t\r";
  private final Writer out;

  private Csv(Writer out) {
    this.out = out;
  }

  /** Begins an answer named {@code name} with its line of headings. */
  public static Csv begin(HttpServletResponse response, String name, String... headings) throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.setHeader("X-Content-Type-Options", "nosniff");
    var csv = new Csv(response.getWriter());
    csv.row((Object[]) headings);
    return csv;
  }

  /** One row; null is an empty cell. Amounts are never negative here: they have a column for each direction. */
  public void row(@Nullable Object... cells) {
    try {
      for (int i = 0; i < cells.length; i++) {
        if (i > 0) out.write(',');
        out.write(cell(cells[i]));
      }
      out.write("\r\n");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  static String cell(@Nullable Object value) {
    var text = value == null ? "" : value.toString();
    if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) text = "'" + text;
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
