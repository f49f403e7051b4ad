package redress.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Documents as people hand them in, printed by a test. */
public final class Paper {
  private static final int MARGIN = 50;
  private static final int LEADING = 16;
  private static final int TOP = 780;

  private Paper() {}

  /** A PDF with these pages of lines. */
  @SafeVarargs public static byte[] pdf(List<String>... pages) {
    return pdf(null, "", pages);
  }

  /** The same with a file in it. */
  @SafeVarargs public static byte[] pdf(@org.jspecify.annotations.Nullable String name, String xml,
      List<String>... pages) {
    try (var document = new PDDocument(); var out = new ByteArrayOutputStream()) {
      for (var lines : pages) print(document, lines);
      if (name != null) attach(document, name, xml);
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PDF that opens only with a password. */
  static byte[] locked(String line) throws IOException {
    try (var document = new PDDocument(); var out = new ByteArrayOutputStream()) {
      print(document, List.of(line));
      document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
      document.save(out);
      return out.toByteArray();
    }
  }

  private static void print(PDDocument document, List<String> lines) throws IOException {
    var page = new PDPage();
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
      content.setLeading(LEADING);
      content.beginText();
      content.newLineAtOffset(MARGIN, TOP);
      for (var line : lines) {
        content.showText(line);
        content.newLine();
      }
      content.endText();
    }
  }

  private static void attach(PDDocument document, String name, String xml) throws IOException {
    var file = new PDComplexFileSpecification();
    file.setFile(name);
    file.setEmbeddedFile(new PDEmbeddedFile(document,
        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    var tree = new PDEmbeddedFilesNameTreeNode();
    tree.setNames(Map.of(name, file));
    var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
    names.setEmbeddedFiles(tree);
    document.getDocumentCatalog().setNames(names);
  }

  /** A Factur-X invoice (EN 16931) of so much, issued on 2026-03-01. */
  public static String invoice(String number, String currency, String total, String due) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
            xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
            xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
          <rsm:ExchangedDocument><ram:ID>%s</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>
            <udt:DateTimeString format="102">20260301</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
          <rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>
            <ram:InvoiceCurrencyCode>%s</ram:InvoiceCurrencyCode>
            <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
              <ram:LineTotalAmount>1.00</ram:LineTotalAmount>
              <ram:GrandTotalAmount>%s</ram:GrandTotalAmount><ram:DuePayableAmount>%s</ram:DuePayableAmount>
            </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
          </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
        </rsm:CrossIndustryInvoice>
        """.formatted(number, currency, total, due);
  }
}
