package redress.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account at a provider, as the operator configured it: {@code name} is what payments are registered under,
 * {@code kind} which connector speaks for it, {@code live} whether it moves real money. Secrets are not among its
 * settings, only where they are kept. Everything that is missing or wrong is an IllegalArgumentException that names the
 * account and the setting, as {@link Wrong}.
 */
public record Account(String name, String kind, boolean live, Map<String, String> settings) {
  /** What follows a secret's name where a file holds it. */
  public static final String FILE = "File";
  /** What follows a secret's name where a variable of the environment holds it. */
  public static final String VARIABLE = "Env";

  /** What an operator has to mend in an account. */
  public static final class Wrong extends IllegalArgumentException {
    private Wrong(String sentence) {
      super(sentence);
    }
  }

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");

  public Account {
    settings = Map.copyOf(settings);
  }

  /** A setting that has to be there. */
  public String need(String key) {
    return said(key).orElseThrow(() -> wrong(key, "is missing"));
  }

  /** A setting, or {@code otherwise} where nothing is said. */
  public String get(String key, String otherwise) {
    return said(key).orElse(otherwise);
  }

  /** An http or https address without a slash at its end, or {@code otherwise} where nothing is said. */
  public String address(String key, String otherwise) {
    var address = get(key, otherwise);
    if (!ADDRESS.matcher(address).matches()) throw wrong(key, "is no http or https address");
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** One of these words, the first where nothing is said. */
  public String choice(String key, String... words) {
    var word = get(key, words[0]);
    if (!List.of(words).contains(word)) throw wrong(key, "is none of " + String.join(", ", words));
    return word;
  }

  /** An ISO 8601 duration of at least a millisecond, such as {@code PT15S}, or {@code otherwise}. */
  public Duration duration(String key, Duration otherwise) {
    try {
      var duration = Duration.parse(get(key, otherwise.toString()));
      if (duration.toMillis() > 0) return duration;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(key, "is no duration such as PT15S");
    }
    throw wrong(key, "is no duration such as PT15S");
  }

  /** A whole number from 0 to {@code most}, or {@code otherwise}. */
  public int number(String key, int otherwise, int most) {
    try {
      int number = Integer.parseInt(get(key, Integer.toString(otherwise)));
      if (number >= 0 && number <= most) return number;
    } catch (NumberFormatException e) {
      throw wrong(key, "is no number from 0 to " + most);
    }
    throw wrong(key, "is no number from 0 to " + most);
  }

  /** Whether anything is said about this setting, here or in a file or variable. */
  public boolean has(String key) {
    return said(key).or(() -> said(key + FILE)).or(() -> said(key + VARIABLE)).isPresent();
  }

  /** What is no secret but long, such as a public key: the setting itself, or what its file or variable holds. */
  public String text(String key) {
    var here = said(key);
    return here.isPresent() ? here.get() : secret(key);
  }

  /** What the file named by {@code keyFile} or the variable named by {@code keyEnv} holds, without space around it. */
  public String secret(String key) {
    return secretIfSaid(key)
        .orElseThrow(() -> wrong(key + FILE, "is missing (or " + key + VARIABLE + ", a variable of the environment)"));
  }

  /** The same for a secret that may be left out. */
  public Optional<String> secretIfSaid(String key) {
    if (settings.containsKey(key))
      throw wrong(key, "must not stand here: say in " + key + FILE + " or " + key + VARIABLE + " where it is kept");
    var file = said(key + FILE);
    var variable = said(key + VARIABLE);
    if (file.isPresent() && variable.isPresent())
      throw wrong(key + FILE, "and " + key + VARIABLE + " are both given: one is enough");
    return file.map(it -> kept(key + FILE, it))
        .or(() -> variable.map(it -> kept(key + VARIABLE, it, System.getenv(it))));
  }

  /** This account, unless it has a setting that is none of these: a slip of the pen is not passed over in silence. */
  public Account only(String... known) {
    var unknown = new TreeSet<>(settings.keySet());
    for (var key : known) {
      unknown.remove(key);
      unknown.remove(key + FILE);
      unknown.remove(key + VARIABLE);
    }
    if (!unknown.isEmpty()) throw wrong(unknown.first(), "is no setting of " + kind);
    return this;
  }

  /** What is to be thrown about a setting; {@code what} follows its name and holds no secret. */
  public Wrong wrong(String key, String what) {
    return new Wrong("account " + name + ": " + key + " " + what);
  }

  private Optional<String> said(String key) {
    return Optional.ofNullable(settings.get(key)).map(String::strip).filter(value -> !value.isEmpty());
  }

  private String kept(String key, String file) {
    try {
      return kept(key, file, Files.readString(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw wrong(key, "cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private String kept(String key, String where, @Nullable String content) {
    if (content == null || content.isBlank()) throw wrong(key, "names " + where + ", which holds nothing");
    return content.strip();
  }

  @Override public String toString() {
    return "Account[" + name + ", " + kind + (live ? ", live" : ", test") + "]";
  }
}
