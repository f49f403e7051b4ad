package redress.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The stand-alone verifier, compiled from its one file as anybody would, with nothing of this project beside it. */
final class StandAlone {
  private final Path folder;
  private final Method run;
  private int files;

  /** @param folder where the class files and the bundles go */
  StandAlone(Path folder) throws Exception {
    this.folder = folder;
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var complaints = new ByteArrayOutputStream();
    int exit = compiler.run(null, complaints, complaints, "-Xlint:all", "-Werror", "-proc:none", "-classpath",
        folder.toString(), "-d", folder.toString(), source().toString());
    if (exit != 0) throw new AssertionError(complaints.toString(UTF_8));
    var loader = new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    run = loader.loadClass("Verify").getMethod("run", PrintStream.class, String[].class);
  }

  /** What it said, and its exit code. */
  record Said(int exit, String words) {
    String lastLine() {
      return words.strip().lines().reduce("", (_, last) -> last);
    }
  }

  static Path source() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(root -> root.resolve("verify/Verify.java")).filter(Files::exists).findFirst().orElseThrow();
  }

  /** Checks these bytes in this process. */
  Said check(byte[] bundle, String... options) throws Exception {
    var file = folder.resolve("bundle-" + files++ % 4 + ".zip");
    Files.write(file, bundle);
    return run(Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new));
  }

  Said run(String... arguments) throws Exception {
    var words = new ByteArrayOutputStream();
    var exit = (Integer) run.invoke(null, new PrintStream(words, true, UTF_8), (Object) arguments);
    return new Said(exit, words.toString(UTF_8));
  }

  /** Keeps bytes in a file, for what is given by name. */
  Path keep(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Checks as a person would: {@code java Verify.java BUNDLE.zip}. */
  static Said typed(Path bundle, String... options) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = Stream.concat(Stream.of(java, source().toString(), bundle.toString()), Stream.of(options)).toList();
    return typed(command);
  }

  private static Said typed(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var words = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("it does not end");
    return new Said(process.exitValue(), words);
  }
}
