package redress.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import redress.check.Match;

/** docs/matching.md tells every rule and every remark, in the code's own words and order. */
class MatchingDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/matching.md");

  @Test void it_tells_every_rule_and_remark_in_their_order() throws IOException {
    var document = Files.readString(DOCUMENT);
    int at = 0;
    for (var rule : Match.Rule.values()) at = after(document, at, rule.name(), rule.english, rule.chinese);
    for (var kind : Match.Kind.values()) at = after(document, at, kind.name(), kind.english, kind.chinese);
    for (var verdict : Match.Verdict.values()) assertThat(document).contains(verdict.name());
  }

  private static int after(String document, int from, String name, String english, String chinese) {
    var row = "| " + name + " | " + english + " | " + chinese + " |\n";
    assertThat(document.indexOf(row, from)).as(row).isGreaterThan(from);
    return document.indexOf(row, from);
  }
}
