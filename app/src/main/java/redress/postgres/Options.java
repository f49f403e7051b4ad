package redress.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an embedded server is started.
 *
 * @param cache where the unpacked programs are shared by all servers of this machine; empty: the user's cache folder
 * @param settings PostgreSQL settings in addition to, or instead of, the defaults; the durable ones cannot be named
 * @param fromTemplate a new data folder is copied from one made earlier, which takes a tenth of the time; such
 * databases share PostgreSQL's system identifier, so not for one that is meant to last
 * @param patience how long a start, crash recovery included, may take
 */
public record Options(Optional<Path> cache, Map<String, String> settings, boolean fromTemplate, Duration patience) {

  /** Takes a copy, and refuses to weaken what the books rely on. */
  public Options {
    settings = Map.copyOf(settings);
    settings.keySet().forEach(Options::refuseDurable);
  }

  /** For a database that is meant to last. */
  public static Options lasting() {
    return new Options(Optional.empty(), Map.of(), false, Duration.ofMinutes(5));
  }

  /** For a database that is thrown away: as durable while it lasts, quicker to make. */
  public static Options throwaway() {
    return new Options(Optional.empty(), Map.of(), true, Duration.ofMinutes(1));
  }

  /** The same with the programs kept in {@code folder}. */
  public Options withCache(Path folder) {
    return new Options(Optional.of(folder), settings, fromTemplate, patience);
  }

  /** The same with one PostgreSQL setting, for example {@code ("shared_buffers", "1GB")}. */
  public Options withSetting(String name, String value) {
    var more = new TreeMap<>(settings);
    more.put(name, value);
    return new Options(cache, more, fromTemplate, patience);
  }

  private static void refuseDurable(String name) {
    if (Settings.DURABLE.containsKey(name)) {
      throw new IllegalArgumentException(name + " is not for choosing: the books rely on it");
    }
  }
}
