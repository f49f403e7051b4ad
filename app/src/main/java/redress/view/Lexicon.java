package redress.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import redress.door.Language;

/** The names of reasons, promises, outcomes … in one language: those of the notices, so that both say the same. */
public enum Lexicon {
  EN("en"), ZH("zh");

  @SuppressWarnings("ImmutableEnumChecker") // filled once, never changed
  private final Properties words = new Properties();

  Lexicon(String language) {
    var file = "/notices/%s/phrases.properties".formatted(language);
    try (InputStream in = Lexicon.class.getResourceAsStream(file)) {
      words.load(new InputStreamReader(Objects.requireNonNull(in, file), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words of this language. */
  public static Lexicon of(Language language) {
    return language == Language.ZH ? ZH : EN;
  }

  /** The words for a constant of this kind: {@code reason}, {@code status} … */
  public String word(String kind, Enum<?> constant) {
    return say(kind + "." + constant.name());
  }

  /** The words under this key; throws IllegalStateException when there are none. */
  public String say(String key) {
    var found = words.getProperty(key);
    if (found == null) throw new IllegalStateException("no words for " + key);
    return found;
  }
}
