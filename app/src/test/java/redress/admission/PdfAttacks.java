package redress.admission;

import static redress.admission.Papers.dictionary;
import static redress.admission.Papers.name;
import static redress.admission.Papers.onePage;
import static redress.admission.Papers.stream;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;
import static redress.admission.Pictures.packed;
import static redress.admission.Reason.FILE_DAMAGED;
import static redress.admission.Reason.MALWARE;
import static redress.admission.Reason.PDF_ACTION;
import static redress.admission.Reason.PDF_ATTACHMENT;
import static redress.admission.Reason.PDF_LIVE_FORM;
import static redress.admission.Reason.PDF_OUTSIDE_DATA;
import static redress.admission.Reason.PDF_SCRIPT;
import static redress.admission.Reason.TOO_COMPLICATED;
import static redress.admission.Reason.TOO_MANY_PAGES;
import static redress.admission.Reason.TOO_MANY_PIXELS;
import static redress.admission.Reason.TWO_FILES_IN_ONE;
import static redress.admission.Reason.UNPACKS_TOO_LARGE;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** PDFs made to do harm, by what they try. */
final class PdfAttacks {
  /** A hundred million zero bytes, packed once. */
  private static final class Zeros {
    private static final byte[] PACKED = packed(new byte[100_000_000]);
  }

  private final List<Attack> all = new ArrayList<>();

  private PdfAttacks() {}

  static List<Attack> all() {
    var attacks = new PdfAttacks();
    attacks.scripts();
    attacks.actions();
    attacks.addresses();
    attacks.attachments();
    attacks.forms();
    attacks.outside();
    attacks.bombs();
    attacks.structure();
    attacks.trees();
    attacks.shapes();
    attacks.viruses();
    return attacks.all;
  }

  private void add(String kind, String what, Supplier<byte[]> bytes, Reason... reasons) {
    all.add(new Attack(kind, what, "a.pdf", "application/pdf", bytes, Set.of(reasons)));
  }

  /** The same action in all the places where one may stand, plain and packed. */
  private void action(String kind, String what, Supplier<COSDictionary> action, Reason... reasons) {
    add(kind, what + " behind a link", () -> Papers.pages(1, 17, true, Papers.action(action.get())), reasons);
    add(kind, what + " behind a link, unpacked", () -> Papers.pages(1, 14, false, Papers.action(action.get())),
        reasons);
    add(kind, what + " at opening", () -> Papers.pages(1, 17, true, document -> document.getDocumentCatalog()
        .getCOSObject().setItem(COSName.OPEN_ACTION, action.get())), reasons);
    add(kind, what + " when a page is shown", () -> Papers.pages(1, 17, true, document -> document.getPage(0)
        .getCOSObject().setItem(COSName.AA, dictionary("O", action.get()))), reasons);
    add(kind, what + " behind another", () -> Papers.pages(1, 17, true, Papers.action(dictionary("S", name("GoTo"),
        "Next", action.get()))), reasons);
  }

  private void scripts() {
    action("PDF script", "JavaScript", () -> dictionary("S", name("JavaScript"), "JS", "app.alert(1)"), PDF_SCRIPT,
        PDF_ACTION);
    add("PDF script", "by name", () -> Papers.pages(1, 17, true, document -> document.getDocumentCatalog()
        .getCOSObject().setItem(COSName.NAMES, dictionary("JavaScript", dictionary("Names", new COSDictionary())))),
        PDF_SCRIPT);
    add("PDF script", "with its letters written as numbers", () -> onePage("/OpenAction<</S/J#61vaScript/J#53(x)>>",
        ""), PDF_SCRIPT);
    add("PDF script", "in an object nobody lists", () -> {
      var pdf = new String(onePage("", ""), java.nio.charset.StandardCharsets.ISO_8859_1);
      return latin(pdf.replace("xref\n0", "9 0 obj\n<</S/JavaScript/JS(x)>>\nendobj\nxref\n0"));
    }, PDF_SCRIPT, FILE_DAMAGED);
    add("PDF script", "in a packed object", () -> packedObject("<</S/JavaScript/JS(app.alert(1))>>"), PDF_SCRIPT,
        PDF_ACTION);
    add("PDF script", "in a first revision", () -> Papers.revised(onePage("/OpenAction<</S/JavaScript/JS(x)>>", "")),
        PDF_SCRIPT);
    add("PDF script", "PostScript", () -> onePage("", "/Resources<</XObject<</A 4 0 R>>>>", stream(
        "/Type/XObject/Subtype/PS", latin("quit"))), PDF_SCRIPT);
    add("PDF script", "drawn by a field", () -> onePage("/AcroForm<</Fields[4 0 R]>>", "/Annots[4 0 R]", latin(
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/AA<</K<</S/JavaScript/JS 5 0 R>>>>>>"),
        stream("",
            latin("app.alert(1)"))),
        PDF_SCRIPT);
  }

  /** One object within another that holds packed ones. */
  private static byte[] packedObject(String object) {
    var holder = packed(latin("9 0 " + object));
    var entries = "/Type/ObjStm/N 1/First 4/Filter/FlateDecode";
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin("%PDF-1.7\n"));
    var places = new int[6];
    var objects = List.of(latin("<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>"), latin(
        "<</Type/Pages/Kids[3 0 R]/Count 1>>"), latin("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"),
        stream(
            entries, holder));
    for (int i = 0; i < objects.size(); i++) {
      places[i + 1] = out.size();
      out.writeBytes(joined(latin(i + 1 + " 0 obj\n"), objects.get(i), latin("\nendobj\n")));
    }
    places[5] = out.size();
    var table = new ByteArrayOutputStream();
    for (int i = 0; i <= 9; i++) {
      if (i == 0 || (i > 5 && i < 9)) table.writeBytes(Pictures.bytes(0, 0, 0, 0, 0));
      else if (i == 9) table.writeBytes(Pictures.bytes(2, 0, 0, 4, 0));
      else table.writeBytes(Pictures.bytes(1, places[i] >> 16, places[i] >> 8, places[i], 0));
    }
    out.writeBytes(joined(latin("5 0 obj\n"), stream("/Type/XRef/Size 10/W[1 3 1]/Root 1 0 R", table.toByteArray()),
        latin("\nendobj\nstartxref\n" + places[5] + "\n%%EOF\n")));
    return out.toByteArray();
  }

  private void actions() {
    action("PDF that starts a program", "Launch", () -> dictionary("S", name("Launch"), "F", "cmd.exe"), PDF_ACTION);
    for (var kind : List.of("SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound",
        "RichMediaExecute", "GoTo3DView")) {
      add("PDF that sends, plays or opens", kind, () -> Papers.pages(1, 17, true, Papers.action(dictionary("S", name(
          kind), "F", "http://127.0.0.1:1/x"))), PDF_ACTION);
    }
    for (var kind : List.of("RichMedia", "Movie", "Screen", "Sound", "3D")) {
      add("PDF that sends, plays or opens", "annotation " + kind, () -> onePage("",
          "/Annots[<</Type/Annot/Subtype/" + kind + "/Rect[0 0 9 9]>>]"), PDF_ACTION);
    }
    add("PDF that sends, plays or opens", "an address at opening", () -> Papers.pages(1, 17, true, document -> document
        .getDocumentCatalog().getCOSObject().setItem(COSName.OPEN_ACTION, dictionary("S", name("URI"), "URI",
            "https://example.org/seen"))),
        PDF_ACTION);
    add("PDF that sends, plays or opens", "an address when a page is shown", () -> onePage("",
        "/AA<</O<</S/URI/URI(https://example.org/seen)>>>>"), PDF_ACTION);
  }

  private void addresses() {
    for (var address : List.of("javascript:alert(1)", "JaVaScRiPt:alert(1)", "file:///etc/passwd", "smb://10.0.0.1/x",
        "\\\\10.0.0.1\\share\\x", "//10.0.0.1/x", "data:text/html,<script>", "vbscript:x", "ms-msdt:/id x",
        " javascript:alert(1)", "search-ms:query=x", "ldap://127.0.0.1/x")) {
      add("PDF link that leads to no page", address, () -> Papers.pages(1, 17, true, Papers.link(address)), PDF_ACTION);
    }
  }

  private void attachments() {
    var program = joined(latin("MZ"), new byte[300]);
    for (var name : List.of("run.exe", "invoice.pdf", "factur-x.xml.exe", "notes.txt", "../factur-x.xml")) {
      add("PDF with a file in it", name, () -> Papers.pages(1, 17, true, Papers.attachment(name, program)),
          PDF_ATTACHMENT);
    }
    add("PDF with a file in it", "program called as an invoice", () -> Papers.pages(1, 17, true, Papers.attachment(
        "factur-x.xml", program)), Reason.INVOICE_XML_REFUSED);
    add("PDF with a file in it", "other XML called as an invoice", () -> Papers.pages(1, 17, true, Papers.attachment(
        "factur-x.xml", latin("<svg xmlns='http://www.w3.org/2000/svg'/>"))), Reason.INVOICE_XML_REFUSED);
    add("PDF with a file in it", "invoice that unpacks to 70 MB", () -> Papers.pages(1, 17, true, Papers.attachment(
        "factur-x.xml", new byte[70_000_000])), UNPACKS_TOO_LARGE);
    add("PDF with a file in it", "by a pin", () -> onePage("", "/Annots[<</Type/Annot/Subtype/FileAttachment"
        + "/Rect[0 0 9 9]/FS<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>>>]", stream("/Type/EmbeddedFile", program)),
        PDF_ATTACHMENT);
  }

  private void forms() {
    add("PDF that is a live form", "XFA", () -> Papers.pages(1, 17, true, Papers.form(), document -> document
        .getDocumentCatalog().getAcroForm().getCOSObject().setItem(COSName.XFA, new COSArray(List.of(COSName.A)))),
        PDF_LIVE_FORM);
    add("PDF that is a live form", "XFA, unpacked", () -> onePage("/AcroForm<</Fields[]/XFA 4 0 R>>", "", stream("",
        latin("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"))), PDF_LIVE_FORM);
    for (int bits : new int[] {40, 128, 256}) {
      add("PDF that is encrypted", bits + " bits, no password to open", () -> Papers.pages(1, 17, false, encryption("",
          bits)), Reason.PDF_ENCRYPTED);
      add("PDF that is encrypted", bits + " bits, with a password", () -> Papers.pages(1, 17, false, encryption("pass",
          bits)), Reason.PDF_ENCRYPTED);
    }
  }

  private static Papers.Change encryption(String password, int bits) {
    return document -> {
      var policy = new StandardProtectionPolicy("owner", password, new AccessPermission());
      policy.setEncryptionKeyLength(bits);
      document.protect(policy);
    };
  }

  private void outside() {
    add("PDF with parts elsewhere", "a stream in a file", () -> onePage("", "/Contents 4 0 R", stream(
        "/F(/etc/passwd)", latin("x"))), PDF_OUTSIDE_DATA);
    add("PDF with parts elsewhere", "a stream at an address", () -> onePage("", "/Contents 4 0 R", stream(
        "/F<</FS/URL/F(http://127.0.0.1:1/x)>>", latin("x"))), PDF_OUTSIDE_DATA);
    add("PDF with parts elsewhere", "a page of another file", () -> onePage("", "/Resources<</XObject<</A 4 0 R>>>>",
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(//10.0.0.1/x.pdf)/Page 0>>", latin("x"))),
        PDF_OUTSIDE_DATA);
  }

  private void bombs() {
    var zeros = Zeros.PACKED;
    add("PDF bomb", "packed page", () -> onePage("", "/Contents 4 0 R", stream("/Filter/FlateDecode", zeros)),
        UNPACKS_TOO_LARGE);
    add("PDF bomb", "page packed twice", () -> onePage("", "/Contents 4 0 R", stream(
        "/Filter[/FlateDecode/FlateDecode]", packed(zeros))), UNPACKS_TOO_LARGE);
    add("PDF bomb", "page packed nine times", () -> onePage("", "/Contents 4 0 R", stream("/Filter[" + "/FlateDecode"
        .repeat(9) + "]", packed(zeros))), TOO_COMPLICATED);
    add("PDF bomb", "by a name written as numbers", () -> onePage("", "/Contents 4 0 R", stream(
        "/Filter/Fl#61teDecode", zeros)), UNPACKS_TOO_LARGE);
    add("PDF bomb", "many pages of 10 MB each", () -> {
      var part = packed(new byte[10_000_000]);
      var parts = new byte[40][];
      for (int i = 0; i < parts.length; i++) parts[i] = stream("/Filter/FlateDecode", part);
      return onePage("", "/Contents 4 0 R", parts);
    }, UNPACKS_TOO_LARGE);
    add("PDF bomb", "packed objects", () -> onePage("", "/A 5 0 R", stream(
        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zeros)), UNPACKS_TOO_LARGE);
    add("PDF bomb", "packed table of contents", () -> {
      var head = latin("%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\n");
      return joined(head, latin("2 0 obj\n"), stream("/Type/XRef/Size 9/W[1 3 1]/Root 1 0 R/Filter/FlateDecode", zeros),
          latin("\nendobj\nstartxref\n" + head.length + "\n%%EOF\n"));
    }, UNPACKS_TOO_LARGE);
  }

  private void structure() {
    add("PDF bomb", "many small objects", () -> onePage("", "/A 4 0 R", latin("[" + "<<>>".repeat(300_000) + "]")),
        TOO_COMPLICATED);
    add("PDF bomb", "objects 5,000 deep", () -> onePage("", "/A 4 0 R", latin("[".repeat(5_000) + "]".repeat(5_000))),
        TOO_COMPLICATED, FILE_DAMAGED);
    add("PDF bomb", "names 200 deep", () -> onePage("", "/A 4 0 R", latin("<</A".repeat(200) + " 1 " + ">>".repeat(
        200))), TOO_COMPLICATED);
    add("PDF bomb", "60,000 objects", () -> {
      var many = new byte[60_000][];
      java.util.Arrays.fill(many, latin("1"));
      return onePage("", "", many);
    }, TOO_COMPLICATED);
    add("PDF bomb", "8 MB of structure", () -> onePage("", "/A 4 0 R", latin("[" + "1 2 3 4 ".repeat(1_000_000)
        + "]")), TOO_COMPLICATED);
    add("PDF pixel flood", "picture", () -> onePage("", "/Resources<</XObject<</A 4 0 R>>>>", stream(
        "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
            + "/Filter/FlateDecode",
        Zeros.PACKED)), TOO_MANY_PIXELS);
  }

  private void trees() {
    add("PDF of too many pages", "1,001", () -> manyPages(1_001), TOO_MANY_PAGES);
    add("PDF of too many pages", "100,000 times the same", () -> samePage(100_000), TOO_MANY_PAGES);
    add("PDF of too many pages", "100,000", () -> manyPages(100_000), TOO_COMPLICATED, TOO_MANY_PAGES);
    add("PDF whose pages go in a circle", "to itself", () -> Papers.of("1.7", latin("<</Type/Catalog/Pages 2 0 R>>"),
        latin("<</Type/Pages/Kids[2 0 R]/Count 1>>")), FILE_DAMAGED);
    add("PDF whose pages go in a circle", "over two", () -> Papers.of("1.7", latin("<</Type/Catalog/Pages 2 0 R>>"),
        latin("<</Type/Pages/Kids[3 0 R]/Count 1>>"), latin("<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>")),
        FILE_DAMAGED);
    add("PDF whose pages go in a circle", "doubling at each step", () -> {
      var nodes = new byte[42][];
      nodes[0] = latin("<</Type/Catalog/Pages 2 0 R>>");
      for (int i = 1; i < 41; i++)
        nodes[i] = latin("<</Type/Pages/Kids[" + (i + 2) + " 0 R " + (i + 2)
            + " 0 R]/Count 2>>");
      nodes[41] = latin("<</Type/Page/MediaBox[0 0 9 9]>>");
      return Papers.of("1.7", nodes);
    }, FILE_DAMAGED, TOO_MANY_PAGES);
  }

  private static byte[] samePage(int times) {
    return Papers.of("1.7", latin("<</Type/Catalog/Pages 2 0 R>>"), latin("<</Type/Pages/Kids[" + "3 0 R ".repeat(times)
        + "]/Count " + times + ">>"), latin("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"));
  }

  private static byte[] manyPages(int count) {
    var objects = new byte[count + 2][];
    objects[0] = latin("<</Type/Catalog/Pages 2 0 R>>");
    var kids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      kids.append(i + 3).append(" 0 R ");
      objects[i + 2] = latin("<</Type/Page/Parent 2 0 R>>");
    }
    objects[1] = latin("<</Type/Pages/Kids[" + kids + "]/Count " + count + "/MediaBox[0 0 9 9]>>");
    return Papers.of("1.7", objects);
  }

  private void shapes() {
    add("PDF and ZIP in one", "archive in a stream", () -> onePage("", "/A 4 0 R", stream("", Archives.zip("a.txt",
        Attacks.noise(300)))), TWO_FILES_IN_ONE);
    add("PDF and page in one", "before its first object", () -> latin(new String(onePage("", ""),
        java.nio.charset.StandardCharsets.ISO_8859_1).replace("%PDF-1.7\n", "%PDF-1.7\n<script>alert(1)</script>\n")),
        Reason.ACTIVE_CONTENT);
    add("PDF out of shape", "no objects", () -> latin("%PDF-1.7\nstartxref\n0\n%%EOF\n"), FILE_DAMAGED);
    add("PDF out of shape", "no pages", () -> Papers.of("1.7", latin("<</Type/Catalog>>")), FILE_DAMAGED);
    add("PDF out of shape", "an empty tree of pages", () -> Papers.of("1.7", latin("<</Type/Catalog/Pages 2 0 R>>"),
        latin("<</Type/Pages/Kids[]/Count 0>>")), FILE_DAMAGED);
    add("PDF out of shape", "noise", () -> joined(latin("%PDF-1.7\n"), Attacks.noise(5_000), latin(
        "startxref\n9\n%%EOF\n")), FILE_DAMAGED, TOO_COMPLICATED);
    add("PDF out of shape", "an endless chain of tables", () -> {
      var pdf = new String(onePage("", ""), java.nio.charset.StandardCharsets.ISO_8859_1);
      int table = pdf.indexOf("xref\n0");
      return latin(pdf.replace("/Root 1 0 R>>", "/Root 1 0 R/Prev " + table + ">>"));
    });
  }

  private void viruses() {
    add("EICAR in a PDF", "as it is", () -> onePage("", "/A 4 0 R", stream("", Attacks.eicar())), MALWARE);
    add("EICAR in a PDF", "packed", () -> onePage("", "/A 4 0 R", stream("/Filter/FlateDecode", packed(joined(Attacks
        .noise(20_000), Attacks.eicar())))), MALWARE);
    add("EICAR in a PDF", "packed twice", () -> onePage("", "/A 4 0 R", stream("/Filter[/FlateDecode/FlateDecode]",
        packed(packed(Attacks.eicar())))), MALWARE);
    add("EICAR in a PDF", "in hexadecimal", () -> onePage("", "/A 4 0 R", stream("/Filter/ASCIIHexDecode", latin(
        java.util.HexFormat.of().formatHex(Attacks.eicar()) + ">"))), MALWARE);
    add("EICAR in a PDF", "attached", () -> Papers.pages(1, 17, true, Papers.attachment("factur-x.xml", Attacks
        .eicar())), MALWARE, Reason.INVOICE_XML_REFUSED);
    add("EICAR in a PDF", "saved by an ordinary program", () -> saved(Attacks.eicar()), MALWARE);
  }

  private static byte[] saved(byte[] body) {
    return Papers.pages(1, 17, true, document -> {
      var part = document.getDocument().createCOSStream();
      try (var out = part.createOutputStream(COSName.FLATE_DECODE)) {
        out.write(body);
      }
      document.getDocumentCatalog().getCOSObject().setItem("More", part);
    });
  }
}
