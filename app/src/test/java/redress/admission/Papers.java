package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDAction;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageFitDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/** Makes PDFs: with PDFBox, and object by object where it would not. */
final class Papers {
  private Papers() {}

  /** Something done to a document before it is saved. */
  @FunctionalInterface
  interface Change {
    void make(PDDocument document) throws IOException;
  }

  /** A document of some pages of text, changed and saved in this version. */
  static byte[] pages(int count, int tenthsOfVersion, boolean isPacked, Change... changes) {
    try (var document = new PDDocument()) {
      document.setVersion(tenthsOfVersion / 10f);
      for (int i = 0; i < count; i++)
        write(document, new PDPage(PDRectangle.A4), "Page " + (i + 1) + ": paid 1,250.00");
      for (var change : changes) change.make(document);
      var out = new ByteArrayOutputStream();
      document.save(out, isPacked ? CompressParameters.DEFAULT_COMPRESSION : CompressParameters.NO_COMPRESSION);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(PDDocument document, PDPage page, String line) throws IOException {
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
      content.newLineAtOffset(60, 700);
      content.showText(line);
      content.endText();
    }
  }

  static Change picture(BufferedImage picture, boolean isJpeg) {
    return document -> {
      var image = isJpeg ? JPEGFactory.createFromImage(document, picture) : LosslessFactory.createFromImage(document,
          picture);
      var page = document.getPage(0);
      try (var content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true)) {
        content.drawImage(image, 60, 200, 300, 200);
      }
    };
  }

  static Change link(String address) {
    return document -> {
      var action = new PDActionURI();
      action.setURI(address);
      annotate(document, action);
    };
  }

  static void annotate(PDDocument document, PDAction action) throws IOException {
    var link = new PDAnnotationLink();
    link.setRectangle(new PDRectangle(60, 690, 200, 20));
    link.setAction(action);
    document.getPage(0).getAnnotations().add(link);
  }

  /** Adds a link whose action is just this dictionary. */
  static Change action(COSDictionary action) {
    return document -> {
      var link = new PDAnnotationLink();
      link.setRectangle(new PDRectangle(60, 690, 200, 20));
      link.getCOSObject().setItem(COSName.A, action);
      document.getPage(0).getAnnotations().add(link);
    };
  }

  static Change bookmarks() {
    return document -> {
      var outline = new PDDocumentOutline();
      for (var page : document.getPages()) {
        var item = new PDOutlineItem();
        item.setTitle("章节 Chapter");
        item.setDestination(page);
        outline.addLast(item);
      }
      document.getDocumentCatalog().setDocumentOutline(outline);
      var destination = new PDPageFitDestination();
      destination.setPage(document.getPage(0));
      var opening = new PDActionGoTo();
      opening.setDestination(destination);
      document.getDocumentCatalog().setOpenAction(opening);
    };
  }

  static Change form() {
    return document -> {
      var form = new PDAcroForm(document);
      document.getDocumentCatalog().setAcroForm(form);
      var field = new PDTextField(form);
      field.setPartialName("name");
      form.setFields(List.of(field));
      form.setNeedAppearances(true);
    };
  }

  static Change attachment(String name, byte[] bytes) {
    return document -> {
      var file = new PDComplexFileSpecification();
      file.setFile(name);
      file.setFileUnicode(name);
      var embedded = new PDEmbeddedFile(document, new java.io.ByteArrayInputStream(bytes), COSName.FLATE_DECODE);
      file.setEmbeddedFile(embedded);
      file.setEmbeddedFileUnicode(embedded);
      var tree = new PDEmbeddedFilesNameTreeNode();
      tree.setNames(java.util.Map.of(name, file));
      var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
      names.setEmbeddedFiles(tree);
      document.getDocumentCatalog().setNames(names);
      var associated = new COSArray();
      associated.add(file.getCOSObject());
      document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    };
  }

  static byte[] invoiceXml() {
    return """
        <?xml version='1.0' encoding='UTF-8'?>
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">
          <rsm:ExchangedDocument><ID>471102</ID></rsm:ExchangedDocument>
        </rsm:CrossIndustryInvoice>
        """.getBytes(UTF_8);
  }

  static COSDictionary dictionary(Object... keysAndValues) {
    var dictionary = new COSDictionary();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      var key = COSName.getPDFName((String) keysAndValues[i]);
      switch (keysAndValues[i + 1]) {
        case COSDictionary inner -> dictionary.setItem(key, inner);
        case COSName name -> dictionary.setItem(key, name);
        case String text -> dictionary.setString(key, text);
        case Integer number -> dictionary.setInt(key, number);
        default -> throw new IllegalArgumentException(String.valueOf(keysAndValues[i + 1]));
      }
    }
    return dictionary;
  }

  static COSName name(String name) { return COSName.getPDFName(name); }

  /** The document with a second revision behind its first. */
  static byte[] revised(byte[] pdf) {
    try (var document = Loader.loadPDF(pdf)) {
      document.getDocumentInformation().setTitle("revised");
      document.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
      document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
      var out = new ByteArrayOutputStream();
      document.saveIncremental(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document of these objects, numbered from 1, the first its catalog, with a table of contents. */
  static byte[] of(String version, byte[]... objects) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin("%PDF-" + version + "\n%\u00E2\u00E3\u00CF\u00D3\n"));
    var places = new int[objects.length];
    for (int i = 0; i < objects.length; i++) {
      places[i] = out.size();
      out.writeBytes(joined(latin(i + 1 + " 0 obj\n"), objects[i], latin("\nendobj\n")));
    }
    int table = out.size();
    out.writeBytes(latin("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n"));
    for (int place : places) out.writeBytes(latin("%010d 00000 n \n".formatted(place)));
    out.writeBytes(latin("trailer\n<</Size " + (objects.length + 1) + "/Root 1 0 R>>\nstartxref\n" + table
        + "\n%%EOF\n"));
    return out.toByteArray();
  }

  /** A stream with these entries beside its length. */
  static byte[] stream(String entries, byte[] body) {
    return joined(latin("<<" + entries + "/Length " + body.length + ">>\nstream\n"), body, latin("\nendstream"));
  }

  /** One page that shows nothing, with these entries in its catalog and in the page, and more objects from 4 on. */
  static byte[] onePage(String catalog, String page, byte[]... more) {
    var all = new byte[3 + more.length][];
    all[0] = latin("<</Type/Catalog/Pages 2 0 R" + catalog + ">>");
    all[1] = latin("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    all[2] = latin("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]" + page + ">>");
    System.arraycopy(more, 0, all, 3, more.length);
    return of("1.7", all);
  }
}
