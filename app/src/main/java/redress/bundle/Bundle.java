package redress.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle that is ready to go out: a ZIP of stored files (PKWARE APPNOTE.TXT) whose every byte follows from the files,
 * so that a verifier can demand all of them. Written as a stream; what lies in the vault is never in memory as a whole.
 */
public final class Bundle {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_SIZE = 30;
  private static final int CENTRAL_SIZE = 46;
  private static final int END_SIZE = 22;
  private static final short VERSION = 10;
  /** 1 January 1980, as DOS writes it: when a file was written says nothing. */
  private static final short DATE = 0x21;
  private static final long MOST_BYTES = 0xffffffffL;

  private final Map<String, Content> files;

  /** @throws IllegalStateException when it would be larger than a ZIP can be, 4 GiB */
  Bundle(Map<String, Content> files) {
    this.files = new LinkedHashMap<>(files);
    if (size() > MOST_BYTES) throw new IllegalStateException("a bundle has at most 4 GiB");
  }

  /** How many bytes it has. */
  public long size() {
    long size = END_SIZE;
    for (var file : files.entrySet()) {
      size += LOCAL_SIZE + CENTRAL_SIZE + 2L * file.getKey().length() + file.getValue().size();
    }
    return size;
  }

  /** The numbers of the pieces of evidence whose files are in it. */
  public List<Integer> evidence() {
    return files.keySet().stream().filter(it -> it.startsWith(Exporter.EVIDENCE))
        .map(it -> Integer.valueOf(it.substring(Exporter.EVIDENCE.length(), it.indexOf('-')))).toList();
  }

  /** Writes all of it. */
  public void writeTo(OutputStream out) throws IOException {
    var directory = new ArrayList<byte[]>();
    long at = 0;
    for (var file : files.entrySet()) {
      var name = file.getKey().getBytes(US_ASCII);
      var content = file.getValue();
      directory.add(central(name, content, at));
      out.write(common(buffer(LOCAL_SIZE + name.length).putInt(LOCAL), name, content).put(name).array());
      try (var in = content.source().open()) {
        if (in.transferTo(out) != content.size()) throw new IOException(file.getKey() + " has changed meanwhile");
      }
      at += LOCAL_SIZE + name.length + content.size();
    }
    int size = 0;
    for (var line : directory) {
      out.write(line);
      size += line.length;
    }
    out.write(buffer(END_SIZE).putInt(END).putInt(0).putShort((short) files.size()).putShort((short) files.size())
        .putInt(size).putInt((int) at).array());
    out.flush();
  }

  private static byte[] central(byte[] name, Content content, long at) {
    var header = buffer(CENTRAL_SIZE + name.length).putInt(CENTRAL).putShort(VERSION);
    // No comment, first disk, no attributes: ten zero bytes.
    return common(header, name, content).putShort((short) 0).putLong(0).putInt((int) at).put(name).array();
  }

  /** Version, no flags, stored, the date, checksum, both sizes, the name's length, nothing extra. */
  private static ByteBuffer common(ByteBuffer header, byte[] name, Content content) {
    return header.putShort(VERSION).putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort(DATE)
        .putInt(content.crc()).putInt((int) content.size()).putInt((int) content.size())
        .putShort((short) name.length).putShort((short) 0);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
