package redress.result;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Paper (A4) that is written from the top downwards and goes on on the next page; measures are points. */
final class Sheet {
  static final float LEFT = 54;
  static final float RIGHT = PDRectangle.A4.getWidth() - 54;
  static final float WIDTH = RIGHT - LEFT;
  private static final float TOP = PDRectangle.A4.getHeight() - 50;
  private static final float BOTTOM = 62;
  private static final float ASCENT = 0.88f;
  /** Of a circle's radius, how long the handles of a quarter are. */
  private static final float ROUND = 0.5523f;

  private final PDDocument document;
  private final Face face;
  private final List<PDPage> pages = new ArrayList<>();
  private PDPageContentStream out;
  /** How far down it is written, from the bottom of the page. */
  private float y = TOP;

  Sheet(PDDocument document, Face face) throws IOException {
    this.document = document;
    this.face = face;
    this.out = begin();
  }

  private PDPageContentStream begin() throws IOException {
    var page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    pages.add(page);
    y = TOP;
    return new PDPageContentStream(document, page);
  }

  /** Goes on on a new page unless {@code height} fits. True when it did. */
  boolean need(float height) throws IOException {
    if (y - height >= BOTTOM) return false;
    out.close();
    out = begin();
    return true;
  }

  Face face() {
    return face;
  }

  float y() {
    return y;
  }

  void down(float by) {
    y -= by;
  }

  /** Sets one line with its top at {@code top}. */
  void line(float x, float top, String text, Style style) throws IOException {
    float at = x;
    for (var run : face.runs(text, style.bold())) {
      out.beginText();
      out.setNonStrokingColor(style.color());
      out.setFont(run.font(), style.size());
      out.newLineAtOffset(at, top - style.size() * ASCENT);
      out.showText(run.text());
      out.endText();
      at += run.font().getStringWidth(run.text()) / 1000 * style.size();
    }
  }

  /** The same with its right end at {@code right}. */
  void right(float right, float top, String text, Style style) throws IOException {
    line(right - face.width(text, style), top, text, style);
  }

  /** Sets text within {@code width} from {@code top} downwards; returns how high it is. */
  float block(float x, float top, float width, String text, Style style) throws IOException {
    var lines = face.lines(text, style, width);
    for (int i = 0; i < lines.size(); i++) line(x, top - i * style.leading(), lines.get(i), style);
    return lines.size() * style.leading();
  }

  /** Sets text over the whole width and goes down by its height; a page break may be between its lines. */
  void paragraph(String text, Style style) throws IOException {
    for (var line : face.lines(text, style, WIDTH)) {
      need(style.leading());
      line(LEFT, y, line, style);
      y -= style.leading();
    }
  }

  void rule(float top, Color color) throws IOException {
    out.setStrokingColor(color);
    out.setLineWidth(0.6f);
    out.moveTo(LEFT, top);
    out.lineTo(RIGHT, top);
    out.stroke();
  }

  /** A filled box with round corners, its top left at {@code x}, {@code top}. */
  void box(float x, float top, float width, float height, float radius, Color color) throws IOException {
    float bottom = top - height;
    float right = x + width;
    float k = radius * (1 - ROUND);
    out.setNonStrokingColor(color);
    out.moveTo(x + radius, bottom);
    out.lineTo(right - radius, bottom);
    out.curveTo(right - k, bottom, right, bottom + k, right, bottom + radius);
    out.lineTo(right, top - radius);
    out.curveTo(right, top - k, right - k, top, right - radius, top);
    out.lineTo(x + radius, top);
    out.curveTo(x + k, top, x, top - k, x, top - radius);
    out.lineTo(x, bottom + radius);
    out.curveTo(x, bottom + k, x + k, bottom, x + radius, bottom);
    out.fill();
  }

  /** A word on a coloured ground, its top left at {@code x}, {@code top}; returns how wide it is. */
  float pill(float x, float top, String text, Style.Tone tone) throws IOException {
    var style = new Style(7.8f, true, tone.ink);
    float width = face.width(text, style) + 12;
    box(x, top, width, 13.5f, 6.7f, tone.ground);
    line(x + 6, top - 3.2f, text, style);
    return width;
  }

  /** Squares of a QR code, {@code size} wide, its top left at {@code x}, {@code top}. */
  void squares(Qr code, float x, float top, float size) throws IOException {
    float one = size / code.width();
    out.setNonStrokingColor(Style.INK);
    for (int row = 0; row < code.width(); row++) {
      for (int column = 0; column < code.width(); column++) {
        if (code.isDark(column, row)) out.addRect(x + column * one, top - (row + 1) * one, one, one);
      }
    }
    out.fill();
  }

  /** Writes on the bottom of every page, with its number; then nothing more can be written. */
  void end(String left, String pageOf) throws IOException {
    out.close();
    for (int i = 0; i < pages.size(); i++) {
      try (var foot = new PDPageContentStream(document, pages.get(i), AppendMode.APPEND, true, true)) {
        out = foot;
        rule(BOTTOM - 10, Style.HAIR);
        line(LEFT, BOTTOM - 17, left, Style.SMALL);
        right(RIGHT, BOTTOM - 17,
            pageOf.replace("{page}", Integer.toString(i + 1)).replace("{pages}", Integer.toString(pages.size())),
            Style.SMALL);
      }
    }
  }
}
