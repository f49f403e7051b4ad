package redress.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where real statement files are: the data folder beside the repository, and those of them that the repository holds.
 */
final class Samples {
  private Samples() {}

  static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow();
  }

  /** The folder of data, REDRESS_DATA or beside the repository; empty where there is none. */
  static Optional<Path> data() {
    var named = System.getenv("REDRESS_DATA");
    var beside = Optional.ofNullable(repository().getParent()).map(parent -> parent.resolve("shared/data"));
    var places = named == null ? Stream.of(Optional.of(repository().resolve("../shared/data")), beside,
        beside.map(folder -> repository().resolve("../../shared/data"))) : Stream.of(Optional.of(Path.of(named)));
    return places.flatMap(Optional::stream).map(folder -> folder.resolve("provider-statements").normalize())
        .filter(Files::isDirectory).findFirst();
  }

  /** The ones in the repository, with their licences. */
  static Path kept() {
    return repository().resolve("app/src/test/resources/statements");
  }

  static Path made(String name) {
    return kept().resolve("made").resolve(name);
  }

  /** All files of a folder, by their paths in it. */
  static List<String> in(Path folder) {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
