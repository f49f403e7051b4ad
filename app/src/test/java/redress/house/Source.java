package redress.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Java file of this project, by its path from the root of the repository. */
record Source(String path, String text) {
  private static final List<String> FOLDERS = List.of("core/src", "app/src", "lab/src");

  private static final Pattern TABLE = Pattern.compile("(?s) *// @formatter:off.*?(// @formatter:on|\\z)");

  static List<Source> all() {
    return FOLDERS.stream().map(root()::resolve).flatMap(Source::under).toList();
  }

  static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow();
  }

  private static Stream<Source> under(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().map(Source::read).toList().stream();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(root().relativize(file).toString().replace('\\', '/'), Files.readString(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  boolean isTest() { return path.contains("/src/test/"); }
  boolean isMain() { return path.contains("/src/main/"); }
  boolean isIn(String... folders) { return Stream.of(folders).anyMatch(path::contains); }

  /** The text with the tables left out, line for line: they are as wide as their columns are. */
  String outsideTables() {
    return TABLE.matcher(text).replaceAll(table -> table.group().replaceAll(".+", ""));
  }

  /** The text with comments and the insides of literals blanked out, line for line and column for column. */
  String code() {
    var code = new StringBuilder(text);
    for (int at = 0; at < text.length();) {
      int end = endOfWords(at);
      for (int i = at; i < end; i++) if (code.charAt(i) != '\n') code.setCharAt(i, ' ');
      at = Math.max(end, at + 1);
    }
    return code.toString();
  }

  /** Where the comment or literal that begins at {@code at} ends, or {@code at} itself when none begins there. */
  private int endOfWords(int at) {
    if (text.startsWith("//", at)) return after("\n", at + 2) - 1;
    if (text.startsWith("/*", at)) return after("*/", at + 2);
    if (text.startsWith("\"\"\"", at)) return after("\"\"\"", at + 3);
    return switch (text.charAt(at)) {
      case '"', '\'' -> after(text.substring(at, at + 1), at + 1);
      default -> at;
    };
  }

  private int after(String end, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && !end.equals("\n") && !end.equals("*/")) i++;
      else if (text.startsWith(end, i)) return i + end.length();
    }
    return text.length();
  }
}
