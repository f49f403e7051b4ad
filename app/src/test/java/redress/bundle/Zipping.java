package redress.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32;

/** A ZIP as docs/verify.md wants it, byte by byte from PKWARE's APPNOTE.TXT: stored, no flags, 1 January 1980. */
final class Zipping {
  private Zipping() {}

  static byte[] stored(Map<String, byte[]> files) {
    var out = new ByteArrayOutputStream();
    var directory = new ByteArrayOutputStream();
    files.forEach((name, bytes) -> {
      int at = out.size();
      out.writeBytes(buffer(4).putInt(0x04034b50).array());
      out.writeBytes(common(name, bytes));
      out.writeBytes(name.getBytes(US_ASCII));
      out.writeBytes(bytes);
      directory.writeBytes(buffer(6).putInt(0x02014b50).putShort((short) 10).array());
      directory.writeBytes(common(name, bytes));
      directory.writeBytes(buffer(14).putInt(10, at).array());
      directory.writeBytes(name.getBytes(US_ASCII));
    });
    int from = out.size();
    out.writeBytes(directory.toByteArray());
    out.writeBytes(buffer(22).putInt(0x06054b50).putInt(0).putShort((short) files.size())
        .putShort((short) files.size()).putInt(directory.size()).putInt(from).array());
    return out.toByteArray();
  }

  private static byte[] common(String name, byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return buffer(26).putShort((short) 10).putInt(0).putShort((short) 0).putShort((short) 0x21)
        .putInt((int) crc.getValue()).putInt(bytes.length).putInt(bytes.length).putShort((short) name.length()).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
