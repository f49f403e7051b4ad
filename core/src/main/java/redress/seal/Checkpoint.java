package redress.seal;

import java.util.Base64;
import java.util.HexFormat;

/**
 * What a log says of its tree at one size: whose log, how many leaves, which root (lower-case hex). Written as the text
 * of a note, as C2SP tlog-checkpoint has it (https://c2sp.org/tlog-checkpoint).
 */
public record Checkpoint(String origin, long size, String root) {
  private static final String NUMBER = "0|[1-9]\\d{0,18}";

  /** Throws IllegalArgumentException when no log can say this. */
  public Checkpoint {
    if (!NoteKey.isName(origin)) throw new IllegalArgumentException("an origin has no spaces and no plus");
    if (size < 0) throw new IllegalArgumentException("no tree has " + size + " leaves");
    if (!root.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("a root has 64 hex digits");
  }

  /** The same from the root's bytes. */
  public static Checkpoint of(String origin, long size, byte[] root) {
    return new Checkpoint(origin, size, HexFormat.of().formatHex(root));
  }

  /** The root's 32 bytes. */
  public byte[] rootBytes() {
    return HexFormat.of().parseHex(root);
  }

  /** The text that is signed: origin, size and root, a line each. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(rootBytes()) + "\n";
  }

  /**
   * Reads the text of a checkpoint. Throws IllegalArgumentException when it is not exactly one; lines beyond the third,
   * which the specification advises against, are none of ours and refused.
   */
  public static Checkpoint parse(String text) {
    var lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty()) throw new IllegalArgumentException("a checkpoint has three lines");
    if (!lines[1].matches(NUMBER)) throw new IllegalArgumentException("no tree size: " + lines[1]);
    var root = Note.base64(lines[2]);
    if (root.length != Merkle.HASH) throw new IllegalArgumentException("a root has 32 bytes");
    return of(lines[0], Long.parseLong(lines[1]), root);
  }
}
