package redress.admission;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/** Every object of a PDF in turn, each held against what a PDF may not do. */
final class PdfWalk {
  private static final int DEEPEST = 64;
  private static final COSName REF = COSName.getPDFName("Ref");
  private static final Map<String, Reason> ACTIONS = Map.ofEntries(Map.entry("JavaScript", Reason.PDF_SCRIPT),
      Map.entry("Launch", Reason.PDF_ACTION), Map.entry("SubmitForm", Reason.PDF_ACTION),
      Map.entry("ImportData", Reason.PDF_ACTION), Map.entry("GoToR", Reason.PDF_ACTION),
      Map.entry("GoToE", Reason.PDF_ACTION), Map.entry("Rendition", Reason.PDF_ACTION),
      Map.entry("Movie", Reason.PDF_ACTION), Map.entry("Sound", Reason.PDF_ACTION),
      Map.entry("RichMediaExecute", Reason.PDF_ACTION), Map.entry("GoTo3DView", Reason.PDF_ACTION));
  private static final Map<String, Reason> SUBTYPES = Map.of("FileAttachment", Reason.PDF_ATTACHMENT, "RichMedia",
      Reason.PDF_ACTION, "Movie", Reason.PDF_ACTION, "Screen", Reason.PDF_ACTION, "Sound", Reason.PDF_ACTION, "3D",
      Reason.PDF_ACTION, "PS", Reason.PDF_SCRIPT);
  private static final Map<String, Reason> KEYS = Map.of("JS", Reason.PDF_SCRIPT, "JavaScript", Reason.PDF_SCRIPT,
      "XFA", Reason.PDF_LIVE_FORM, "RF", Reason.PDF_ATTACHMENT, "Rendition", Reason.PDF_ACTION);
  /** What happens without anybody asking for it may turn pages, and nothing else. */
  private static final Set<String> BY_ITSELF = Set.of("GoTo", "Named");
  private static final Pattern LINK =
      Pattern.compile("(?is)(https?|mailto|tel|sms):.*|(?!\\\\\\\\|//)(?![a-z][a-z0-9+.-]+:"
          + "(?![0-9])).*");

  private final COSDocument document;
  private final Content content;
  private final Limits limits;

  PdfWalk(COSDocument document, Content content, Limits limits) {
    this.document = document;
    this.content = content;
    this.limits = limits;
  }

  /** Looks at all objects the file lists. */
  void objects() throws IOException {
    var keys = new ArrayList<>(document.getXrefTable().keySet());
    if (keys.size() > limits.objects()) throw new Unfit(Reason.TOO_COMPLICATED, keys.size() + " objects");
    visit(document.getTrailer(), 0);
    for (var key : keys) {
      content.hurry();
      var object = document.getObjectFromPool(key).getObject();
      if (object != null) visit(object, 0);
    }
  }

  /** Looks at an object and all that is written within it; what it only points at has its own turn. */
  private void visit(COSBase object, int depth) throws IOException {
    if (depth > DEEPEST) throw new Unfit(Reason.TOO_COMPLICATED, "objects stand too deep in each other");
    switch (object) {
      case COSDictionary dictionary -> {
        dictionary(dictionary);
        if (dictionary instanceof PdfPart part) part(part);
        for (var value : dictionary.getValues()) if (value != null) visit(value, depth + 1);
      }
      case COSArray array -> {
        for (var value : array) if (value != null) visit(value, depth + 1);
      }
      default -> {}
    }
  }

  private void dictionary(COSDictionary dictionary) throws IOException {
    for (var key : dictionary.keySet()) {
      var reason = KEYS.get(key.getName());
      if (reason != null && dictionary.getDictionaryObject(key) != null)
        throw new Unfit(reason, "it says " + key
            .getName());
    }
    refuse(ACTIONS.get(name(dictionary, COSName.S)), "an action of the kind " + name(dictionary, COSName.S));
    refuse(SUBTYPES.get(name(dictionary, COSName.SUBTYPE)), "a part of the kind " + name(dictionary, COSName.SUBTYPE));
    if (dictionary.getDictionaryObject(COSName.URI) instanceof COSString address && !LINK.matcher(address.getString()
        .strip()).matches())
      throw new Unfit(Reason.PDF_ACTION, "a link leads to something other than a page or an address");
    byItself(dictionary.getDictionaryObject(COSName.OPEN_ACTION), 0);
    byItself(dictionary.getDictionaryObject(COSName.AA), 0);
    var files = dictionary.getCOSDictionary(COSName.EF);
    if (files != null) PdfInvoice.check(dictionary, files);
    if (name(dictionary, COSName.FS).equals("URL")) outside();
    var other = dictionary.getCOSDictionary(REF);
    if (other != null && other.containsKey(COSName.F)) outside();
  }

  private static void refuse(@org.jspecify.annotations.Nullable Reason reason, String detail) {
    if (reason != null) throw new Unfit(reason, detail);
  }

  private static void outside() {
    throw new Unfit(Reason.PDF_OUTSIDE_DATA, "a part of it is in another file");
  }

  /** An action that starts when the document or a page is opened, a field is left, and so on; or a list of such. */
  private static void byItself(@org.jspecify.annotations.Nullable COSBase action, int depth) {
    if (!(action instanceof COSDictionary dictionary) || depth > DEEPEST) return;
    var kind = name(dictionary, COSName.S);
    if (!kind.isEmpty() && !BY_ITSELF.contains(kind))
      throw new Unfit(Reason.PDF_ACTION, "it does " + kind
          + " by itself");
    for (var key : dictionary.keySet()) {
      if (!key.equals(COSName.D) && !key.equals(COSName.P)) byItself(dictionary.getDictionaryObject(key), depth + 1);
    }
  }

  private void part(PdfPart part) throws IOException {
    var file = part.getDictionaryObject(COSName.F);
    if (file instanceof COSString || file instanceof COSDictionary) outside();
    boolean isPicture = name(part, COSName.SUBTYPE).equals("Image");
    if (isPicture) limits.picture(part.getInt(COSName.WIDTH, COSName.W, 1), part.getInt(COSName.HEIGHT, COSName.H, 1));
    else part.measure();
  }

  /** Counts the pages, each way down the tree once. */
  int pages() {
    var root = document.getTrailer().getCOSDictionary(COSName.ROOT);
    var top = root == null ? null : root.getCOSDictionary(COSName.PAGES);
    if (top == null) throw Unfit.damaged("the PDF has no pages");
    Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<COSDictionary>();
    open.add(top);
    int pages = 0;
    while (!open.isEmpty()) {
      content.hurry();
      var node = open.removeLast();
      var kids = node.getCOSArray(COSName.KIDS);
      if (kids == null) {
        if (++pages > limits.pages()) throw new Unfit(Reason.TOO_MANY_PAGES, "more than " + limits.pages());
        continue;
      }
      Unfit.unless(seen.add(node), "the PDF's pages go round in a circle");
      for (int i = 0; i < kids.size(); i++) if (kids.getObject(i) instanceof COSDictionary kid) open.add(kid);
    }
    Unfit.unless(pages > 0, "the PDF has no pages");
    return pages;
  }

  private static String name(COSDictionary dictionary, COSName key) {
    var name = dictionary.getCOSName(key);
    return name == null ? "" : name.getName();
  }
}
