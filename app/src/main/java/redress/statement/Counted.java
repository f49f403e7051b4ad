package redress.statement;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are read. */
final class Counted extends FilterInputStream {
  private final AtomicLong bytes;

  Counted(InputStream in, AtomicLong bytes) {
    super(in);
    this.bytes = bytes;
    bytes.set(0);
  }

  @Override public int read() throws IOException {
    int read = super.read();
    if (read >= 0) bytes.incrementAndGet();
    return read;
  }

  @Override public int read(byte[] buffer, int from, int length) throws IOException {
    int read = super.read(buffer, from, length);
    if (read > 0) bytes.addAndGet(read);
    return read;
  }
}
