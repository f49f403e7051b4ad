package redress.statement;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first look at a file, all of it in one pass: its hash, what it is made of, and its encoding. A text is UTF-8 if
 * all
 * of it is well-formed UTF-8; with a byte order mark, or zeros at every other byte, it is UTF-16; else it is GB18030,
 * if
 * that is what a Chinese text of its beginning would be, else Windows-1252.
 */
final class Survey {
  private static final int START = 1 << 16;
  private static final byte[] OLE = HexFormat.of().parseHex("d0cf11e0a1b11ae1");
  private static final byte[] ZIP = HexFormat.of().parseHex("504b0304");
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Set<Character.UnicodeBlock> CHINESE = Set.of(Character.UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS,
      Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);
  private static final int YEN = 0xa5;
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private byte[] start = new byte[0];
  private final Utf8 utf8 = new Utf8();

  Source of(Path path) throws IOException {
    var hash = hash(path);
    if (start.length == 0) throw new Refusal("EMPTY", "The file is empty.");
    if (starts(OLE)) return new Source(path, Source.Kind.XLS, UTF_8, hash, new AtomicLong());
    if (starts(ZIP)) return new Source(path, Source.Kind.XLSX, UTF_8, hash, new AtomicLong());
    return new Source(path, Source.Kind.TEXT, charset(), hash, new AtomicLong());
  }

  private String hash(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[START];
      for (int read = in.readNBytes(buffer, 0, START); read > 0; read = in.readNBytes(buffer, 0, START)) {
        if (start.length == 0) start = Arrays.copyOf(buffer, read);
        digest.update(buffer, 0, read);
        utf8.take(buffer, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private boolean starts(byte[] mark) {
    return start.length >= mark.length && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
  }

  private Charset charset() {
    var marked = Source.byMark(start);
    if (!marked.equals(UTF_8)) return marked;
    int zeros = 0;
    int even = 0;
    for (int i = 0; i < start.length; i++) {
      if (start[i] != 0) continue;
      zeros++;
      if (i % 2 == 0) even++;
    }
    if (zeros > start.length / 5) return even > zeros / 2 ? UTF_16BE : UTF_16LE;
    if (utf8.isWellFormed()) return UTF_8;
    return isChinese() ? GB18030 : WESTERN;
  }

  /** Whether the bytes beyond ASCII come in pairs that are common Chinese characters (GB 2312) or Chinese marks. */
  private boolean isChinese() {
    var text = GB18030.decode(ByteBuffer.wrap(start)).toString();
    long beyond = text.chars().filter(c -> c > 0x7f).count();
    long common = text.chars().filter(Survey::isCommon).count();
    return isPaired() && common * 10 >= beyond * 8;
  }

  private static boolean isCommon(int c) {
    var block = Character.UnicodeBlock.of(c);
    return c == YEN || (block != null && CHINESE.contains(block));
  }

  /** In GB 2312 both bytes of a character are beyond ASCII: a single one between letters is a western accent. */
  private boolean isPaired() {
    int single = 0;
    int runs = 0;
    for (int i = 0; i < start.length - 1; i++) {
      if (start[i] >= 0) continue;
      int from = i;
      while (i < start.length && start[i] < 0) i++;
      runs++;
      if ((i - from) % 2 == 1 && i < start.length) single++;
    }
    return single * 3 < runs;
  }

  /** Whether bytes are well-formed UTF-8, told piece by piece (RFC 3629, without the rarer overlong forms). */
  private static final class Utf8 {
    private int awaited;
    private boolean wellFormed = true;

    void take(byte[] bytes, int length) {
      for (int i = 0; i < length && wellFormed; i++) {
        byte b = bytes[i];
        if (awaited > 0) {
          wellFormed = (b & 0xc0) == 0x80;
          awaited--;
        } else if (b < 0) {
          awaited = (b & 0xe0) == 0xc0 ? 1 : (b & 0xf0) == 0xe0 ? 2 : (b & 0xf8) == 0xf0 ? 3 : -1;
          if (awaited < 0 || (b & 0xff) < 0xc2) wellFormed = false;
        }
      }
    }

    boolean isWellFormed() {
      return wellFormed && awaited <= 0;
    }
  }
}
