package redress.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The rows of a spreadsheet's first sheet, as texts. An .xlsx is streamed; what unpacks beyond all measure is refused.
 */
final class Sheets {
  private static final long LARGEST_XLS = 64L << 20;
  private static final long LARGEST_PART = 400L << 20;
  private static final double LEAST_RATIO = 0.005;
  private static final int MOST_COLUMNS = 500;

  static {
    ZipSecureFile.setMaxEntrySize(LARGEST_PART);
    ZipSecureFile.setMinInflateRatio(LEAST_RATIO);
  }

  private Sheets() {}

  static void rows(Source source, Source.RowSink sink) throws IOException {
    Source.RowSink passing = row -> {
      try {
        sink.row(row);
      } catch (IOException | RuntimeException e) {
        throw new Stopped(e);
      }
    };
    try {
      if (source.kind() == Source.Kind.XLS) xls(source, passing);
      else xlsx(source, passing);
    } catch (Stopped stopped) {
      if (stopped.why instanceof IOException why) throw why;
      throw (RuntimeException) stopped.why;
    } catch (OpenXML4JException | SAXException | ParserConfigurationException | IOException | RuntimeException e) {
      // Whatever the reader of spreadsheets stumbles over is wrong with the spreadsheet.
      throw refused();
    }
  }

  private static Refusal refused() {
    return new Refusal("SHEET_REFUSED", "The spreadsheet is damaged, protected, or unpacks beyond all measure.");
  }

  private static void xls(Source source, Source.RowSink sink) throws IOException {
    if (source.path().toFile().length() > LARGEST_XLS) throw refused();
    var texts = new DataFormatter(java.util.Locale.ROOT);
    try (var files = new POIFSFileSystem(source.path().toFile(), true); var book = new HSSFWorkbook(files)) {
      for (var row : book.getSheetAt(0)) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < Math.min(MOST_COLUMNS, row.getLastCellNum()); i++) {
          cells.add(texts.formatCellValue(row.getCell(i)).strip());
        }
        sink.row(new Row(row.getRowNum() + 1L, cells));
      }
    }
  }

  private static void xlsx(Source source, Source.RowSink sink)
      throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
    try (var pack = OPCPackage.open(source.path().toFile(), PackageAccess.READ)) {
      var reader = new XSSFReader(pack);
      var sheets = reader.getSheetsData();
      if (!sheets.hasNext()) throw refused();
      var taker = new Taker(sink);
      try (var sheet = sheets.next()) {
        var parser = XMLHelper.newXMLReader();
        parser.setContentHandler(new XSSFSheetXMLHandler(reader.getStylesTable(), null,
            new ReadOnlySharedStringsTable(pack), taker, new DataFormatter(java.util.Locale.ROOT), false));
        parser.parse(new InputSource(sheet));
      }
    }
  }

  /** Carries what a sink threw through a parser that knows nothing of it. */
  private static final class Stopped extends RuntimeException {
    final Exception why;

    Stopped(Exception why) {
      super(why);
      this.why = why;
    }
  }

  /** Gathers the cells of each row. */
  private static final class Taker implements SheetContentsHandler {
    private final Source.RowSink sink;
    private final List<String> cells = new ArrayList<>();

    Taker(Source.RowSink sink) {
      this.sink = sink;
    }

    @Override public void startRow(int number) {
      cells.clear();
    }

    @Override public void endRow(int number) {
      try {
        sink.row(new Row(number + 1L, List.copyOf(cells)));
      } catch (IOException e) {
        throw new Stopped(e);
      }
    }

    @Override public void cell(@Nullable String reference, @Nullable String value, @Nullable XSSFComment comment) {
      int column = reference == null ? cells.size() : column(reference);
      if (column >= MOST_COLUMNS) return;
      while (cells.size() < column) cells.add("");
      cells.add(value == null ? "" : value.strip());
    }

    private static int column(String reference) {
      int column = 0;
      for (int i = 0; i < reference.length() && Character.isLetter(reference.charAt(i)); i++) {
        column = column * 26 + reference.charAt(i) - 'A' + 1;
      }
      return column - 1;
    }
  }
}
