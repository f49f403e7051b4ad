package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./redress replay} on other people's books: known by their first line, read twice, told in one line. */
class BookReplayTest {
  private static final String FINES = "src/test/resources/fines/traffic_fines_5000cases_A.csv.xz";

  @TempDir Path folder;

  @Test void fines_end_with_their_five_figures() {
    var typed = Typed.of("replay", FINES);
    assertThat(typed.exit()).as(typed.words()).isZero();
    assertThat(typed.lastLine()).matches("replay: fines=5000 events=17450 parts=149 again=same seconds=\\d+"
        + " exact=2173 under=150 over=18 collection=1625 open=1034");
    assertThat(typed.words()).contains("less was paid than promised (22.00)");
  }

  @Test void invoices_end_with_a_figure_for_each_class() throws IOException {
    var file = folder.resolve("shop.csv");
    Files.writeString(file, """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        1,22423,cake stand,6,2010-12-01 08:00:00,12.75,17850.0,UK
        C2,22423,cake stand,-6,2010-12-03 08:00:00,12.75,17850.0,UK
        """);
    var typed = Typed.of("replay", file.toString());
    assertThat(typed.exit()).isZero();
    assertThat(typed.lastLine()).contains("rows=2 purchases=1 repeated=0 returns=1 again=same").contains(" exact=1 ")
        .endsWith("over=0");
  }

  @Test void what_is_broken_is_named_by_its_line_and_two_kinds_are_not_mixed() throws IOException {
    var file = folder.resolve("shop.csv");
    Files.writeString(file, """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        1,22423,cake stand,six,2010-12-01 08:00:00,12.75,17850.0,UK
        """);
    var typed = Typed.of("replay", file.toString());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.words()).contains("redress: ").contains("line 2: ").doesNotContain("\tat ");
    var complaints = folder.resolve("complaints.csv");
    Files.writeString(complaints, "Complaint ID,Date received,Company response\n");
    var mixed = Typed.of("replay", FINES, complaints.toString());
    assertThat(mixed.exit()).isEqualTo(1);
    assertThat(mixed.words()).contains("complaints.csv is of another kind");
  }
}
