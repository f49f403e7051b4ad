package redress.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A text and who signed it, as C2SP signed-note has it (https://c2sp.org/signed-note): the text, an empty line, and a
 * line for each signature.
 */
public record Note(String text, List<Line> lines) {
  private static final int MOST_LINES = 64;
  private static final int LONGEST = 1 << 20;
  private static final String DASH = "\u2014 ";
  private static final int ID = 4;
  private static final int TIME = 8;

  /** One signature: as whom, under which key (its id in hex), and the bytes in Base64. */
  public record Line(String name, String keyId, String signature) {
    /** As it stands in the note, with its line break. */
    public String written() {
      var id = HexFormat.of().parseHex(keyId);
      var signed = base64(signature);
      var bytes = ByteBuffer.allocate(ID + signed.length).put(id).put(signed).array();
      return DASH + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    private boolean isOf(NoteKey key) {
      return name.equals(key.name()) && keyId.equals(key.id());
    }
  }

  public Note {
    lines = List.copyOf(lines);
  }

  /** The text, not yet signed. Throws IllegalArgumentException for a text that no note can have. */
  public static Note of(String text) {
    if (!text.endsWith("\n") || !isPlain(text)) throw new IllegalArgumentException("a note's text is whole lines");
    return new Note(text, List.of());
  }

  /** The bytes that a plain signature is over. */
  public byte[] signed() {
    return text.getBytes(UTF_8);
  }

  /** The same note with the signature of {@link #signed} added under {@code key}. */
  public Note with(NoteKey key, byte[] signature) {
    return with(new Line(key.name(), key.id(), Base64.getEncoder().encodeToString(signature)));
  }

  /** The same note with one more line, unless it is there. */
  public Note with(Line line) {
    if (lines.contains(line)) return this;
    var more = new ArrayList<>(lines);
    more.add(line);
    return new Note(text, more);
  }

  /** The note as it is published. */
  public String written() {
    var out = new StringBuilder(text).append('\n');
    for (var line : lines) out.append(line.written());
    return out.toString();
  }

  /** Whether {@code key} signed it; false when one of several signatures under this key is wrong. */
  public boolean isSignedBy(NoteKey key) {
    var under = lines.stream().filter(line -> line.isOf(key)).toList();
    return !under.isEmpty() && under.stream().allMatch(line -> isGood(line, key));
  }

  private boolean isGood(Line line, NoteKey key) {
    var bytes = base64(line.signature());
    return switch (key.kind()) {
      case PLAIN -> Ed25519.isSigned(key.key(), signed(), bytes);
      case COSIGNATURE -> bytes.length == TIME + Ed25519.SIGNATURE && isCosigned(bytes, key);
    };
  }

  private boolean isCosigned(byte[] bytes, NoteKey key) {
    var buffer = ByteBuffer.wrap(bytes);
    long time = buffer.getLong();
    var signature = new byte[Ed25519.SIGNATURE];
    buffer.get(signature);
    return time >= 0 && Ed25519.isSigned(key.key(), cosigned(time), signature);
  }

  /** The bytes that a cosignature made at {@code time}, in seconds since 1970, is over. */
  public byte[] cosigned(long time) {
    return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8);
  }

  /** When the witness with this key saw it, in seconds since 1970; empty when it did not sign. */
  public Optional<Long> seenBy(NoteKey witness) {
    if (!isSignedBy(witness)) return Optional.empty();
    return lines.stream().filter(line -> line.isOf(witness)).findFirst()
        .map(line -> ByteBuffer.wrap(base64(line.signature())).getLong());
  }

  /** Reads a note. Throws IllegalArgumentException when it is not exactly one, which says nothing of its signatures. */
  public static Note parse(byte[] bytes) {
    if (bytes.length > LONGEST) throw new IllegalArgumentException("a note has at most " + LONGEST + " bytes");
    try {
      return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a note is UTF-8", e);
    }
  }

  /** Reads a note. Throws IllegalArgumentException when it is not exactly one. */
  public static Note parse(String written) {
    int end = written.lastIndexOf("\n\n");
    if (written.length() > LONGEST || end < 0 || !written.endsWith("\n") || !isPlain(written)) {
      throw new IllegalArgumentException("a note is a text, an empty line, and signatures");
    }
    var signatures = written.substring(end + 2);
    if (signatures.isEmpty()) throw new IllegalArgumentException("nobody signed it");
    return new Note(written.substring(0, end + 1), lines(signatures));
  }

  /** Reads signature lines alone, as a witness answers them. Throws IllegalArgumentException when they are none. */
  public static List<Line> lines(String written) {
    if (!written.endsWith("\n")) throw new IllegalArgumentException("a line ends with its break");
    var parts = written.substring(0, written.length() - 1).split("\n", -1);
    if (parts.length > MOST_LINES) throw new IllegalArgumentException("more than " + MOST_LINES + " signatures");
    var lines = new ArrayList<Line>();
    for (var part : parts) lines.add(line(part));
    return lines;
  }

  private static Line line(String part) {
    int space = part.indexOf(' ', DASH.length());
    if (!part.startsWith(DASH) || space < 0) throw new IllegalArgumentException("no signature line: " + part);
    var name = part.substring(DASH.length(), space);
    var bytes = base64(part.substring(space + 1));
    if (!NoteKey.isName(name) || bytes.length <= ID) throw new IllegalArgumentException("no signature: " + part);
    var signature = new byte[bytes.length - ID];
    System.arraycopy(bytes, ID, signature, 0, signature.length);
    return new Line(name, HexFormat.of().formatHex(bytes, 0, ID), Base64.getEncoder().encodeToString(signature));
  }

  /** The bytes of strict Base64: padded, and in the one way that says them. */
  static byte[] base64(String text) {
    var bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) throw new IllegalArgumentException("loose Base64");
    return bytes;
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(it -> it < 0x20 && it != '\n');
  }
}
