package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What the stand-alone verifier said of a bundle: a program of its own, compiled from its one file while it starts. */
record Proof(boolean holds, String words) {
  private static final int PATIENCE_SECONDS = 120;

  /** Has {@code bundle} checked against the log's key that is known here. Throws when the verifier cannot run. */
  static Proof of(byte[] bundle, String logKey) throws InterruptedException {
    try {
      var folder = Files.createTempDirectory("redress-verify");
      try {
        return run(folder, bundle, logKey);
      } finally {
        for (var name : List.of("Verify.java", "bundle.zip", "said")) Files.deleteIfExists(folder.resolve(name));
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the verifier does not run", e);
    }
  }

  private static Proof run(Path folder, byte[] bundle, String logKey) throws IOException, InterruptedException {
    var program = folder.resolve("Verify.java");
    try (InputStream in = Proof.class.getResourceAsStream("/verify/Verify.java")) {
      Files.write(program, Objects.requireNonNull(in, "verify/Verify.java").readAllBytes());
    }
    var file = Files.write(folder.resolve("bundle.zip"), bundle);
    var said = folder.resolve("said");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(java, "-Dstdout.encoding=UTF-8", program.toString(), file.toString(), "--key",
        logKey).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("the verifier does not end");
    }
    return new Proof(process.exitValue() == 0, Files.readString(said, UTF_8).strip());
  }
}
