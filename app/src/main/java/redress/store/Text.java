package redress.store;

import redress.dispute.Words;
import redress.policy.Role;

/** A text in clear on its way into the store: what the rules see of it, whose it is, and the text itself. */
public record Text(Words words, String subject, Role role, String body) {

  /** Says nothing of the text: this may end up in a log. */
  @Override public String toString() {
    return "Text[" + words.id() + "]";
  }
}
