package redress.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The words of a paper in one language: those that notices use as well, and its own. */
enum Phrasebook {
  EN("en", ZoneOffset.UTC, "d MMM yyyy, HH:mm", "d MMM yyyy"),
  ZH("zh", ZoneOffset.ofHours(8), "yyyy-MM-dd HH:mm", "yyyy-MM-dd");

  final String language;
  final ZoneId zone;
  @SuppressWarnings("ImmutableEnumChecker") // filled once, never changed
  private final Properties words = new Properties();
  @SuppressWarnings("ImmutableEnumChecker") // immutable, and not marked so
  private final DateTimeFormatter minute;
  @SuppressWarnings("ImmutableEnumChecker") // immutable, and not marked so
  private final DateTimeFormatter day;

  Phrasebook(String language, ZoneId zone, String minute, String day) {
    this.language = language;
    this.zone = zone;
    this.minute = DateTimeFormatter.ofPattern(minute, Locale.ENGLISH).withZone(zone);
    this.day = DateTimeFormatter.ofPattern(day, Locale.ENGLISH).withZone(zone);
    for (var file : new String[] {"/notices/%s/phrases.properties", "/results/%s.properties"}) {
      read(file.formatted(language));
    }
  }

  private void read(String file) {
    try (InputStream in = Phrasebook.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException(file + " is missing");
      words.load(new InputStreamReader(in, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words for {@code key}; throws IllegalStateException when there are none. */
  String say(String key) {
    var found = words.getProperty(key);
    if (found == null) throw new IllegalStateException(language + " has no words for " + key);
    return found;
  }

  /** The same with its blanks, {@code {name}}, filled. */
  String say(String key, Map<String, String> values) {
    var text = say(key);
    for (var value : values.entrySet()) text = text.replace("{" + value.getKey() + "}", value.getValue());
    return text;
  }

  /** The words for a constant, or its own name: what a later version of the rules adds is not lost. */
  String name(String kind, String constant) {
    return words.getProperty(kind + "." + constant, constant);
  }

  /** A sum as people write it: the currency's code and as many decimals as it has. */
  static String sum(long minor, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return currency + "\u00a0" + format.format(BigDecimal.valueOf(minor, digits));
  }

  /** An instant (ISO 8601) to the minute in this language's zone; a dash for none. */
  String minute(String instant) {
    return instant.isEmpty() ? "–" : minute.format(Instant.parse(instant));
  }

  /** Its day alone. */
  String day(String instant) {
    return instant.isEmpty() ? "–" : day.format(Instant.parse(instant));
  }
}
