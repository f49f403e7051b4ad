package redress.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the program loads before it serves, laid out once for all that tests start: each later one is there
 * in half the time. A cache of the JVM's own (JEP 483, JEP 514), which wants every class in an archive.
 */
final class HeadStart {
  private static @Nullable List<String> options;

  private HeadStart() {}

  /** The class path for the JVM, and the cache. Made by the first who asks, by starting the server once. */
  static synchronized List<String> options() {
    var known = options;
    if (known != null) return known;
    try {
      var folder = Files.createTempDirectory("redress-head-start");
      folder.toFile().deleteOnExit();
      known = made(folder);
      options = known;
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> made(Path folder) throws IOException {
    var path = List.of("-cp", packed(folder));
    var cache = passing(folder.resolve("up.aot"));
    var trial = new ArrayList<>(path);
    trial.add("-XX:AOTCacheOutput=" + cache);
    var data = folder.resolve("data");
    try (var server = UpProcess.begin(List.of(), trial, passing(folder.resolve("up.log")), Map.of(), "--port", "0",
        "--data", data.toString()).ready()) {
      var _ = server.stop();
    }
    deleteAll(data);
    // It is quicker with it, and the same without.
    if (!Files.exists(cache)) return path;
    var all = new ArrayList<>(path);
    all.add("-XX:AOTCache=" + cache);
    return List.copyOf(all);
  }

  /** The class path of this process with its folders packed. */
  private static String packed(Path folder) throws IOException {
    var all = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var from = Path.of(entry);
      if (Files.isDirectory(from)) {
        all.add(pack(from, passing(folder.resolve(all.size() + ".jar"))).toString());
      } else if (Files.exists(from)) {
        all.add(entry);
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static Path pack(Path from, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar)); var files = Files.walk(from)) {
      for (var file : files.filter(it -> !it.equals(from)).toList()) {
        var name = from.relativize(file).toString().replace(File.separatorChar, '/');
        // Who looks for what is in a folder has to find the folder.
        out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
        if (!Files.isDirectory(file)) Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  private static Path passing(Path file) {
    file.toFile().deleteOnExit();
    return file;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
