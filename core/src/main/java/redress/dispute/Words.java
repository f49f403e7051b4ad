package redress.dispute;

/**
 * A text that someone wrote, as the rules see it: where it is kept, a keyed commitment to it, and its length in
 * characters. The text itself lives in a table of its own and can be erased; this stays.
 */
public record Words(String id, String commitment, int chars) {
  /** No text given. */
  public static final Words NONE = new Words("", "", 0);

  /** Whether anything was written. */
  public boolean isPresent() {
    return chars > 0;
  }
}
