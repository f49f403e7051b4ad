package redress.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import redress.Redress;

/** {@code ./redress up} in a process of its own: the very program that people start, until it is stopped or killed. */
final class UpProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern READY = Pattern.compile("Ctrl-C (stops|ends) it");
  private static final Pattern ADDRESS = Pattern.compile("Redress listens on http://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path log;

  private UpProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Begins to start; what it says is kept in {@code log}. */
  static UpProcess begin(Path log, Map<String, String> environment, String... options) {
    return begin(List.of(), log, environment, options);
  }

  /** The same by way of another program, which becomes it. */
  static UpProcess begin(List<String> way, Path log, Map<String, String> environment, String... options) {
    return begin(way, HeadStart.options(), log, environment, options);
  }

  /** The same with these options for its JVM, the class path among them. */
  static UpProcess begin(List<String> way, List<String> java, Path log, Map<String, String> environment,
      String... options) {
    return begin(way, java, "up", log, environment, options);
  }

  /** The same of another command that serves until it is stopped. */
  static UpProcess of(String command, Path log, String... options) {
    return begin(List.of(), HeadStart.options(), command, log, Map.of(), options);
  }

  private static UpProcess begin(List<String> way, List<String> java, String command, Path log,
      Map<String, String> environment, String... options) {
    var line = new ArrayList<>(way);
    line.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    line.addAll(java);
    line.addAll(List.of(Redress.class.getName(), command));
    line.addAll(List.of(options));
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("REDRESS_MAIL"));
    builder.environment().putAll(environment);
    try {
      return new UpProcess(builder.start(), log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts on a data folder and any free port, and waits until it serves. */
  static UpProcess on(Path data, Path log) {
    return begin(log, Map.of(), "--port", "0", "--data", data.toString()).ready();
  }

  /** Waits until it serves. */
  UpProcess ready() {
    try {
      until("it serves", PATIENCE, () -> READY.matcher(words()).find() || !process.isAlive());
      if (!READY.matcher(words()).find()) throw new AssertionError("it did not start:\n" + words());
      return this;
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** What it has said so far. */
  String words() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last line it said. */
  String lastLine() {
    return words().lines().toList().getLast();
  }

  int port() {
    var address = ADDRESS.matcher(words());
    if (!address.find()) throw new IllegalStateException("it does not say where it listens:\n" + words());
    return Integer.parseInt(address.group(1));
  }

  long pid() {
    return process.pid();
  }

  /** The processes it has started that still run. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** kill -9: nothing is tidied up. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, as an operator does, and waits for its exit code. */
  int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Waits for its end, and the exit code. */
  int awaitEnd() {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("it does not end:\n" + words());
  }

  /** Leaves nothing of it behind. */
  @Override public void close() {
    var children = children();
    process.destroyForcibly();
    awaitEnd();
    // Its PostgreSQL ends by itself when it is gone; whoever waits for that in vain ends it.
    for (var child : children) {
      try {
        child.onExit().orTimeout(20, TimeUnit.SECONDS).join();
      } catch (CompletionException e) {
        child.destroyForcibly();
      }
    }
  }

  /** Waits for a condition, and says which one in vain. */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
