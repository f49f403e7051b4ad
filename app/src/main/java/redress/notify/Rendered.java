package redress.notify;

/**
 * A notice as it is sent and kept: one line of subject, plain text, and the same in brief where there is little room.
 */
public record Rendered(String subject, String text, String brief) {
  /** A subject becomes a header, so it is one line, whatever went into it. */
  public Rendered {
    if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line of words");
    }
  }
}
