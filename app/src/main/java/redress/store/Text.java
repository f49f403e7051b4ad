package redress.store;

import redress.dispute.Words;
import redress.policy.Role;

/** A text in clear on its way into the store: what the rules see of it, whose it is, and the text itself. */
public record Text(Words words, String subject, Role role, String body) {

  /** Whether PostgreSQL, JSON and every reader can hold {@code text}: no NUL in it and no half of a character. */
  public static boolean canBeKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  /** Says nothing of the text: this may end up in a log. */
  @Override public String toString() {
    return "Text[" + words.id() + "]";
  }
}
