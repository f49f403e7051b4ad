package redress.command;

/**
 * Something that stopped a command and that the person at the keyboard can mend: shown as one sentence, exit code 1.
 */
public final class Trouble extends RuntimeException {
  /** @param sentence what is wrong and what to do about it */
  public Trouble(String sentence) { super(sentence); }
}
