package redress.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redress.policy.Deadline;
import tools.jackson.databind.JsonNode;

/** docs/result-record.md tells every member of a record, and where each item that the rule wants is. */
@ExtendWith(Endings.Shared.class)
class ResultDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/result-record.md");
  private static final Pattern MEMBER = Pattern.compile("`(\\w+)`");
  private static final Pattern POINTER = Pattern.compile("`(/[\\w/]+)`");
  private static List<JsonNode> records;

  @BeforeAll static void open(Endings endings) {
    records = endings.all.values().stream()
        .map(id -> Endings.ok(endings.server.get(endings.buyer, Endings.at(id) + "/result")).json()).toList();
  }

  @Test void it_tells_every_member_and_no_other() throws IOException {
    var told = new TreeSet<String>();
    var rows = Files.readString(DOCUMENT).replaceAll("(?s).*\\| Member \\|[^\n]*\n[^\n]*\n", "")
        .replaceAll("(?s)\n\n.*", "");
    for (var row : rows.split("\n")) {
      var names = MEMBER.matcher(row.split("\\|")[1]);
      while (names.find()) told.add(names.group(1));
    }
    for (var record : records) assertThat(new TreeSet<>(record.propertyNames())).isEqualTo(told);
  }

  @Test void each_of_the_twelve_items_is_where_it_says() throws IOException {
    var lines = Files.readAllLines(DOCUMENT);
    for (int item = 1; item <= 12; item++) {
      var begin = "| " + item + " | ";
      var row = lines.stream().filter(line -> line.startsWith(begin)).toList();
      assertThat(row).as(begin).hasSize(1);
      var pointers = POINTER.matcher(row.getFirst());
      int found = 0;
      while (pointers.find()) {
        var pointer = pointers.group(1);
        // In at least one of all those records it has a value.
        assertThat(records).as(pointer).anySatisfy(it -> assertThat(it.at(pointer).isMissingNode()
            || (it.at(pointer).isNull() && !pointer.equals("/log"))).isFalse());
        found++;
      }
      assertThat(found).as(begin).isPositive();
    }
    assertThat(Deadline.RETENTION.standard.toDays()).isGreaterThan(4 * 365);
  }
}
