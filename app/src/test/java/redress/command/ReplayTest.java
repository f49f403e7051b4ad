package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;

class ReplayTest {
  private static final String ALL = "/cfpb/cfpb_2014-12_2015-03_28156.csv.xz";
  private static final String NEWER = "/cfpb/cfpb_2023-06_payments_1176.csv.xz";
  private static final String HEADER = ",Complaint ID,Product,Sub-product,Issue,Sub-issue,State,ZIP code,"
      + "Date received,Date sent to company,Company response,Timely response?,Consumer disputed?\n";
  /** What happened, was booked, told or is due; keys, which every replay gets anew, are no part of it. */
  private static final List<String> KEPT =
      List.of("party", "payment", "dispute", "event", "ledger_entry", "ledger_line",
          "errand", "receipt", "words", "notice", "test_clock", "wallet.refund", "wallet.payment", "wallet.line");

  @TempDir Path folder;

  private static Path all() {
    return resource(ALL);
  }

  private static Path resource(String name) {
    try {
      return Path.of(ReplayTest.class.getResource(name).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test void every_one_of_28156_real_complaints_ends_as_the_data_says_and_breaks_nothing_and_a_repeat_changes_nothing()
      throws SQLException {
    var data = folder.resolve("data").toString();
    var said = Typed.of("replay", "--data", data, all().toString());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.figure("rows")).isEqualTo(28_156);
    assertThat(said.figure("lives") + said.figure("refused")).isEqualTo(28_156);
    assertThat(said.figure("outcomes")).isGreaterThan(24_000);
    assertThat(said.figure("odd")).isZero();
    assertThat(said.figure("otherwise")).isZero();
    assertThat(said.figure("checked")).isGreaterThan(1_000_000);
    assertThat(said.figure("violations")).isZero();
    assertThatARepeatChangesNothing(said, data, all());
  }

  private static void assertThatARepeatChangesNothing(Typed first, String data, Path file) throws SQLException {
    var before = kept(data);
    var second = Typed.of("replay", "--data", data, file.toString());
    assertThat(second.exit()).as(second.words()).isZero();
    assertThat(kept(data)).isEqualTo(before);
    assertThat(withoutSeconds(second)).isEqualTo(withoutSeconds(first));
  }

  @Test void every_kind_of_life_is_lived_once_and_a_repeated_replay_changes_nothing() throws Exception {
    var file = Files.writeString(folder.resolve("some.csv"), HEADER + KINDS);
    var data = folder.resolve("data").toString();
    var first = Typed.of("replay", "--data", data, file.toString());
    assertThat(first.exit()).as(first.words()).isZero();
    assertThat(first.words()).contains("SETTLED_FULFILLED", "DECIDED_FOR_MERCHANT", "DECIDED_SPLIT",
        "DECIDED_FOR_BUYER",
        "EXPIRED_BUYER_SILENT", "WITHDRAWN", "open, as in the data", "refused: FRAUD_IS_ELSEWHERE");
    assertThat(kept(data)).hasEntrySatisfying("event", events -> assertThat(events.rows()).isGreaterThan(100));
    assertThatARepeatChangesNothing(first, data, file);
  }

  private static String withoutSeconds(Typed said) {
    return said.lastLine().replaceAll(" seconds=\\d+", "");
  }

  /** A table's rows, and what they add up to: another content of a row adds up to something else. */
  private record Content(long rows, String sum) {}

  private static Map<String, Content> kept(String data) throws SQLException {
    var contents = new TreeMap<String, Content>();
    try (var postgres = EmbeddedPostgres.start(Path.of(data), Options.lasting());
        var connection = postgres.database().connect(); var sql = connection.createStatement()) {
      for (var table : KEPT) {
        try (var row =
            sql.executeQuery("select count(*), sum(hashtextextended(t::text, 0)::numeric) from " + table + " t")) {
          row.next();
          contents.put(table, new Content(row.getLong(1), String.valueOf(row.getString(2))));
        }
      }
    }
    return contents;
  }

  @Test void odd_rows_are_named_by_their_line_and_stop_nothing() throws IOException {
    var file = Files.writeString(folder.resolve("odd.csv"), HEADER + """
        0,77000001,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed,Yes,
        1,77000002,Credit card,,Billing disputes,,NY,10001,2/30/2015,2/3/2015,Closed,Yes,
        2,77000003,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed by magic,Yes,
        3,,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed,Yes,
        4,77000005,Credit card,,"Billing
        disputes",,NY,10001,2/3/2015,1/3/2015,Closed,Yes,
        5,77000001,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed,Yes,
        6,77000007,Credit card
        7,77000008,Credit card,,Billing disputes,,NY,10001,2/3/1915,2/3/2015,Closed,Yes,
        8,77000009,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed,Yes,No
        """);
    var said = Typed.of("replay", file.toString());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.words())
        .contains("odd.csv:3:", "odd.csv:4:", "odd.csv:5:", "odd.csv:6:", "odd.csv:8:", "odd.csv:9:",
            "odd.csv:10:")
        .doesNotContain("odd.csv:2:", "odd.csv:11:");
    assertThat(said.figure("rows")).isEqualTo(9);
    assertThat(said.figure("odd")).isEqualTo(7);
    assertThat(said.figure("lives")).isEqualTo(2);
  }

  @Test void a_broken_file_is_read_as_far_as_it_goes_and_one_of_another_kind_is_refused() throws IOException {
    var odd = new ArrayList<Complaints.Odd>();
    var good = new ArrayList<Complaint>();
    var broken = Files.writeString(folder.resolve("broken.csv"), HEADER
        + "0,77000001,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed,Yes,\n1,77000002,\"Credit");
    Complaints.read(broken, good::add, odd::add);
    assertThat(good).hasSize(1);
    assertThat(odd).singleElement().satisfies(row -> assertThat(row.line()).isEqualTo(3));
    var other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertThat(Typed.of("replay", other.toString()).words()).contains("no file of complaints");
    assertThat(Typed.of("replay", folder.resolve("none.csv").toString()).words()).contains("cannot be read");
  }

  @Test void both_layouts_are_read_with_dates_lines_and_the_consumers_own_words() throws IOException {
    var good = new ArrayList<Complaint>();
    var newer = Files.writeString(folder.resolve("newer.csv"), """
        company,company_response,complaint_id,complaint_what_happened,consumer_disputed,date_received,\
        date_sent_to_company,issue,product,state,sub_issue,timely
        "Block, Inc.",Closed with explanation,7118386,"I lost my card.
        It was charged {$47.00} on XX/XX/XXXX.",N/A,2023-06-13T12:00:00-05:00,2023-06-14T12:00:00-05:00,\
        Fraud or scam,Card,CA,,Yes
        """);
    Complaints.read(newer, good::add, odd -> {
      throw new AssertionError(odd);
    });
    assertThat(good).singleElement().satisfies(it -> {
      assertThat(it.line()).isEqualTo(2);
      assertThat(it.sent()).hasToString("2023-06-14");
      assertThat(it.narrative()).startsWith("I lost my card.").contains("{$47.00}");
      assertThat(it.disputed()).isEqualTo(Complaint.Disputed.UNKNOWN);
    });
    good.clear();
    Complaints.read(all(), good::add, odd -> {
      throw new AssertionError(odd);
    });
    assertThat(good).hasSize(28_156);
  }

  @Test void narratives_of_the_newer_extract_become_filings() {
    var file = resource(NEWER);
    var said = Typed.of("replay", file.toString());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.figure("rows")).isEqualTo(1_176);
    assertThat(said.figure("violations")).isZero();
  }

  private static final String KINDS = """
      0,88000001,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with monetary relief,Yes,
      1,88000002,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with monetary relief,Yes,Yes
      2,88000003,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with monetary relief,Yes,No
      3,88000004,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with non-monetary relief,Yes,
      4,88000005,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with non-monetary relief,Yes,Yes
      5,88000006,Credit card,,Billing disputes,,NY,10001,2/3/2015,2/3/2015,Closed with non-monetary relief,No,No
      6,88000007,Credit card,,Billing disputes,,TX,10001,2/3/2015,2/3/2015,Closed with explanation,Yes,
      7,88000008,Credit card,,Billing disputes,,TX,10001,2/3/2015,2/3/2015,Closed with explanation,Yes,Yes
      8,88000009,Credit card,,Billing disputes,,TX,10001,2/3/2015,2/3/2015,Closed with explanation,No,No
      9,88000010,Credit card,,Billing disputes,,TX,10001,2/3/2015,2/3/2015,Closed with explanation,No,
      10,88000011,Credit card,,Billing disputes,,,10001,2/3/2015,2/4/2015,Closed,Yes,
      11,88000012,Credit card,,Billing disputes,,,10001,2/3/2015,2/4/2015,Closed,No,Yes
      12,88000013,Credit card,,Billing disputes,,,10001,2/3/2015,2/4/2015,Untimely response,No,
      13,88000014,Credit card,,Billing disputes,,,10001,2/3/2015,2/4/2015,In progress,Yes,
      14,88000015,Credit card,,Identity theft / Fraud / Embezzlement,,,10001,2/3/2015,2/4/2015,Closed,Yes,
      """;
}
