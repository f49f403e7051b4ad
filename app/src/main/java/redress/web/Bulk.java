package redress.web;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What can be done with several disputes at once: the command it is, and the field that what is written goes into. */
public enum Bulk {
  // @formatter:off
  ACCEPT ("AcceptOffer",  ""),
  DECLINE("DeclineOffer", "reason"),
  MESSAGE("SendMessage",  "text"),
  REFUND ("RefundNow",    "");
  // @formatter:on

  /** The command as the API calls it. */
  public final String command;
  private final String field;

  Bulk(String command, String field) {
    this.command = command;
    this.field = field;
  }

  static Optional<Bulk> of(String name) {
    return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
  }

  /** Whether something has to be written. */
  public boolean isWritten() {
    return !field.isEmpty();
  }

  /** The fields of the command with {@code said} in them. */
  Map<String, String> fields(String said) {
    if (this == REFUND) return Map.of("executor", "PLATFORM");
    return said.isEmpty() || !isWritten() ? Map.of() : Map.of(field, said);
  }
}
