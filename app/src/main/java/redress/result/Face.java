package redress.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The two weights a paper is set in (Noto Sans SC, SIL Open Font License), embedded as far as they are used. What
 * neither has is set as an empty box, so that no character makes a paper fail.
 */
final class Face {
  private static final int BOX = 0x25a1;
  private static final float UNIT = 1000;
  private static final String CLOSING = "，。；：、！？）》」』”’,.;:!?)]%";
  private static final String OPENING = "（《「『“‘([";

  private final Cut regular;
  private final Cut semibold;

  /** A font of the document and which characters it has. */
  private record Cut(PDType0Font font, CmapLookup glyphs) {
    boolean has(int character) {
      return glyphs.getGlyphId(character) != 0;
    }
  }

  /** Characters in a row that one font sets. */
  record Run(PDType0Font font, String text) {}

  Face(PDDocument document) throws IOException {
    regular = cut(document, "NotoSansSC-Regular.ttf");
    semibold = cut(document, "NotoSansSC-SemiBold.ttf");
  }

  private static Cut cut(PDDocument document, String name) throws IOException {
    try (InputStream in = Face.class.getResourceAsStream("/results/" + name)) {
      if (in == null) throw new IllegalStateException(name + " is missing");
      var font = new TTFParser().parse(new RandomAccessReadBuffer(in));
      return new Cut(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup());
    }
  }

  /** {@code text} in runs of one font each. */
  List<Run> runs(String text, boolean bold) {
    var runs = new ArrayList<Run>();
    var part = new StringBuilder();
    Cut current = null;
    for (int character : text.codePoints().toArray()) {
      int shown = character < 0x20 ? ' ' : known(character) ? character : BOX;
      var cut = bold && semibold.has(shown) ? semibold : regular;
      if (current != null && !cut.equals(current)) {
        runs.add(new Run(current.font(), part.toString()));
        part.setLength(0);
      }
      current = cut;
      part.appendCodePoint(shown);
    }
    if (current != null) runs.add(new Run(current.font(), part.toString()));
    return runs;
  }

  private boolean known(int character) {
    return regular.has(character) || semibold.has(character);
  }

  /** How wide the text is, in points. */
  float width(String text, Style style) throws IOException {
    float sum = 0;
    for (var run : runs(text, style.bold())) sum += run.font().getStringWidth(run.text());
    return sum / UNIT * style.size();
  }

  /**
   * Breaks the text into lines no wider than {@code width}: between words, between Chinese characters, else anywhere.
   */
  List<String> lines(String text, Style style, float width) throws IOException {
    var lines = new ArrayList<String>();
    for (var paragraph : text.split("\n", -1)) {
      var line = new StringBuilder();
      for (var piece : pieces(paragraph)) {
        if (width(line + piece.stripTrailing(), style) <= width) {
          line.append(piece);
          continue;
        }
        if (!line.isEmpty()) lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(broken(piece, style, width, lines));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Cuts what is too long for a line of its own; what is left over begins the next. */
  private String broken(String piece, Style style, float width, List<String> lines) throws IOException {
    var rest = new StringBuilder();
    for (int character : piece.codePoints().toArray()) {
      var more = Character.toString(character);
      if (!rest.isEmpty() && width(rest + more, style) > width) {
        lines.add(rest.toString());
        rest.setLength(0);
      }
      rest.append(more);
    }
    return rest.toString();
  }

  /**
   * Where a line may break: after a blank, and before and after a Chinese character, but marks stay where they belong.
   */
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    var piece = new StringBuilder();
    int before = ' ';
    for (int character : text.codePoints().toArray()) {
      boolean mayBreak = before == ' ' || isWide(before) || isWide(character);
      boolean belongs = CLOSING.indexOf(character) >= 0 || character == ' ' || OPENING.indexOf(before) >= 0;
      if (mayBreak && !belongs && !piece.isEmpty()) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.appendCodePoint(character);
      before = character;
    }
    if (!piece.isEmpty()) pieces.add(piece.toString());
    return pieces;
  }

  private static boolean isWide(int character) {
    return character >= 0x2e80;
  }
}
