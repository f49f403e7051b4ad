package redress.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The bytes of one file, mapped and not copied, and the time left to look at them. */
final class Content implements AutoCloseable {
  private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 1 << 14;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final long end;

  private Content(Path file, Duration time) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    end = System.nanoTime() + time.toNanos();
  }

  static Content of(Path file, Duration time) throws IOException {
    return new Content(file, time);
  }

  @Override public void close() {
    arena.close();
  }

  long size() { return bytes.byteSize(); }

  /** Throws when the time for this file is over. */
  void hurry() {
    if (System.nanoTime() - end > 0) throw new Unfit(Reason.TOO_COMPLICATED, "the time for looking at it is over");
  }

  /** The byte there, 0 to 255; the file is damaged where there is none. */
  int u8(long at) {
    if (at < 0 || at >= size()) throw Unfit.damaged("it ends at " + size() + " and something should stand at " + at);
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }

  int be16(long at) { return u8(at) << 8 | u8(at + 1); }

  int le16(long at) { return u8(at + 1) << 8 | u8(at); }

  int be24(long at) { return be16(at) << 8 | u8(at + 2); }

  int le24(long at) { return u8(at + 2) << 16 | le16(at); }

  long be32(long at) { return (long) be16(at) << 16 | be16(at + 2); }

  long le32(long at) { return (long) le16(at + 2) << 16 | le16(at); }

  /** An unsigned number of 8 bytes; the file is damaged where it does not fit into a long. */
  long be64(long at) {
    long value = be32(at) << 32 | be32(at + 4);
    Unfit.unless(value >= 0, "a length at " + at + " is beyond all measure");
    return value;
  }

  /** The bytes there as Latin-1; the file is damaged where there are not so many. */
  String latin(long at, int length) {
    if (length < 0 || at < 0 || at + length > size()) throw Unfit.damaged("it ends within what stands at " + at);
    return new String(bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
  }

  /** Whether these bytes, given as Latin-1, stand there. */
  boolean is(long at, String latin) {
    if (at < 0 || at + latin.length() > size()) return false;
    for (int i = 0; i < latin.length(); i++) if (u8(at + i) != latin.charAt(i)) return false;
    return true;
  }

  /** Where these bytes, given as Latin-1, begin at or behind {@code from} and end before {@code to}; -1 if nowhere. */
  long find(String latin, long from, long to) {
    long last = Math.min(to, size()) - latin.length();
    int first = latin.charAt(0);
    for (long at = Math.max(0, from); at <= last; at++) {
      if ((at & BETWEEN_LOOKS_AT_THE_CLOCK - 1) == 0) hurry();
      if ((bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF) == first && is(at, latin)) return at;
    }
    return -1;
  }

  /** Copies bytes from there; how many, -1 behind the end. */
  int read(long at, byte[] into, int offset, int length) {
    hurry();
    if (at >= size()) return -1;
    int count = (int) Math.min(length, size() - at);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, offset, count);
    return count;
  }

  /** The bytes from there on, at most so many. */
  InputStream stream(long from, long length) {
    long to = Math.min(size(), from + length);
    return new InputStream() {
      private long at = from;

      @Override public int read() {
        if ((at & BETWEEN_LOOKS_AT_THE_CLOCK - 1) == 0) hurry();
        return at < to ? u8(at++) : -1;
      }

      @Override public int read(byte[] into, int offset, int count) {
        if (count == 0) return 0;
        if (at >= to) return -1;
        int read = Content.this.read(at, into, offset, (int) Math.min(count, to - at));
        at += read;
        return read;
      }
    };
  }
}
