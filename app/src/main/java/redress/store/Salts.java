package redress.store;

import java.security.SecureRandom;

/** Salts for log entries, drawn many at a time: asking for them one by one costs more than hashing. */
final class Salts {
  static final int BYTES = 16;
  private static final int DRAWN = 256;

  private final SecureRandom random = new SecureRandom();
  private final byte[] drawn = new byte[DRAWN * BYTES];
  private int used = drawn.length;

  /** A salt that was never given before. */
  synchronized byte[] next() {
    if (used == drawn.length) {
      random.nextBytes(drawn);
      used = 0;
    }
    var salt = new byte[BYTES];
    System.arraycopy(drawn, used, salt, 0, BYTES);
    used += BYTES;
    return salt;
  }
}
