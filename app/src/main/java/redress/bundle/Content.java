package redress.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** A file of a bundle: how long it is, its checksums, and where its bytes come from whenever they are wanted. */
record Content(long size, int crc, String sha256, Source source) {

  /** Opens the bytes from the first. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** Of bytes that are at hand. */
  static Content of(byte[] bytes) {
    try {
      return of(() -> new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
  }

  /** Of bytes that are read once now, and again when they are written. */
  static Content of(Source source) throws IOException {
    var crc = new CRC32();
    var sha = sha();
    try (var in = new DigestInputStream(new CheckedInputStream(source.open(), crc), sha)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return new Content(size, (int) crc.getValue(), HexFormat.of().formatHex(sha.digest()), source);
    }
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
