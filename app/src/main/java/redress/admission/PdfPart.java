package redress.admission;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** A stream of a PDF that is unpacked once into nothing, counted and looked at, before it is unpacked into memory. */
final class PdfPart extends COSStream {
  private static final int MOST_FILTERS = 3;
  private static final long LARGEST_PICTURE = 16_000_000;
  private static final int BEGINNING = 262_144;
  private static final long MOST_BRACKETS = 200_000;
  private static final Set<String> PICTURES = Set.of("DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode",
      "CCF");

  private final Scan scan;
  private final long largestPart;
  private final long largestPacked;
  private boolean isMeasured;

  PdfPart(RandomAccessReadView bytes, Scan scan, long largestPart, long largestPacked) throws IOException {
    super(null, bytes);
    this.scan = scan;
    this.largestPart = largestPart;
    this.largestPacked = largestPacked;
  }

  @Override public COSInputStream createInputStream(DecodeOptions options) throws IOException {
    measure();
    return super.createInputStream(options);
  }

  @Override public RandomAccessRead createView() throws IOException {
    measure();
    return super.createView();
  }

  /** Unpacks it into nothing; throws {@link Unfit} where it becomes too large or holds what may not come in. */
  void measure() throws IOException {
    if (isMeasured) return;
    isMeasured = true;
    var type = getCOSName(COSName.TYPE);
    boolean isHolder = COSName.OBJ_STM.equals(type) || COSName.XREF.equals(type);
    var filters = filters();
    if (filters.size() > MOST_FILTERS) throw new Unfit(Reason.TOO_COMPLICATED, "a part is packed in too many ways");
    if (filters.isEmpty() && !isHolder) return;
    var sink = scan.part("a part of the PDF", isHolder ? largestPacked : largestPart);
    unpack(filters, sink);
    if (isHolder && sink.brackets() > MOST_BRACKETS) throw new Unfit(Reason.TOO_COMPLICATED, "too many small objects");
  }

  private void unpack(List<COSName> filters, Scan.Sink sink) throws IOException {
    InputStream in = createRawInputStream();
    for (int i = 0; i < filters.size(); i++) {
      if (PICTURES.contains(filters.get(i).getName())) {
        picture(in);
        return;
      }
      boolean isLast = i == filters.size() - 1;
      var between = new ByteArrayOutputStream();
      FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(in, isLast ? sink : new Both(sink, between), this, i);
      in = new ByteArrayInputStream(between.toByteArray());
    }
    if (filters.isEmpty()) in.transferTo(sink);
  }

  /** A picture is unpacked by whoever draws it; here only so that it is not too large for that, whatever it says. */
  private void picture(InputStream in) throws IOException {
    if (getLong(COSName.WIDTH) * getLong(COSName.HEIGHT) > LARGEST_PICTURE) throw tooLarge();
    var coded = in.readNBytes(BEGINNING);
    for (int at = 2; at + 9 < coded.length && (coded[at] & 0xFF) == 0xFF;) {
      int marker = coded[at + 1] & 0xFF;
      boolean isSize = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (isSize && (long) number(coded, at + 5) * number(coded, at + 7) > LARGEST_PICTURE) throw tooLarge();
      if (isSize) return;
      at += 2 + number(coded, at + 2);
    }
  }

  private static int number(byte[] bytes, int at) { return ((bytes[at] & 0xFF) << 8) + (bytes[at + 1] & 0xFF); }

  private static Unfit tooLarge() {
    return new Unfit(Reason.TOO_MANY_PIXELS, "a picture in the PDF");
  }

  /** The names of the ways it is packed, outermost first. */
  List<COSName> filters() {
    var filters = getFilters();
    if (filters instanceof COSName only) return List.of(only);
    var names = new ArrayList<COSName>();
    if (filters instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) if (array.getObject(i) instanceof COSName name) names.add(name);
    }
    return names;
  }

  /** Counts what goes into memory only to be unpacked again; the count is the limit of both. */
  private static final class Both extends OutputStream {
    private static final int MOST_BETWEEN = 12_000_000;

    private final Scan.Sink sink;
    private final ByteArrayOutputStream kept;

    Both(Scan.Sink sink, ByteArrayOutputStream kept) {
      this.sink = sink;
      this.kept = kept;
    }

    @Override public void write(int one) {
      sink.write(one);
      kept.write(one);
    }

    @Override public void write(byte[] bytes, int offset, int length) {
      sink.write(bytes, offset, length);
      kept.write(bytes, offset, length);
      if (kept.size() > MOST_BETWEEN) throw new Unfit(Reason.UNPACKS_TOO_LARGE, "a part that is packed twice");
    }
  }
}
