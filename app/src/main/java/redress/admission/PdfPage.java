package redress.admission;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** The first page of a PDF, drawn small, within the time for one file. */
final class PdfPage {
  private static final long LARGEST_PART = 48_000_000;
  private static final float LARGEST_SCALE = 3;

  private PdfPage() {}

  static BufferedImage first(Content content, Limits limits) {
    var scan = new Scan(content, limits);
    try (var document = new PdfFile(content, scan, LARGEST_PART, limits.syntax()).parse()) {
      var page = document.getPage(0);
      float longer = Math.max(page.getCropBox().getWidth(), page.getCropBox().getHeight());
      if (!(longer >= 1)) throw Unfit.damaged("the page has no size");
      var drawing = new Hurried(document, content);
      drawing.setSubsamplingAllowed(true);
      return Previews.fitted(drawing.renderImage(0, Math.min(LARGEST_SCALE, Previews.SIDE / longer), ImageType.RGB));
    } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
        | NegativeArraySizeException | NullPointerException | ClassCastException | ArithmeticException
        | StackOverflowError e) {
      // How PDFBox says of some pages that something on them is not as it knows it.
      throw new Previews.Undrawable("the page cannot be drawn", e);
    }
  }

  /** Draws, and looks at the clock before each stroke. */
  private static final class Hurried extends PDFRenderer {
    private final Content content;

    Hurried(PDDocument document, Content content) {
      super(document);
      this.content = content;
    }

    @Override protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
      return new PageDrawer(parameters) {
        @Override protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
          content.hurry();
          super.processOperator(operator, operands);
        }
      };
    }
  }
}
