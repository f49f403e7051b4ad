package redress.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured does what it says: both ways come to the same verdicts. */
class BooksHallTest {
  private static final int PROMISES = 200;

  @TempDir Path folder;

  @Test void importing_and_matching_comes_to_what_the_statement_was_made_for_and_so_does_plain_sql()
      throws IOException, SQLException {
    var file = folder.resolve("statement.csv");
    BigStatement.write(file, PROMISES);
    int lines = PROMISES * BooksBench.LINES_PER_PROMISE;
    try (var text = Files.lines(file)) {
      assertThat(text.count()).isEqualTo(lines + 1L);
    }
    try (var hall = new BooksHall(PROMISES)) {
      hall.take(file, lines);
      hall.match();
      var ours = hall.verdicts();
      assertThat(ours).isEqualTo(Map.of("EXACT", 184L, "UNDER", 8L, "OVER", 4L, "MISSING", 4L));
      hall.forget();
      hall.plain(file);
      assertThat(hall.verdicts()).isEqualTo(ours);
    }
  }
}
