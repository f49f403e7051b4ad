package redress.admission;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** A PDF (ISO 32000) that only shows pages: nothing in it runs, opens, sends, or hides another file. */
final class Pdf implements Kind {
  private static final long LARGEST_PART = 64_000_000;
  private static final int BEFORE_THE_END = 1024;
  private static final int BEGINNING = 4096;

  @Override public String mediaType() { return "application/pdf"; }

  @Override public List<String> extensions() { return List.of("pdf"); }

  @Override public List<String> otherTypes() { return List.of("application/x-pdf"); }

  @Override public boolean begins(Content content) { return content.is(0, "%PDF-"); }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    ending(content);
    new Disguise(content).markup(0, Math.min(BEGINNING, content.size()));
    new PdfSyntax(content, limits).check();
    try (var document = new PdfFile(content, scan, LARGEST_PART, limits.syntax()).parse()) {
      var objects = document.getDocument();
      if (objects.getTrailer().getItem(COSName.ENCRYPT) != null) throw encrypted();
      var walk = new PdfWalk(objects, content, limits);
      walk.objects();
      return new Found(walk.pages(), 0, "");
    } catch (InvalidPasswordException e) {
      throw encrypted();
    } catch (IOException e) {
      content.hurry();
      throw Unfit.damaged("the PDF cannot be read");
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException
        | IndexOutOfBoundsException | NegativeArraySizeException e) {
      // How PDFBox says of some broken files that they are broken.
      throw Unfit.damaged("the PDF cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Unfit encrypted() {
    return new Unfit(Reason.PDF_ENCRYPTED, "it has an encryption dictionary");
  }

  /** A PDF ends with its mark; what comes then is filling or does not belong to it. */
  private static void ending(Content content) {
    long last = -1;
    long from = Math.max(0, content.size() - BEFORE_THE_END - Disguise.CAMERA_TRAILER);
    for (long at = content.find("%%EOF", from, content.size()); at >= 0; at = content.find("%%EOF", at + 1, content
        .size()))
      last = at;
    Unfit.unless(last >= 0 && content.find("startxref", Math.max(0, last - BEFORE_THE_END), last) >= 0,
        "the PDF has no end");
    long end = last + 5;
    long at = end;
    while (at < content.size() && (content.u8(at) <= ' ')) at++;
    if (at == content.size()) return;
    new Disguise(content).behind(at);
    throw Unfit.damaged("something hangs behind the end of the PDF, at " + at);
  }
}
