package redress.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.text.PDFTextStripper;
import redress.check.Saying;
import redress.check.Testimony.Legibility;

/** The print of a PDF, page by page and line by line, and the invoices that lie in it as files. */
final class Pdf {
  private static final int MOST_PAGES = 60;
  private static final int MOST_FILES = 8;
  private static final int MOST_STEPS = 2_000_000;
  private static final int LONGEST_NAME = 60;

  private final PDDocument document;
  private final Set<String> wanted;
  private final Lines lines;
  private final long deadline;

  private Pdf(PDDocument document, Set<String> wanted, long deadline) {
    this.document = document;
    this.wanted = wanted;
    this.deadline = deadline;
    lines = new Lines(wanted);
  }

  /** Reads until {@code deadline}, in System.nanoTime. Throws IOException for what is no PDF or cannot be opened. */
  static Reading read(byte[] bytes, Set<String> wanted, long deadline) throws IOException {
    if (!Inflation.isBearable(bytes)) return Reading.none(Legibility.UNREADABLE);
    try (var document = Loader.loadPDF(new RandomAccessReadBuffer(bytes))) {
      return document.isEncrypted() ? Reading.none(Legibility.UNREADABLE)
          : new Pdf(document, wanted, deadline).read();
    }
  }

  private Reading read() throws IOException {
    var sayings = new ArrayList<Saying>(files());
    var pages = Math.min(document.getNumberOfPages(), MOST_PAGES);
    var print = new Print();
    boolean text = false;
    for (int page = 1; page <= pages && !lines.isFull(); page++) {
      print.setStartPage(page);
      print.setEndPage(page);
      var rows = print.getText(document).split("\\R", -1);
      for (int row = 0; row < rows.length; row++) lines.read(rows[row], page, row + 1);
      for (var row : rows) text |= !row.isBlank();
    }
    sayings.addAll(lines.sayings());
    if (!text && sayings.isEmpty()) return Reading.none(Legibility.NO_TEXT);
    boolean cut = lines.isCut() || lines.isFull() || document.getNumberOfPages() > MOST_PAGES;
    return new Reading(cut ? Legibility.IN_PART : Legibility.READ, sayings);
  }

  /** The invoices among the files within it; a file that is none says nothing. */
  private List<Saying> files() throws IOException {
    var names = new PDDocumentNameDictionary(document.getDocumentCatalog()).getEmbeddedFiles();
    var sayings = new ArrayList<Saying>();
    if (names != null) gather(names, sayings, 0, new int[1]);
    return sayings;
  }

  private void gather(PDNameTreeNode<PDComplexFileSpecification> node, List<Saying> sayings, int depth, int[] count)
      throws IOException {
    Map<String, PDComplexFileSpecification> here = node.getNames();
    if (here != null) {
      for (var file : here.entrySet()) {
        var embedded = file.getValue() == null ? null : file.getValue().getEmbeddedFile();
        if (embedded != null && count[0]++ < MOST_FILES) sayings.addAll(invoice(file.getKey(), embedded));
      }
    }
    var kids = node.getKids();
    if (kids == null || depth > MOST_FILES) return;
    for (var kid : kids) if (count[0] < MOST_FILES) gather(kid, sayings, depth + 1, count);
  }

  private List<Saying> invoice(String name, PDEmbeddedFile file) throws IOException {
    var part = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    try (var bytes = file.createInputStream()) {
      return InvoiceXml.read(bytes, part.replaceAll("\\p{Cntrl}", " "), wanted);
    } catch (XMLStreamException e) {
      return List.of();
    }
  }

  /** Takes the print off a page and gives up when it takes too long. */
  private final class Print extends PDFTextStripper {
    private int steps;

    Print() {
      setSortByPosition(true);
      setSuppressDuplicateOverlappingText(false);
      setLineSeparator("\n");
    }

    @Override protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      if (++steps > MOST_STEPS || System.nanoTime() > deadline) throw new TooLong();
      super.processOperator(operator, operands);
    }

    // What cannot be drawn is passed over elsewhere; this must not be.
    @Override protected void operatorException(Operator operator, List<COSBase> operands, IOException e)
        throws IOException {
      if (e instanceof TooLong) throw e;
      super.operatorException(operator, operands, e);
    }
  }

  /** It takes longer to read than any document that is meant to be read. */
  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong() {
      super("it takes too long to read");
    }
  }
}
