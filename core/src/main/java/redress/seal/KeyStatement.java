package redress.seal;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * The beginning of a key: the how-many-eth of its chain it is (from 1), the key, from when on it signs, and, for a
 * log's
 * key, from which size of the tree on. It is the text of a note signed by the key itself and by the key before it,
 * which
 * retires with it. Its first two lines can be those of no checkpoint.
 */
public record KeyStatement(int number, NoteKey key, Instant from, long size) {
  private static final String HEAD = "redress-key/v1";

  /** Throws IllegalArgumentException for what no chain can hold. */
  public KeyStatement {
    if (number < 1 || size < 0) throw new IllegalArgumentException("a key has a number from 1 and a size from 0");
    if (number == 1 && size != 0) throw new IllegalArgumentException("the first key signs from the first entry on");
  }

  /** The text that is signed: five lines. */
  public String text() {
    return HEAD + "\nnumber " + number + "\nkey " + key.line() + "\nfrom " + from + "\nsize " + size + "\n";
  }

  /** Reads the text. Throws IllegalArgumentException when it is not exactly one. */
  public static KeyStatement parse(String text) {
    var lines = text.split("\n", -1);
    if (lines.length != 6 || !lines[0].equals(HEAD)) throw new IllegalArgumentException("no statement of a key");
    try {
      var read = new KeyStatement(Integer.parseInt(after(lines[1], "number ")),
          NoteKey.parse(after(lines[2], "key ")), Instant.parse(after(lines[3], "from ")),
          Long.parseLong(after(lines[4], "size ")));
      if (!read.text().equals(text)) throw new IllegalArgumentException("not as it would be written");
      return read;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no instant", e);
    }
  }

  private static String after(String line, String word) {
    if (!line.startsWith(word)) throw new IllegalArgumentException("a line begins with " + word);
    return line.substring(word.length());
  }
}
