package redress.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that notes are proved with, under the name it signs as. Its short id and its one-line form follow C2SP
 * signed-note (https://c2sp.org/signed-note).
 */
public record NoteKey(String name, Kind kind, PublicKey key) {

  /** What its signatures say. */
  public enum Kind {
    /** The text of the note. */
    PLAIN((byte) 1),
    /** That a witness saw this checkpoint at a time (https://c2sp.org/tlog-cosignature). */
    COSIGNATURE((byte) 4);

    final byte code;

    Kind(byte code) {
      this.code = code;
    }
  }

  private static final int ID = 4;

  /** Throws IllegalArgumentException for a name that no note can carry. */
  public NoteKey {
    if (!isName(name)) throw new IllegalArgumentException("a key's name has no spaces and no plus");
  }

  static boolean isName(String name) {
    return !name.isEmpty() && name.codePoints().noneMatch(
        it -> it == '+' || it < 0x20 || Character.isWhitespace(it) || Character.isSpaceChar(it) || it == 0x85);
  }

  /** The first four bytes of SHA-256 over name, kind and key, in lower-case hex. */
  public String id() {
    var named = (name + "\n").getBytes(UTF_8);
    var bytes = new byte[named.length + 1 + Ed25519.KEY];
    System.arraycopy(named, 0, bytes, 0, named.length);
    bytes[named.length] = kind.code;
    System.arraycopy(Ed25519.bytes(key), 0, bytes, named.length + 1, Ed25519.KEY);
    return HexFormat.of().formatHex(Digest.sha256(bytes), 0, ID);
  }

  /** The key as one line, {@code name+id+base64}. */
  public String line() {
    var bytes = new byte[1 + Ed25519.KEY];
    bytes[0] = kind.code;
    System.arraycopy(Ed25519.bytes(key), 0, bytes, 1, Ed25519.KEY);
    return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads the one-line form. Throws IllegalArgumentException when it is not exactly that. */
  public static NoteKey parse(String line) {
    var parts = line.split("\\+", 3);
    if (parts.length != 3) throw new IllegalArgumentException("a key is name+id+base64");
    var bytes = Note.base64(parts[2]);
    if (bytes.length != 1 + Ed25519.KEY) throw new IllegalArgumentException("not an Ed25519 key");
    var raw = new byte[Ed25519.KEY];
    System.arraycopy(bytes, 1, raw, 0, raw.length);
    for (var kind : Kind.values()) {
      if (kind.code != bytes[0]) continue;
      var read = new NoteKey(parts[0], kind, Ed25519.key(raw));
      if (!read.id().equals(parts[1])) throw new IllegalArgumentException("the id is not that of the key");
      return read;
    }
    throw new IllegalArgumentException("no known kind of key: " + HexFormat.of().toHexDigits(bytes[0]));
  }

  @Override public String toString() {
    return line();
  }
}
