package redress.statement;

import java.io.IOException;
import java.util.List;

/**
 * A file that is not taken, and why: {@code reason} is a code, the message one sentence without anything the file says.
 */
public final class Refusal extends IOException {
  private final String reason;

  Refusal(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  static Refusal unknown(List<String> known) {
    return new Refusal("FORMAT_UNKNOWN",
        "This is no statement of a known format. Known are: " + String.join(", ", known)
            + ". A table of another layout can be read with a mapping.");
  }

  /** Why, as a code: FORMAT_UNKNOWN, NOT_A_STATEMENT, XML_REFUSED, SHEET_REFUSED, MAPPING_BAD, FILE_BROKEN, EMPTY. */
  public String reason() {
    return reason;
  }
}
