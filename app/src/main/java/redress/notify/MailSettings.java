package redress.notify;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Through which SMTP server e-mail goes out, and from whom. {@code user} empty: without signing in. {@code testTo} gets
 * the
 * mail of test disputes instead of their parties; empty: nobody gets it.
 */
public record MailSettings(String host, int port, Security security, String user, String password, String from,
    String testTo, Duration patience) {

  /** How the connection is protected; STARTTLS is insisted on, not merely offered. */
  public enum Security {
    NONE, STARTTLS, TLS
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * Reads {@code redress.mail.host}, {@code .port}, {@code .security}, {@code .user}, {@code .password}, {@code .from}
   * and
   * {@code .test-to}; empty when no host is set: then there is no e-mail. Throws IllegalArgumentException with a
   * sentence for
   * the operator when a setting is not right.
   */
  public static Optional<MailSettings> read(Function<String, @Nullable String> settings) {
    var host = setting(settings, "host", "");
    if (host.isEmpty()) return Optional.empty();
    var security = security(setting(settings, "security", "STARTTLS"));
    var from = setting(settings, "from", "");
    if (from.isEmpty())
      throw new IllegalArgumentException("redress.mail.from must say from which address e-mail comes");
    return Optional.of(new MailSettings(host, port(setting(settings, "port", port(security))), security,
        setting(settings, "user", ""), setting(settings, "password", ""), from, setting(settings, "test-to", ""),
        PATIENCE));
  }

  private static String setting(Function<String, @Nullable String> settings, String name, String otherwise) {
    var value = settings.apply("redress.mail." + name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static Security security(String word) {
    try {
      return Security.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("redress.mail.security is NONE, STARTTLS or TLS, not " + word, e);
    }
  }

  private static String port(Security security) {
    return switch (security) {
      case NONE -> "25";
      case STARTTLS -> "587";
      case TLS -> "465";
    };
  }

  private static int port(String digits) {
    if (!digits.matches("\\d{1,5}")) throw new IllegalArgumentException("redress.mail.port is a number, not " + digits);
    return Integer.parseInt(digits);
  }

  /** Without the password: this may end up in a log. */
  @Override public String toString() {
    return "MailSettings[%s:%d %s]".formatted(host, port, security);
  }
}
