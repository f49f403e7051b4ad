package redress.document;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures how large the compressed streams of a PDF become before anything opens them, so that a small file cannot ask
 * for more memory than there is. One that is compressed twice is never let through.
 */
final class Inflation {
  private static final int MOST = 96 << 20;
  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final byte[] LZW = {'L', 'Z', 'W', 'D', 'e', 'c', 'o', 'd', 'e'};
  private static final byte[] ENCRYPT = {'/', 'E', 'n', 'c', 'r', 'y', 'p', 't'};
  private static final int ZLIB = 0x78;
  private static final int CHECK = 31;

  private final byte[] file;
  private final byte[] page = new byte[1 << 16];
  private long sum;

  private Inflation(byte[] file) {
    this.file = file;
  }

  /** Whether a PDF can be opened in the memory that one document may take. */
  static boolean isBearable(byte[] file) {
    if (find(file, ENCRYPT, 0) >= 0 || find(file, LZW, 0) >= 0) return false;
    return new Inflation(file).measure();
  }

  private boolean measure() {
    for (int at = find(file, STREAM, 0); at >= 0; at = find(file, STREAM, at + 1)) {
      int from = at + STREAM.length;
      while (from < file.length && (file[from] == '\r' || file[from] == '\n')) from++;
      if (isZlib(file, from) && !inflate(from)) return false;
    }
    return true;
  }

  private static boolean isZlib(byte[] bytes, int at) {
    return at + 1 < bytes.length && (bytes[at] & 0x0f) == (ZLIB & 0x0f)
        && ((bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff)) % CHECK == 0;
  }

  private boolean inflate(int from) {
    try (var inflater = new Inflater()) {
      inflater.setInput(file, from, file.length - from);
      boolean first = true;
      for (int n = inflater.inflate(page); n > 0; n = inflater.inflate(page)) {
        if (first && n > 1 && page[0] == ZLIB && isZlib(page, 0)) return false;
        first = false;
        sum += n;
        if (sum > MOST) return false;
      }
      return true;
    } catch (DataFormatException e) {
      // No deflated stream after all, or a broken one: what came of it is counted.
      return true;
    }
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      int same = 0;
      while (same < what.length && in[i + same] == what[same]) same++;
      if (same == what.length) return i;
    }
    return -1;
  }
}
