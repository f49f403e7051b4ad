package redress.sms;

import java.util.Optional;
import java.util.regex.Pattern;
import redress.store.PostBook.Receipt;

/**
 * A delivery receipt as centres write it into a message (SMPP 3.4, Appendix B): {@code id:… stat:DELIVRD err:000 …}.
 */
final class SmppReceipt {
  private static final String ERROR = "err";

  /** What it says in the end; empty while the message is still on its way. */
  static Optional<Receipt> read(String body) {
    var stat = field(body, "stat");
    return switch (stat) {
      case "DELIVRD" -> Optional.of(new Receipt(true, stat));
      case "UNDELIV", "EXPIRED", "REJECTD", "DELETED" -> {
        var error = field(body, ERROR);
        yield Optional.of(new Receipt(false, error.isEmpty() || error.equals("000") ? stat : stat + " " + error));
      }
      default -> Optional.empty();
    };
  }

  /** A field's value; empty when it is not there. */
  static String field(String body, String name) {
    var found = Pattern.compile("(?:^|\\s)" + name + ":(\\S+)").matcher(body);
    return found.find() ? found.group(1) : "";
  }

  private SmppReceipt() {}
}
