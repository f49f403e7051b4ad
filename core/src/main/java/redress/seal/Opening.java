package redress.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * What a part of a log entry says, as canonical JSON text, with the salt (32 hex digits) it is committed to with. Who
 * is
 * shown the opening can check it against the entry; who is shown the entry alone cannot guess it.
 */
public record Opening(String is, String salt) {
  private static final int SALT_BYTES = 16;

  /**
   * The opening of the part named {@code part}: its salt follows from the 16 bytes that were drawn for the whole entry,
   * so that one part can be opened without the others.
   */
  public static Opening of(String part, String is, byte[] salt) {
    var name = part.getBytes(UTF_8);
    var bytes = new byte[salt.length + name.length];
    System.arraycopy(salt, 0, bytes, 0, salt.length);
    System.arraycopy(name, 0, bytes, salt.length, name.length);
    return new Opening(is, HexFormat.of().formatHex(Digest.sha256(bytes), 0, SALT_BYTES));
  }

  /** The canonical text that is hashed. */
  public String json() {
    return "{\"is\":" + is + ",\"salt\":\"" + salt + "\"}";
  }

  /** What the entry holds of this part (64 hex digits). */
  public String commitment() {
    return Digest.sha256(json());
  }
}
