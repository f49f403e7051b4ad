package redress.admission;

import java.io.IOException;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * A PDF read where it lies, whose compressed parts are measured before PDFBox unpacks them into memory, and whose
 * reading ends when the time for the file does.
 */
final class PdfFile extends PDFParser {
  private final Scan scan;
  private final long largestPart;
  private final long largestPacked;

  /**
   * @param largestPart what one compressed part may become
   * @param largestPacked what one part that holds other objects may become
   */
  PdfFile(Content content, Scan scan, long largestPart, long largestPacked) throws IOException {
    super(new Bytes(content), "", null, null, IOUtils.createMemoryOnlyStreamCache());
    this.scan = scan;
    this.largestPart = largestPart;
    this.largestPacked = largestPacked;
    document.close();
    document = new Objects();
  }

  /** The objects of the file; each part of bytes among them is one that is measured. */
  private final class Objects extends COSDocument {
    Objects() {
      super(IOUtils.createMemoryOnlyStreamCache(), PdfFile.this);
    }

    @Override public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
      var stream = new PdfPart(createRandomAccessReadView(start, length), scan, largestPart, largestPacked);
      dictionary.forEach(stream::setItem);
      stream.setKey(dictionary.getKey());
      return stream;
    }
  }

  /** The bytes of the file as PDFBox wants to read them. */
  private static final class Bytes implements RandomAccessRead {
    private final Content content;
    private long at;

    Bytes(Content content) {
      this.content = content;
    }

    @Override public int read() {
      if ((at & 0xFFF) == 0) content.hurry();
      return at < content.size() ? content.u8(at++) : -1;
    }

    @Override public int read(byte[] into, int offset, int length) {
      int count = content.read(at, into, offset, length);
      if (count > 0) at += count;
      return count;
    }

    @Override public long getPosition() { return at; }

    @Override public void seek(long position) throws IOException {
      if (position < 0) throw new IOException("there is nothing before the beginning");
      content.hurry();
      at = Math.min(position, content.size());
    }

    @Override public long length() { return content.size(); }

    @Override public boolean isClosed() { return false; }

    @Override public boolean isEOF() { return at >= content.size(); }

    @Override public RandomAccessReadView createView(long start, long length) {
      return new RandomAccessReadView(this, start, length);
    }

    /** The file is closed by whom it belongs to. */
    @Override public void close() {}
  }
}
