package redress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/evidence-files.md says what is taken and refused here, in the words people are told. */
class EvidenceFilesDocumentTest {
  private static final Path DOCUMENT = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
      .filter(folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow().resolve(
          "docs/evidence-files.md");

  @Test void every_reason_stands_in_the_table_with_its_words() throws IOException {
    var table = Arrays.stream(Reason.values()).map(it -> "| `" + it.name() + "` | " + it.status + " | " + it.english
        + " | " + it.chinese + " |")
        .collect(Collectors.joining("\n", "| Code | Status | English | 中文 |\n|---|---|---|---|\n",
            "\n"));
    assertThat(Files.readString(DOCUMENT)).as("the table of reasons should read\n" + table).contains(table);
  }

  @Test void every_type_stands_in_the_table_with_its_endings() throws IOException {
    var document = Files.readString(DOCUMENT);
    for (var kind : Kind.all()) {
      assertThat(document).contains("| " + String.join(", ", kind.extensions()) + " | `" + kind.mediaType() + "` |");
    }
  }

  @Test void every_limit_is_told() throws IOException {
    var document = Files.readString(DOCUMENT);
    var limits = Limits.STANDARD;
    for (long limit : new long[] {limits.bytes(), limits.pixels(), limits.side(), limits.frames(), limits.moving(),
        limits
            .pages(),
        limits.objects(), limits.syntax(), limits.unpacked(), limits.time().toSeconds(), Previews.SIDE}) {
      assertThat(document).contains("| %,d |".formatted(limit));
    }
  }
}
