package redress.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What a caller sends, as far as it comes: where the line breaks, the stream simply ends and remembers that. */
final class Incoming extends FilterInputStream {
  private final @Nullable MessageDigest digest;
  private boolean broken;

  Incoming(InputStream from, @Nullable MessageDigest digest) {
    super(from);
    this.digest = digest;
  }

  /** Whether the line broke before all was sent. */
  boolean isBroken() {
    return broken;
  }

  @Override public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override public int read(byte[] into, int from, int length) {
    try {
      int read = in.read(into, from, length);
      if (read > 0 && digest != null) digest.update(into, from, read);
      return read;
    } catch (IOException e) {
      broken = true;
      return -1;
    }
  }
}
