package redress.vault;

import java.util.regex.Pattern;

/** The names of what is kept. */
final class Names {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Names() {}

  /** The name as it is; anything but a SHA-256 in lower-case hexadecimal digits is the caller's mistake. */
  static String checked(String sha256) {
    if (!SHA256.matcher(sha256).matches()) throw new IllegalArgumentException("no SHA-256: " + sha256);
    return sha256;
  }
}
