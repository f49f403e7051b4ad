package redress.sms;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At which short message centre we sign in, and from whom messages come: {@code from} is a number or up to 11 letters.
 * {@code testTo} gets the messages of test disputes; empty: nobody gets them.
 */
public record SmppSettings(String host, int port, String user, String password, String systemType, String from,
    String testTo, Duration enquiry, Duration patience) {
  private static final Duration ENQUIRY = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Reads {@code redress.sms.smpp.host}, {@code .port} (2775), {@code .user}, {@code .password}, {@code .system-type},
   * {@code redress.sms.from} and {@code redress.sms.test-to}; empty when no host is set. Throws
   * IllegalArgumentException
   * with a sentence for the operator when a setting is not right.
   */
  static Optional<SmppSettings> read(Function<String, @Nullable String> settings) {
    var read = new SmsSettings(settings);
    var host = read.text("smpp.host", "");
    if (host.isEmpty()) return Optional.empty();
    return Optional.of(new SmppSettings(host, read.port("smpp.port", "2775"), read.text("smpp.user", ""),
        read.text("smpp.password", ""), read.text("smpp.system-type", ""), read.needed("from"),
        read.text("test-to", ""), ENQUIRY, PATIENCE));
  }

  /** Without the password: this may end up in a log. */
  @Override public String toString() {
    return "SmppSettings[%s:%d]".formatted(host, port);
  }
}
