package redress.lab.mutant;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import redress.dispute.Rules;

/** Where mutants are made: the project's sources, a compiler, and a folder for what it makes of them. */
final class Workshop {
  private final Path root;
  private final Path bench;

  Workshop(Path root, Path bench) {
    this.root = root;
    this.bench = bench;
  }

  /** The project these classes were built from. Throws IllegalStateException when they do not come from one. */
  static Path root() {
    try {
      var classes = Path.of(Rules.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = classes; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve("core/src/main/java")) && Files.isDirectory(folder.resolve("lab")))
          return folder;
      }
      throw new IllegalStateException(classes + " was not built from a checkout of the project");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes of {@code mutant}, to be put in front of the class path. */
  Path make(Mutant mutant) {
    var folder = bench.resolve(mutant.name().replaceAll("[^a-zA-Z0-9]+", "-"));
    var source = root.resolve(mutant.file());
    try {
      var patched = folder.resolve("source").resolve(source.getFileName().toString());
      Files.createDirectories(patched.getParent());
      Files.writeString(patched, patch(mutant, Files.readString(source)));
      var classes = Files.createDirectories(folder.resolve("classes"));
      compile(mutant, patched, classes);
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source with the mistake in it. Throws IllegalStateException unless the passage occurs exactly once. */
  static String patch(Mutant mutant, String source) {
    int at = source.indexOf(mutant.before());
    if (at < 0 || source.indexOf(mutant.before(), at + 1) >= 0) {
      throw new IllegalStateException(
          "'" + mutant.name() + "' cannot be planted: " + mutant.file() + " must contain exactly once: "
              + mutant.before());
    }
    return source.substring(0, at) + mutant.after() + source.substring(at + mutant.before().length());
  }

  private static void compile(Mutant mutant, Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options =
          List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source)).call();
      if (!done) throw new IllegalStateException("'" + mutant.name() + "' does not compile: " + said);
    }
  }
}
