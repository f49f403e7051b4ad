package redress.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the embedded server is told on its command line, where no file and no ALTER SYSTEM can overrule it. */
final class Settings {

  // @formatter:off
  /** What an acknowledged command relies on. */
  static final Map<String, String> DURABLE = Map.of(
      "fsync",              "on",
      "full_page_writes",   "on",
      "synchronous_commit", "on");

  private static final Map<String, String> FIXED = Map.ofEntries(
      Map.entry("listen_addresses",        "127.0.0.1"),
      Map.entry("unix_socket_directories", ""),
      // One who restarts is enough: on a full disk the server's own attempts went on without end or word.
      Map.entry("restart_after_crash",     "off"),
      Map.entry("logging_collector",       "on"),
      Map.entry("log_filename",            "postgresql-%w.log"),  // one file per weekday: a week is kept
      Map.entry("log_rotation_age",        "1d"),
      Map.entry("log_rotation_size",       "0"),
      Map.entry("log_truncate_on_rotation", "on"),
      // An ERROR reaches its caller anyway, and its text can hold somebody's name.
      Map.entry("log_min_messages",        "log"),
      Map.entry("log_min_error_statement", "panic"),
      Map.entry("log_error_verbosity",     "terse"));

  private static final Map<String, String> DEFAULTS = Map.ofEntries(
      Map.entry("max_connections",  "100"),
      Map.entry("shared_buffers",   "256MB"),
      Map.entry("max_wal_size",     "2GB"),
      Map.entry("wal_init_zero",    "off"),   // zeroing new segments put 50 ms on the slowest commits
      Map.entry("wal_recycle",      "on"),
      Map.entry("autovacuum",       "on"),
      Map.entry("jit",              "off"),   // compiling costs more than our short statements
      Map.entry("timezone",         "UTC"),
      Map.entry("log_timezone",     "UTC"));
  // @formatter:on

  private Settings() {}

  static List<String> arguments(Map<String, String> chosen, int port, String logFolder) {
    var all = new LinkedHashMap<>(DEFAULTS);
    all.putAll(chosen);
    all.putAll(FIXED);
    all.putAll(DURABLE);
    all.put("port", Integer.toString(port));
    all.put("log_directory", logFolder);
    var arguments = new ArrayList<String>();
    all.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
