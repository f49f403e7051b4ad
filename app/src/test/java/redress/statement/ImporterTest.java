package redress.statement;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redress.dispute.DisputeId;
import redress.statement.Importer.Report;
import redress.statement.Importer.Wish;
import redress.store.Records;
import redress.store.Statements;
import redress.store.TestDatabase;

class ImporterTest {
  private static TestDatabase database;
  private static Importer importer;
  private static Records records;
  private static int copies;
  @TempDir Path folder;

  @BeforeAll static void open() {
    database = new TestDatabase();
    importer = new Importer(new Statements(database.pool), Clock.fixed(TestDatabase.MORNING, ZoneOffset.UTC));
    records = new Records(database.sql);
  }

  @AfterAll static void close() {
    database.close();
  }

  // @formatter:off
  /** Layouts of which no real file was to be had are made after what their providers publish. */
  @ParameterizedTest @CsvSource({
      "alipay-business.csv,   format=alipay-business   lines=3 new=3 duplicate=0 broken=0 total_mismatch=0",
      "alipay-account.csv,    format=alipay-account    lines=3 new=3 duplicate=0 broken=0 total_mismatch=1",
      "paypal-activity.csv,   format=paypal-activity   lines=5 new=4 duplicate=0 broken=1 total_mismatch=0",
      "paypal-settlement.csv, format=paypal-settlement lines=4 new=3 duplicate=0 broken=1 total_mismatch=1",
      "stripe-itemised.csv,   format=stripe-itemised   lines=5 new=5 duplicate=0 broken=0 total_mismatch=0",
      "stripe-balance.csv,    format=stripe-balance    lines=3 new=3 duplicate=0 broken=0 total_mismatch=0",
      "adyen-settlement.csv,  format=adyen-settlement  lines=6 new=5 duplicate=0 broken=1 total_mismatch=0"})
  void a_published_layout_is_read(String file, String summary) throws IOException {
    // @formatter:on
    var report = take(Samples.made(file), "made:" + file);
    assertThat(report.summary()).isEqualTo("statement: " + summary.replaceAll(" +", " "));
  }

  @ParameterizedTest @CsvSource({
      "alipay-business.csv,   order-1, 10000, 59",
      "paypal-activity.csv,   order-1, 110000, 3220",
      "paypal-settlement.csv, order-1, 110000, 3220",
      "stripe-itemised.csv,   pi_1, 10000, 165",
      "adyen-settlement.csv,  order-1, 10000, 130"}) void a_refund_names_its_payment_and_the_dispute_and_fees_are_told(
          String file, String called, long paid, long fee)
          throws IOException {
    var book = "refund:" + file;
    take(copy(file), book);
    assertThat(sum("kind = 'PAYMENT' and called = '" + called + "' and book = '" + book + "'", "minor"))
        .isEqualTo(paid);
    assertThat(sum("kind = 'PAYMENT' and called = '" + called + "' and book = '" + book + "'", "fee")).isEqualTo(fee);
    var dispute = DisputeId.parse("dsp_0070000000000000abc").orElseThrow();
    assertThat(records.ofDispute(dispute)).filteredOn(it -> it.book().equals(book)).singleElement().satisfies(it -> {
      assertThat(it.minor()).isEqualTo(-2_500);
      assertThat(it.refund()).isEqualTo(1);
      assertThat(it.called()).isEqualTo(called);
    });
  }

  @Test void amounts_keep_the_digits_of_their_currency() throws IOException {
    take(copy("stripe-itemised.csv"), "digits");
    take(copy("paypal-settlement.csv"), "digits");
    assertThat(sum("book = 'digits' and currency = 'KWD'", "minor")).isEqualTo(1_234);
    assertThat(sum("book = 'digits' and currency = 'JPY'", "minor")).isEqualTo(5_000);
  }

  @ParameterizedTest @CsvSource(delimiter = ';', value = {
      "1,234.56;EUR;.;123456", "1.234,56;EUR;,;123456", "-0,5;EUR;,;-50", "(12.30);USD;.;-1230", "¥28.16;CNY;.;2816",
      "5000;JPY;.;5000", "5000.00;JPY;.;5000", "1.234;KWD;.;1234", "18.15000;EUR;.;1815", "1'000.05;CHF;.;100005",
      ".5;EUR;.;50", "+0.00;CNY;.;0"}) void an_amount_is_read_exactly(String text, String currency, char decimal,
          long minor) throws Bad {
    assertThat(Amounts.minor(text, Amounts.currency(currency, ""), decimal, "")).isEqualTo(minor);
  }

  @ParameterizedTest @CsvSource(delimiter = ';',
      value = {"1.005;EUR;PRECISION", "5000.5;JPY;PRECISION", "abc;EUR;AMOUNT",
          "1-2-3;EUR;AMOUNT", "'';EUR;AMOUNT", "12345678901234567890;EUR;AMOUNT",
          "1.2.3x;EUR;AMOUNT"}) void what_is_no_amount_of_its_currency_is_refused(String text, String currency,
              String reason) throws Bad {
    var known = Amounts.currency(currency, "");
    assertThatThrownBy(() -> Amounts.minor(text, known, '.', "")).isInstanceOfSatisfying(Bad.class,
        bad -> assertThat(bad.reason).isEqualTo(reason));
  }

  @Test void an_overlapping_file_brings_only_what_is_new_and_what_has_moved_on() throws IOException {
    var first = take(Samples.made("wechatpay-overlap-1.csv"), "overlap");
    assertThat(first.summary()).isEqualTo(
        "statement: format=wechatpay-bill lines=3 new=3 duplicate=0 broken=0 total_mismatch=0");
    assertThat(sum("book = 'overlap' and state = 'PROCESSING'", "minor")).isEqualTo(-2_500);
    var second = take(Samples.made("wechatpay-overlap-2.csv"), "overlap");
    assertThat(second.summary()).isEqualTo(
        "statement: format=wechatpay-bill lines=5 new=2 duplicate=1 broken=2 total_mismatch=3");
    assertThat(second.flaws()).extracting(Statements.Flaw::line, Statements.Flaw::reason).contains(
        org.assertj.core.groups.Tuple.tuple(4L, "AMOUNT"), org.assertj.core.groups.Tuple.tuple(6L, "CELLS"));
    assertThat(sum("book = 'overlap' and state = 'SUCCEEDED' and kind = 'REFUND'", "minor")).isEqualTo(-2_500);
    assertThat(sum("book = 'overlap' and called = 'order-1' and kind = 'PAYMENT'", "minor")).isEqualTo(10_000);
    assertThat(sum("book = 'overlap'", "1")).isEqualTo(4);
  }

  @Test void the_same_file_under_another_name_brings_nothing() throws IOException {
    var file = copy("stripe-balance.csv");
    take(file, "again");
    var renamed = Files.move(file, folder.resolve("other.txt"));
    var again = take(renamed, "");
    assertThat(again.again()).isTrue();
    assertThat(again.summary()).endsWith("lines=3 new=0 duplicate=3 broken=0 total_mismatch=0");
    assertThatThrownBy(() -> take(renamed, "elsewhere")).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.reason()).isEqualTo("OTHER_BOOK"));
  }

  @Test void a_text_says_the_same_in_every_encoding() throws IOException {
    var text = Files.readString(Samples.made("alipay-business.csv")) + "#\n";
    var encoded = List.of(text.getBytes(UTF_8), ("\ufeff" + text).getBytes(UTF_8),
        text.getBytes(Charset.forName("GB18030")), ("\ufeff" + text).getBytes(UTF_16LE),
        ("\ufeff" + text).getBytes(UTF_16BE), text.replace("\n", "\r\n").getBytes(Charset.forName("GBK")));
    for (int i = 0; i < encoded.size(); i++) {
      var file = Files.write(folder.resolve("encoded" + i), encoded.get(i));
      var report = take(file, "encoding");
      assertThat(report.summary()).as("encoding %d", i)
          .contains("format=alipay-business lines=3", "broken=0 total_mismatch=0")
          .contains(i == 0 ? "new=3 duplicate=0" : "duplicate=3");
    }
  }

  @Test void a_table_of_another_layout_is_read_with_a_mapping_and_its_broken_lines_lose_no_other() throws IOException {
    var wish = new Wish("german-bank.csv", "", Samples.made("german-bank.mapping.json"), true, "test");
    var report = importer.take(Samples.made("german-bank.csv"), wish, Progress.NONE);
    assertThat(report.summary()).isEqualTo(
        "statement: format=hausbank lines=5 new=3 duplicate=0 broken=2 total_mismatch=0");
    assertThat(report.flaws()).extracting(Statements.Flaw::line, Statements.Flaw::reason).containsExactlyInAnyOrder(
        org.assertj.core.groups.Tuple.tuple(5L, "PRECISION"), org.assertj.core.groups.Tuple.tuple(6L, "QUOTE"));
    assertThat(sum("book = 'HAUSBANK'", "minor")).isEqualTo(123_456 - 2_500 + 1_000);
    assertThat(sum("book = 'HAUSBANK' and obligation = 2 and kind = 'REFUND'", "minor")).isEqualTo(-2_500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"at\": [\"a\"]}", "{\"attt\": 1}", "no json", "{\"zone\": \"Moon/North\"}",
      "{\"dates\": [\"qqqqqqqq\"]}"}) void a_mapping_that_cannot_be_used_is_refused(String mapping) throws IOException {
    var file = Files.writeString(folder.resolve("mapping.json"), mapping);
    assertThatThrownBy(() -> importer.take(Samples.made("german-bank.csv"), new Wish("x", "", file, false, "test"),
        Progress.NONE)).isInstanceOfSatisfying(Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo("MAPPING_BAD"));
  }

  @Test void hostile_xml_is_refused_and_reads_nothing_outside() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "EUR");
    var camt = Files.readString(Samples.kept().resolve("genkgo-camt/test/data/camt053.v8.xml"));
    var root = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"";
    assertThat(camt).contains(root);
    var outside = "<!DOCTYPE Document [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n" + root;
    refused(camt.replace(root, outside).replace("Additional Information", "&x;"), "XML_REFUSED");
    var bomb = new StringBuilder("<!DOCTYPE Document [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) bomb.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    refused(camt.replace(root, bomb + "]>\n" + root).replace("Additional Information", "&a29;"), "XML_REFUSED");
    refused(camt.replace(root, "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:9/x.dtd\">\n" + root), "XML_REFUSED");
    refused("<!DOCTYPE html>\n<html><body>camt.053.</body></html>", "XML_REFUSED");
  }

  @Test void xml_that_breaks_off_loses_only_what_was_not_written() throws IOException {
    var camt = Files.readString(Samples.kept().resolve("genkgo-camt/test/data/camt053.v2.multi.statement.xml"));
    var file = Files.writeString(folder.resolve("cut.xml"), camt.substring(0, camt.lastIndexOf("<RmtInf>")));
    assertThat(take(file, "cut").summary()).contains("format=camt lines=2 new=1 duplicate=0 broken=1");
  }

  @Test void a_spreadsheet_that_is_damaged_or_a_bomb_is_refused() throws IOException {
    refused(zip("<worksheet><sheetData>" + " ".repeat(60 << 20) + "</sheetData></worksheet>"), "SHEET_REFUSED");
    var xls = Files
        .readAllBytes(Samples.kept().resolve("double-entry-generator/example/citic/credit/example-citic-records.xls"));
    refused(Files.write(folder.resolve("damaged.xls"), java.util.Arrays.copyOf(xls, xls.length / 3)), "SHEET_REFUSED");
  }

  @ParameterizedTest @ValueSource(strings = {"hello", "a,b,c\n1,2,3\n", "{\"some\": \"json\"}",
      "\u0000\u0001\u0002"}) void what_is_no_statement_is_refused_with_the_names_of_those_that_are(String text)
          throws IOException {
    var file = Files.writeString(folder.resolve("unknown"), text);
    assertThatThrownBy(() -> take(file, "")).isInstanceOfSatisfying(Refusal.class, refusal -> {
      assertThat(refusal.reason()).isEqualTo("FORMAT_UNKNOWN");
      assertThat(refusal.getMessage()).contains("camt", "mt940", "wechatpay-bill", "adyen-settlement");
    });
  }

  private void refused(String text, String reason) throws IOException {
    refused(Files.writeString(folder.resolve("hostile.xml"), text), reason);
  }

  private void refused(Path file, String reason) {
    assertThatThrownBy(() -> take(file, "")).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private Path zip(String sheet) throws IOException {
    var file = folder.resolve("bomb.xlsx");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
          + "spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\""
          + "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
      var relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
      var pack = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
      entry(zip, "_rels/.rels", pack + "<Relationship Id=\"r1\" Type=\"" + relations
          + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
      entry(zip, "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
          + "xmlns:r=\"" + relations + "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
      entry(zip, "xl/_rels/workbook.xml.rels", pack + "<Relationship Id=\"r1\" Type=\"" + relations
          + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
      entry(zip, "xl/worksheets/sheet1.xml", sheet);
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  /** The same lines in a file of their own: a file counts once, whatever the book. */
  private Path copy(String name) throws IOException {
    return Files.writeString(folder.resolve(name), Files.readString(Samples.made(name)) + "\n".repeat(++copies));
  }

  private static Report take(Path file, String book) throws IOException {
    return importer.take(file, new Wish(String.valueOf(file.getFileName()), book, null, true, "test"), Progress.NONE);
  }

  private static long sum(String where, String what) {
    return database.sql.sql("select coalesce(sum(" + what + "), 0) from record where " + where).query(Long.class)
        .single();
  }
}
