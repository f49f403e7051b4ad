package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesDocumentTest {
  @Test void the_published_rules_say_what_the_code_does() throws IOException {
    var file = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow().resolve("docs/rules.md");
    var rules = RulesDocument.text();
    if (System.getenv("REDRESS_WRITE") != null) Files.writeString(file, rules);
    assertThat(Files.readString(file))
        .as("write it anew: REDRESS_WRITE=1 ./mvnw -q test -pl core -Dtest=RulesDocumentTest")
        .isEqualTo(rules);
  }
}
