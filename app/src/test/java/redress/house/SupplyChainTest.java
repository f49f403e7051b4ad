package redress.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every library that is shipped stands in docs/dependencies.md, with its version and a licence that lets it be. */
class SupplyChainTest {
  /** What the build writes down before it runs tests: the class path of the server. */
  private static final Path CLASS_PATH = Path.of("target", "classpath");
  private static final Path LIST = Path.of("..", "docs", "dependencies.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`:]+):([^`]+)` \\| (\\S+) \\| (.+) \\|");
  private static final Set<String> ALLOWED = Set.of("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0",
      "EPL-1.0", "EPL-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", "LGPL-2.1-or-later",
      "LicenseRef-Public-Domain", "MIT", "MIT-0", "MPL-2.0", "PostgreSQL", "Unicode-3.0");

  /** A row of the list; {@code place} is where a repository keeps the library: group, artifact, version. */
  private record Row(String place, String licence) {
    static List<Row> of(List<String> lines) {
      return lines.stream().map(ROW::matcher).filter(it -> it.matches())
          .map(it -> new Row(it.group(1).replace('.', '/') + "/" + it.group(2) + "/" + it.group(3), it.group(4)))
          .toList();
    }
  }

  /** What is wrong between a list and the libraries that are shipped, in words. */
  private static List<String> wrong(List<Row> rows, List<String> shipped) {
    var wrong = new ArrayList<String>();
    var used = new HashSet<Row>();
    for (var library : shipped) {
      var folder = library.substring(0, library.lastIndexOf('/'));
      var row = rows.stream().filter(it -> folder.endsWith("/" + it.place())).findFirst();
      row.ifPresentOrElse(used::add, () -> wrong.add("not listed: " + library));
    }
    for (var row : rows) {
      if (!used.contains(row)) wrong.add("not shipped: " + row.place());
      if (!ALLOWED.contains(row.licence())) wrong.add("not allowed: " + row.place() + " " + row.licence());
    }
    return wrong;
  }

  @Test void every_library_is_listed_in_its_version_and_under_a_licence_that_is_allowed() throws IOException {
    assertThat(CLASS_PATH).as("./mvnw process-classes writes it").exists();
    var shipped = Arrays.stream(Files.readString(CLASS_PATH).strip().split(Pattern.quote(File.pathSeparator), -1))
        .map(it -> it.replace('\\', '/')).toList();
    assertThat(shipped).hasSizeGreaterThan(50);
    assertThat(wrong(Row.of(Files.readAllLines(LIST)), shipped)).isEmpty();
  }

  @Test void no_library_is_listed_twice() throws IOException {
    assertThat(Row.of(Files.readAllLines(LIST))).doesNotHaveDuplicates().hasSizeGreaterThan(50);
  }

  @Test void a_library_without_a_row_another_version_and_a_row_without_a_library_are_found() {
    var rows = Row.of(List.of("| Library | Version | Licence |", "|---|---|---|", "| `org.a:one` | 1.0 | MIT |",
        "| `org.a:two` | 2.0 | Apache-2.0 |"));
    assertThat(wrong(rows, List.of("/r/org/a/one/1.0/one-1.0.jar", "/r/org/a/two/2.0/two-2.0.jar"))).isEmpty();
    assertThat(wrong(rows, List.of("/r/org/a/one/1.0/one-1.0.jar", "/r/org/a/two/2.1/two-2.1.jar")))
        .containsExactly("not listed: /r/org/a/two/2.1/two-2.1.jar", "not shipped: org/a/two/2.0");
    assertThat(wrong(rows, List.of("/r/org/a/one/1.0/one-1.0.jar", "/r/org/a/two/2.0/two-2.0.jar",
        "/r/org/b/one/1.0/one-1.0.jar"))).containsExactly("not listed: /r/org/b/one/1.0/one-1.0.jar");
  }

  @Test void a_licence_that_is_not_allowed_is_found() {
    var rows = Row.of(List.of("| `org.a:one` | 1.0 | AGPL-3.0-only |"));
    assertThat(wrong(rows, List.of("/r/org/a/one/1.0/one-1.0.jar")))
        .containsExactly("not allowed: org/a/one/1.0 AGPL-3.0-only");
  }
}
