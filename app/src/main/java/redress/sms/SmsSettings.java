package redress.sms;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the operator set under {@code redress.sms}. */
record SmsSettings(Function<String, @Nullable String> settings) {

  String text(String name, String otherwise) {
    var value = settings.apply("redress.sms." + name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** Throws IllegalArgumentException when nothing is set. */
  String needed(String name) {
    var value = text(name, "");
    if (value.isEmpty()) throw new IllegalArgumentException("redress.sms." + name + " is needed to send SMS");
    return value;
  }

  int port(String name, String otherwise) {
    var value = text(name, otherwise);
    if (!value.matches("\\d{1,5}"))
      throw new IllegalArgumentException("redress.sms." + name + " is a number, not " + value);
    return Integer.parseInt(value);
  }
}
