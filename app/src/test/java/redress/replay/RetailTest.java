package redress.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.replay.Retail.Kind;

/** What a shop's customers sent back, held against what they had bought. */
class RetailTest {
  private static final Path DATA = Path.of(Optional.ofNullable(System.getenv("REDRESS_DATA")).orElse(
      "../../shared/data"));

  @TempDir Path folder;

  private Retail.Report read(String lines) throws IOException {
    var file = folder.resolve("invoices.csv");
    Files.writeString(file, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        + lines.stripIndent());
    return Retail.read(file);
  }

  @Test void each_returned_line_falls_under_the_first_rule_that_holds() throws IOException {
    var report = read("""
        1,22423,cake stand,6,2010-12-01 08:00:00,12.75,17850.0,UK
        2,22423,cake stand,4,2010-12-02 08:00:00,12.75,17850.0,UK
        C3,22423,cake stand,-4,2010-12-03 08:00:00,12.75,17850.0,UK
        C4,22423,cake stand,-5,2010-12-04 08:00:00,12.75,17850.0,UK
        C5,22423,cake stand,-2,2010-12-05 08:00:00,12.75,17850.0,UK
        C6,22423,cake stand,-1,2010-12-05 08:00:00,10.950,17850.0,UK
        C7,22423,cake stand,-1,2010-12-05 08:00:00,12.75,13047.0,UK
        C8,22423,cake stand,-1,2010-12-05 08:00:00,12.75,,UK
        C9,POST,postage,-1,2010-12-05 08:00:00,18.0,17850.0,UK
        """);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.EXACT, 1L, Kind.PARTIAL, 1L, Kind.OVER, 1L, Kind.PRICE, 1L,
        Kind.NO_PURCHASE, 1L, Kind.NO_CUSTOMER, 1L, Kind.NO_ITEM, 1L));
    assertThat(report.values()).containsEntry(Kind.EXACT, 51_000L).containsEntry(Kind.PRICE, 10_950L);
    assertThat(report.examples()).extracting(Retail.Returned::kind, Retail.Returned::purchases)
        .contains(org.assertj.core.groups.Tuple.tuple(Kind.EXACT, java.util.List.of("2")),
            org.assertj.core.groups.Tuple.tuple(Kind.PARTIAL, java.util.List.of("1")));
  }

  @Test void what_was_bought_later_explains_nothing_and_what_was_returned_is_not_returned_again() throws IOException {
    var report = read("""
        C1,22423,cake stand,-6,2010-12-01 08:00:00,12.75,17850.0,UK
        2,22423,cake stand,6,2010-12-02 08:00:00,12.75,17850.0,UK
        C3,22423,cake stand,-6,2010-12-03 08:00:00,12.75,17850.0,UK
        C4,22423,cake stand,-6,2010-12-04 08:00:00,12.75,17850.0,UK
        """);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.NO_PURCHASE, 1L, Kind.EXACT, 1L, Kind.OVER, 1L));
  }

  @Test void a_whole_winter_of_a_real_shop() throws IOException {
    var file = DATA.resolve("uci-online-retail/online_retail_2010-12_2011-02.csv.gz");
    assumeTrue(Files.exists(file), () -> "NOT SEEN: " + file.toAbsolutePath() + " is not there; name its folder with"
        + " REDRESS_DATA");
    var report = Retail.read(file);
    // Counted again by a few independent lines of another language.
    assertThat(report.rows()).isEqualTo(105_335);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.EXACT, 382L, Kind.PARTIAL, 677L, Kind.OVER, 18L, Kind.PRICE, 40L,
        Kind.NO_PURCHASE, 639L, Kind.NO_CUSTOMER, 99L, Kind.NO_ITEM, 49L));
    assertThat(report.values()).containsEntry(Kind.EXACT, 94_120_140L).containsEntry(Kind.PARTIAL, 8_290_050L)
        .containsEntry(Kind.OVER, 576_630L);
    assertThat(Retail.read(file)).as("again").isEqualTo(report);
  }
}
