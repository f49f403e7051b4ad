package redress.log;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.seal.NoteKey;
import redress.stamp.TimeStamps;

/** How the operator set the log up: how often it is signed, and who is told outside. */
public record LogSettings(Duration interval, List<Witness> witnesses) {
  private static final Duration STAMPED_EVERY = Duration.ofMinutes(10);

  public LogSettings {
    witnesses = List.copyOf(witnesses);
  }

  /**
   * Reads {@code redress.log.interval} (ISO 8601, a minute when left out; PT0S: only when something asks for it),
   * {@code redress.log.witness.file}, {@code redress.log.witness.url} with {@code redress.log.witness.key}, and
   * {@code redress.tsa.every}. Throws IllegalArgumentException with a sentence for the operator when one is not right.
   */
  public static LogSettings read(Function<String, @Nullable String> settings, Optional<TimeStamps> stamps) {
    var interval = duration(settings, "redress.log.interval", Sequencer.Settings.STANDARD.interval());
    var witnesses = new ArrayList<Witness>();
    text(settings, "redress.log.witness.file").map(Path::of).map(FileWitness::new).ifPresent(witnesses::add);
    text(settings, "redress.log.witness.url").map(url -> http(url, settings)).ifPresent(witnesses::add);
    var every = duration(settings, "redress.tsa.every", STAMPED_EVERY);
    stamps.map(it -> new StampWitness(it, every)).ifPresent(witnesses::add);
    return new LogSettings(interval, witnesses);
  }

  /** The same with one more who is told. */
  public LogSettings with(Witness witness) {
    var more = new ArrayList<>(witnesses);
    more.add(witness);
    return new LogSettings(interval, more);
  }

  private static Witness http(String url, Function<String, @Nullable String> settings) {
    var key = text(settings, "redress.log.witness.key").orElseThrow(
        () -> new IllegalArgumentException("redress.log.witness.key must say by which key the witness signs"));
    try {
      return new HttpWitness(URI.create(url), NoteKey.parse(key));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("redress.log.witness: " + e.getMessage(), e);
    }
  }

  private static Duration duration(Function<String, @Nullable String> settings, String name, Duration otherwise) {
    var text = text(settings, name);
    try {
      var read = text.map(Duration::parse).orElse(otherwise);
      if (read.isNegative()) throw new IllegalArgumentException(name + " is negative");
      return read;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + " is no ISO 8601 duration: " + text.orElse(""), e);
    }
  }

  private static Optional<String> text(Function<String, @Nullable String> settings, String name) {
    return Optional.ofNullable(settings.apply(name)).map(String::strip).filter(it -> !it.isEmpty());
  }
}
