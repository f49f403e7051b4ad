package redress.postgres;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM of its own that starts a server on a folder and commits one row after another until it is killed. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader words;

  private ServerProcess(Process process) {
    this.process = process;
    this.words = process.inputReader(StandardCharsets.UTF_8);
  }

  static ServerProcess on(Path data) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ServerProcess(new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
        ServerProcess.class.getName(), data.toString())
        .redirectError(data.resolve("errors").toFile())
        .start());
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it says that {@code row} is committed. */
  void awaitCommitted(int row) throws IOException, InterruptedException {
    for (var line = words.readLine(); line != null; line = words.readLine()) {
      if (line.equals("committed " + row)) {
        return;
      }
    }
    process.waitFor();
    throw new IOException("ended before it committed " + row);
  }

  /** kill -9, and the last row whose commit it had acknowledged. */
  int kill() throws IOException, InterruptedException {
    Survivors.signal("KILL", pid()); // destroyForcibly would throw away what it said
    process.waitFor();
    var last = 0;
    for (var line = words.readLine(); line != null; line = words.readLine()) {
      if (line.startsWith("committed ")) {
        last = Integer.parseInt(line.substring("committed ".length()));
      }
    }
    return last;
  }

  @Override public void close() {
    process.destroyForcibly();
  }

  /** The child: the folder is its only argument. */
  public static void main(String[] arguments) throws Exception {
    try (var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Options.throwaway());
        var connection = postgres.database().connect();
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (n int)");
      for (var n = 1; n < 1_000_000; n++) {
        statement.execute("insert into kept values (" + n + ")");
        out.print("committed " + n + "\n");
      }
    }
  }
}
