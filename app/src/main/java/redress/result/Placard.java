package redress.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import redress.result.Style.Tone;

/**
 * What a public certificate says, on one sheet (PDF, A4) to be hung up or sent on, with the address where anybody sees
 * whether it still stands. {@code items} are said one under another, each with how it stands; nothing in it is signed:
 * the address is what counts, as {@code proof} says.
 */
public record Placard(String language, String issuer, String test, String title, String outcome, String ended,
    List<Item> items, String proof, String address) {
  private static final float CODE = 110;
  private static final float GAP = 14;

  public Placard {
    items = List.copyOf(items);
  }

  /** A promise or check, how it stands, and whether that is good. */
  public record Item(String words, String state, boolean good) {}

  /** The sheet. */
  public byte[] pdf() {
    try (var document = new PDDocument()) {
      var about = new PDDocumentInformation();
      about.setTitle(title);
      about.setProducer("Redress");
      document.setDocumentInformation(about);
      document.getDocumentCatalog().setLanguage(language);
      draw(new Sheet(document, new Face(document)));
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void draw(Sheet sheet) throws IOException {
    sheet.line(Sheet.LEFT, sheet.y(), issuer, new Style(9.5f, true, Style.INK));
    sheet.right(Sheet.RIGHT, sheet.y(), test.isEmpty() ? title : title + " · " + test, Style.BODY.in(Style.SOFT));
    sheet.down(19);
    sheet.rule(sheet.y(), Style.HAIR);
    sheet.down(2 * GAP);
    sheet.paragraph(outcome, Style.TITLE);
    sheet.down(GAP / 2);
    if (!ended.isEmpty()) sheet.paragraph(ended, Style.LEAD);
    sheet.down(GAP);
    for (var it : items) {
      sheet.need(2 * GAP);
      float high = sheet.block(Sheet.LEFT, sheet.y(), Sheet.WIDTH * 2 / 3, it.words(), Style.BODY);
      sheet.pill(Sheet.LEFT + Sheet.WIDTH * 2 / 3 + GAP, sheet.y() + 1, it.state(), it.good() ? Tone.GOOD : Tone.PLAIN);
      sheet.down(Math.max(high, GAP) + GAP / 2);
    }
    sheet.down(GAP);
    sheet.need(CODE + 2 * GAP);
    float top = sheet.y();
    sheet.box(Sheet.LEFT, top, Sheet.WIDTH, CODE + 2 * GAP, 5, Style.PALE);
    float inner = Sheet.WIDTH - CODE - 4 * GAP;
    float used = sheet.block(Sheet.LEFT + GAP, top - GAP, inner, proof, Style.BODY);
    sheet.block(Sheet.LEFT + GAP, top - GAP - used - 6, inner, address, Style.SMALL);
    sheet.squares(Qr.of(address), Sheet.RIGHT - CODE - GAP, top - GAP, CODE);
    sheet.down(CODE + 2 * GAP);
    sheet.end(issuer, "{page} / {pages}");
  }
}
