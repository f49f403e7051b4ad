package redress.verb;

import java.util.Map;
import redress.dispute.Command;

/**
 * One command as the API takes it: the command's name, the address below the dispute it is posted to ({@code {n}}
 * stands for the number it is about), the fields of its body, and how they become the command.
 */
public record Verb(String command, String path, String summary, Map<String, Field> fields, Maker maker) {

  /** Makes the command of a body and the number in the address (0: none). */
  @FunctionalInterface
  public interface Maker {
    Command make(Body body, Scribe scribe, int number);
  }

  /** Where it is posted to, in a dispute and about a number. */
  public String href(String dispute, Object number) {
    return "/v1/disputes/" + dispute + "/" + path.replace("{n}", number.toString());
  }
}
