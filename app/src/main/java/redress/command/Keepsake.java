package redress.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a visitor of the demonstration takes home, in a folder where the next one's takes its place. */
record Keepsake(Path folder, String logKey) {
  static final String BUNDLE = "bundle.zip";

  /** Keeps these files. */
  static Keepsake of(Path folder, Map<String, byte[]> files, String logKey) {
    try {
      Files.createDirectories(folder);
      for (var file : files.entrySet()) Files.write(folder.resolve(file.getKey()), file.getValue());
      return new Keepsake(folder.toAbsolutePath().normalize(), logKey);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be kept in " + folder + "; choose another with --into", e);
    }
  }

  /** Where it is and how anybody checks it, line by line. */
  List<String> words() {
    return List.of("Li keeps the signed result as " + folder.resolve("result-en.pdf") + " and, in Chinese, "
        + folder.resolve("result-zh.pdf"), "To check the bundle again, now or in ten years, with nothing but a JDK:",
        "  java verify/Verify.java " + folder.resolve(BUNDLE) + " --key " + logKey);
  }
}
