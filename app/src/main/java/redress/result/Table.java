package redress.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table on a sheet: a line of headings, rows as high as their highest cell, headings again on every new page. */
final class Table {
  private static final float PAD = 5;
  private static final float GAP = 10;
  private static final float PILL = 13.5f;
  /** So that the word in a pill stands on the line of the words beside it. */
  private static final float LIFT = 1.7f;

  private final Sheet sheet;
  private final float[] widths;
  private final List<String> headings;
  private final boolean[] figures;

  /** A cell: words, in small ones more of them, or a word on a ground of this tone. */
  record Cell(String text, String more, Style.@Nullable Tone tone) {
    static Cell of(String text) {
      return new Cell(text, "", null);
    }

    static Cell of(String text, String more) {
      return new Cell(text, more, null);
    }

    static Cell pill(String text, Style.Tone tone) {
      return new Cell(text, "", tone);
    }
  }

  /** @param shares how the width is shared; a negative share is a column of figures, set to the right */
  Table(Sheet sheet, float[] shares, String... headings) {
    this.sheet = sheet;
    this.headings = List.of(headings);
    this.widths = new float[shares.length];
    this.figures = new boolean[shares.length];
    float all = 0;
    for (float share : shares) all += Math.abs(share);
    for (int i = 0; i < shares.length; i++) {
      widths[i] = Math.abs(shares[i]) / all * Sheet.WIDTH;
      figures[i] = shares[i] < 0;
    }
  }

  void draw(List<List<Cell>> rows) throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      float height = height(rows.get(i));
      boolean fresh = sheet.need(height + (i == 0 ? headingHeight() : 0));
      if (i == 0 || fresh) head();
      row(rows.get(i), height);
    }
  }

  private float headingHeight() {
    return Style.LABEL.leading() + PAD;
  }

  private void head() throws IOException {
    float x = Sheet.LEFT;
    for (int i = 0; i < headings.size(); i++) {
      cell(x, i, sheet.y(), headings.get(i), Style.LABEL);
      x += widths[i];
    }
    sheet.down(headingHeight() - 1);
    sheet.rule(sheet.y(), Style.HAIR);
    sheet.down(1);
  }

  private float height(List<Cell> row) throws IOException {
    var heights = new ArrayList<Float>();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      float width = widths[i] - GAP;
      heights.add(cell.tone() != null ? PILL
          : lines(cell.text(), Style.BODY, width) + lines(cell.more(), Style.SMALL, width));
    }
    return Collections.max(heights) + 2 * PAD;
  }

  private float lines(String text, Style style, float width) throws IOException {
    if (text.isEmpty()) return 0;
    return sheet.face().lines(text, style, width).size() * style.leading();
  }

  private void row(List<Cell> row, float height) throws IOException {
    float x = Sheet.LEFT;
    float top = sheet.y() - PAD;
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      if (cell.tone() != null) {
        sheet.pill(x, top + LIFT, cell.text(), cell.tone());
      } else {
        float down = cell.text().isEmpty() ? 0 : cell(x, i, top, cell.text(), i == 0 ? Style.STRONG : Style.BODY);
        if (!cell.more().isEmpty()) cell(x, i, top - down, cell.more(), Style.SMALL);
      }
      x += widths[i];
    }
    sheet.down(height);
    sheet.rule(sheet.y(), Style.HAIR);
  }

  /** Figures stand to the right, at the last column's edge or a gap before it. */
  private float cell(float x, int column, float top, String text, Style style) throws IOException {
    float width = widths[column] - GAP;
    if (!figures[column]) return sheet.block(x, top, width, text, style);
    float right = x + widths[column] - (column == widths.length - 1 ? 0 : GAP);
    var lines = sheet.face().lines(text, style, width);
    for (int i = 0; i < lines.size(); i++) sheet.right(right, top - i * style.leading(), lines.get(i), style);
    return lines.size() * style.leading();
  }
}
