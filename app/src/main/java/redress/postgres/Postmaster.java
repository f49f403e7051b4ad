package redress.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the server process, from its start to its end. */
final class Postmaster {

  private static final Duration KIND = Duration.ofSeconds(20);
  private static final int SAID_AT_MOST = 2_000;

  private final DataFolder folder;
  private final Process process;

  private Postmaster(DataFolder folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** The port is another's; a further one may do. */
  static final class PortTaken extends Exception {
    PortTaken(int port) {
      super("port " + port + " of 127.0.0.1 is taken");
    }
  }

  /**
   * Starts the server and returns when it takes connections, crash recovery done. The calling thread must outlive the
   * server: the kernel takes the end of a thread for the end of the parent.
   */
  static Postmaster start(DataFolder folder, Binaries binaries, Footing footing, Options options, int port)
      throws PortTaken, IOException {
    var program = new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", folder.cluster().toString()));
    program.addAll(Settings.arguments(options.settings(), port, folder.logs().toString()));
    var builder = new ProcessBuilder(footing.server(program))
        .directory(folder.home().toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.firstWords().toFile());
    plainEnvironment(builder);
    var logged = logged(folder);
    folder.publish(port);
    var postmaster = new Postmaster(folder, builder.start());
    if (!postmaster.becomesReady(options.patience())) {
      var slow = postmaster.isAlive() ? " within " + options.patience().toSeconds() + " s" : "";
      postmaster.stop();
      throw refused(folder, said(folder, logged), port, slow);
    }
    return postmaster;
  }

  /** Neither the caller's language nor its PG variables reach PostgreSQL. */
  static void plainEnvironment(ProcessBuilder builder) {
    var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C"));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the process, and says how it ended. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends sessions and writes everything down; harder if that takes too long. */
  void stop() {
    for (var signal : List.of("INT", "QUIT", "KILL")) {
      if (process.isAlive()) {
        Survivors.signal(signal, process.pid());
        Patience.until(KIND, () -> !process.isAlive());
      }
    }
    new Survivors(folder.cluster()).gone(KIND);
  }

  private boolean becomesReady(Duration patience) {
    var mark = folder.cluster().resolve("postmaster.pid");
    try {
      var deadline = System.nanoTime() + patience.toNanos();
      while (!saysReady(mark)) {
        if (process.waitFor(5, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The first line names the process, the eighth how far it is. */
  private boolean saysReady(Path mark) {
    try {
      var lines = Files.readAllLines(mark);
      return lines.size() >= 8
          && lines.getFirst().strip().equals(Long.toString(process.pid()))
          && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false; // not there yet
    }
  }

  private static PostgresException refused(DataFolder folder, String said, int port, String slow)
      throws PortTaken, IOException {
    if (said.contains("could not bind")) {
      throw new PortTaken(port);
    }
    var why = said.contains("No space left on device") || folder.isFull()
        ? "the disk is full; make room and start again"
        : "this is what it said, and there may be more in " + folder.logs();
    return new PostgresException("PostgreSQL did not start" + slow + ": " + why + ".\n" + said.strip());
  }

  private static long logged(DataFolder folder) throws IOException {
    var log = newestLog(folder);
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /** What the server said since its start. */
  private static String said(DataFolder folder, long logged) throws IOException {
    var said = Files.readString(folder.firstWords(), StandardCharsets.UTF_8);
    var log = newestLog(folder);
    if (Files.exists(log)) {
      var bytes = Files.readAllBytes(log);
      var from = (int) (bytes.length >= logged ? logged : 0);
      said += new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
    return said.substring(Math.max(0, said.length() - SAID_AT_MOST));
  }

  private static Path newestLog(DataFolder folder) throws IOException {
    if (!Files.isDirectory(folder.logs())) {
      return folder.logs().resolve("none");
    }
    try (var logs = Files.list(folder.logs())) {
      return logs.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
          .orElse(folder.logs().resolve("none"));
    }
  }
}
