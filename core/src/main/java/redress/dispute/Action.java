package redress.dispute;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.policy.Deadline;

/**
 * Something its reader may do now and that will be accepted when sent as advertised: the command, the number it is
 * about (0: none), the fields it wants, and, where a deadline is running for it, until when and what silence does.
 */
public record Action(String command, int about, List<Field> fields, @Nullable Instant due,
    @Nullable Deadline onExpiry) {
  /** A field: its name, whether it must be there, and its greatest value (amount or characters; 0: no bound). */
  public record Field(String name, boolean required, long max) {}

  public Action {
    fields = List.copyOf(fields);
  }
}
