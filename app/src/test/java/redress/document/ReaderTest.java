package redress.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redress.check.Saying;
import redress.check.Saying.Amount;
import redress.check.Saying.Day;
import redress.check.Saying.Naming;
import redress.check.Saying.Place;
import redress.check.Saying.Reference;
import redress.check.Saying.Sum;
import redress.check.Saying.When;
import redress.check.Testimony.Legibility;

/** What documents say, and what is not believed of them. */
class ReaderTest {
  private static final Path DATA = Path.of(Optional.ofNullable(System.getenv("REDRESS_DATA")).orElse(
      "../../shared/data"));
  private static final Reader READER = new Reader();

  private static Reading read(byte[] bytes) {
    return READER.read(bytes, "", Set.of());
  }

  private static List<Saying> read(String text) {
    return READER.read(text.getBytes(UTF_8), "text/plain", Set.of()).sayings();
  }

  private static List<String> amounts(String line) {
    return read(line).stream().filter(Amount.class::isInstance).map(Object::toString).toList();
  }

  private static <S extends Saying> List<S> only(Class<S> type, List<Saying> sayings) {
    return sayings.stream().filter(type::isInstance).map(type::cast).toList();
  }

  // @formatter:off
  @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "¥1,234.50 paid                 | 1234.50 ¥",
      "Summe 1.234,50 €               | 1234.50 EUR",
      "USD 12.00                      | 12.00 USD",
      "退 12元                          | 12 元",
      "人民币 99.9                       | 99.9 CNY",
      "保证金1.2万元                       | 12000 元",
      "CHF 1'234.50                   | 1234.50 CHF",
      "-€50.00                        | -50.00 EUR",
      "€ -50.00                       | -50.00 EUR",
      "50,00- EUR                     | -50.00",
      "1.234 EUR                      | 1234 EUR",
      "1.234 KWD                      | 1.234 KWD",
      "0.125 EUR                      | 0.125 EUR",
      "JPY 1,200                      | 1200 JPY",
      "HK$ 1,234,567.89               | 1234567.89 HKD",
      "i transferred 100 dollars      | 100 $",
      "it was 3$ only                 | 3 $",
      "a bonus of $.40cent            | 0.40 $",
      "3 275,00                       | 275.00"})
  // @formatter:on
  void an_amount_is_read_as_it_is_written(String line, String amount) {
    assertThat(amounts(line)).containsExactly(amount);
  }

  // @formatter:off
  @ParameterizedTest @CsvSource(delimiter = '|', value = {"at 12:30 on 06.03.2026", "19 % or 19,00 % tax", "v1.23.4",
      "SKU-100.00", "192.168.10.20", "call 0049 932 431", "2026年3月6日", "card 1234567890123456789", "ISO 4217",
      "M8.50x", "split it 2/1 or 50/50"})
  // @formatter:on
  void a_number_that_is_no_amount_is_left_alone(String line) {
    assertThat(amounts(line)).isEmpty();
  }

  // @formatter:off
  @ParameterizedTest @CsvSource(delimiter = '|', value = {"2026年3月6日", "06.03.2026", "2026-03-06", "2026/3/6",
      "Mar 6, 2026", "March 6th 2026", "6 March 2026", "06-Mar-2026", "6. März 2026", "6 th march 2026",
      "2026.03.06"})
  // @formatter:on
  void a_day_is_read_in_the_forms_of_the_world(String line) {
    var march = LocalDate.of(2026, 3, 6);
    assertThat(read(line)).containsExactly(new Day(new Place("", 0, 1), march, march, When.ANY));
  }

  @Test void a_day_that_can_be_read_in_two_ways_says_both_and_one_that_is_none_says_nothing() {
    var at = new Place("", 0, 1);
    assertThat(read("03/04/2026")).containsExactly(
        new Day(at, LocalDate.of(2026, 4, 3), LocalDate.of(2026, 3, 4), When.ANY));
    assertThat(read("13/04/2026")).containsExactly(
        new Day(at, LocalDate.of(2026, 4, 13), LocalDate.of(2026, 4, 13), When.ANY));
    assertThat(read("31.02.2026, 12 th june, 99-99-2026")).isEmpty();
  }

  // @formatter:off
  @ParameterizedTest @CsvSource(delimiter = '|', value = {
      "refund dsp_0001234567890abcdef-r1 done | dsp_0001234567890abcdef-r1   | DISPUTE",
      "支付宝交易号 2026030622001412345678901234 | 2026030622001412345678901234 | PAYMENT",
      "4200001234202603061234567890           | 4200001234202603061234567890 | PAYMENT",
      "charge ch_3OabcDEF12345678             | ch_3OabcDEF12345678          | PAYMENT",
      "PayPal 7XY12345AB678901C               | 7XY12345AB678901C            | PAYMENT",
      "UPS 1Z999AA10123456784                 | 1Z999AA10123456784           | TRACKING",
      "顺丰 SF1234567890123                     | SF1234567890123              | TRACKING",
      "RR123456785CN                          | RR123456785CN                | TRACKING",
      "Order no. A-10023                      | A-10023                      | ORDER",
      "Transaction ID: tx-778812              | tx-778812                    | PAYMENT",
      "退款单号：RF20260306001                    | RF20260306001                | REFUND",
      "Invoice number INV/2026/0042           | INV/2026/0042                | INVOICE"})
  // @formatter:on
  void a_reference_is_known_by_its_form_or_by_what_it_is_called(String line, String value, Naming naming) {
    assertThat(only(Reference.class, read(line)))
        .contains(new Reference(new Place("", 0, 1), value, naming));
  }

  @Test void a_name_that_is_looked_for_is_found_where_it_stands_by_itself() {
    var found = READER.read("pay-7 pay-77 (pay-7)\nxpay-7\n付款pay-7。".getBytes(UTF_8), "text/plain", Set.of("pay-7"));
    assertThat(found.sayings()).extracting(it -> it.at().line()).containsExactly(1, 3);
  }

  @Test void a_name_that_anybody_might_write_is_not_looked_for() {
    var said = READER.read("done 2026 1001 ab1 1234567890 refund".getBytes(UTF_8), "text/plain",
        Set.of("done", "2026", "1001", "ab1", "refund", "1234567890"));
    assertThat(only(Reference.class, said.sayings())).extracting(Reference::value).containsExactly("1234567890");
  }

  @Test void a_label_speaks_for_its_line_and_for_the_line_below_it() {
    var said = only(Amount.class, read("""
        Currency: EUR
        Subtotal 40.00
        Grand total 48.00
        Amount due
        38.00
        Prepaid 10.00
        Handling fee 1.00
        """));
    assertThat(said).extracting(Amount::sum).containsExactly(Sum.ANY, Sum.TOTAL, Sum.DUE, Sum.PREPAID, Sum.FEE);
    assertThat(said).extracting(Amount::currency).containsOnly("EUR");
  }

  @Test void two_currencies_speak_for_nothing_else() {
    assertThat(amounts("Currency: EUR\nCurrency: USD\nTotal 5.00")).containsExactly("5.00");
  }

  @Test void what_a_printed_page_says_has_its_page_and_line() {
    var said =
        read(Paper.pdf(List.of("Shop receipt", "Thank you"), List.of("Paid on 2026-03-01", "Total: EUR 100.00")));
    assertThat(said.legibility()).isEqualTo(Legibility.READ);
    assertThat(said.sayings()).containsExactly(
        new Day(new Place("", 2, 1), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 1), When.ANY),
        new Amount(new Place("", 2, 2), 10_000, 2, "EUR", Sum.TOTAL));
  }

  @Test void the_invoice_within_a_pdf_is_read_under_its_own_name() {
    var said = read(Paper.pdf("factur-x.xml", Paper.invoice("I-1", "CNY", "88.00", "8.00"), List.of("Invoice I-1")));
    assertThat(only(Amount.class, said.sayings())).allMatch(it -> it.at().part().equals("factur-x.xml"))
        .extracting(it -> it.sum() + " " + it).containsExactly("TOTAL 88.00 CNY", "DUE 8.00 CNY");
  }

  @Test void invoices_of_other_dialects_are_read_too() {
    var zugferd1 = """
        <CrossIndustryDocument><HeaderExchangedDocument><ID>R-1</ID><TypeCode>381</TypeCode></HeaderExchangedDocument>
        <SpecifiedSupplyChainTradeTransaction><ApplicableSupplyChainTradeSettlement>
        <PaymentReference>pay-7</PaymentReference><SpecifiedTradeSettlementMonetarySummation>
        <GrandTotalAmount currencyID="EUR">12.50</GrandTotalAmount></SpecifiedTradeSettlementMonetarySummation>
        </ApplicableSupplyChainTradeSettlement></SpecifiedSupplyChainTradeTransaction></CrossIndustryDocument>""";
    assertThat(read(zugferd1)).extracting(Object::toString).containsExactly("R-1", "pay-7", "12.50 EUR");
    assertThat(only(Amount.class, read(zugferd1))).extracting(Amount::sum).containsExactly(Sum.CREDIT);
    var ubl = """
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>R-2</ID>
        <IssueDate>2026-03-06</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode><LegalMonetaryTotal>
        <PayableAmount currencyID="EUR">9.99</PayableAmount></LegalMonetaryTotal></Invoice>""";
    assertThat(read(ubl)).extracting(Object::toString).containsExactly("R-2", "2026-03-06", "9.99 EUR");
  }

  @Test void text_is_read_in_the_encodings_of_china_too() {
    var said = read("退款 12.50元".getBytes(Charset.forName("GB18030")));
    assertThat(said.sayings()).extracting(Object::toString).containsExactly("12.50 元");
  }

  // What is not believed

  @Test void pictures_films_and_empty_pages_are_said_to_have_no_words() {
    assertThat(READER.read(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}, "image/png", Set.of())
        .legibility()).isEqualTo(Legibility.NO_TEXT);
    assertThat(read(new byte[] {0, 0, 0, 32, 'f', 't', 'y', 'p'}).legibility()).isEqualTo(Legibility.NO_TEXT);
    assertThat(read(Paper.pdf(List.of())).legibility()).isEqualTo(Legibility.NO_TEXT);
  }

  @Test void a_locked_or_broken_document_is_said_to_be_unreadable() throws IOException {
    assertThat(read(Paper.locked("Total EUR 5.00")).legibility()).isEqualTo(Legibility.UNREADABLE);
    assertThat(read("%PDF-1.7\nnothing follows".getBytes(UTF_8)).legibility()).isEqualTo(Legibility.UNREADABLE);
    var whole = Paper.pdf(List.of("Total EUR 5.00"));
    for (int cut = 1; cut < whole.length; cut += whole.length / 23) {
      assertThat(read(java.util.Arrays.copyOf(whole, cut)).sayings()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test void nothing_outside_an_invoice_is_ever_read() throws IOException {
    var secret = Files.createTempFile("secret", ".txt");
    Files.writeString(secret, "99.00");
    for (var dtd : List.of("<!DOCTYPE Invoice [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
        "<!DOCTYPE Invoice SYSTEM \"http://127.0.0.1:9/x.dtd\">")) {
      var said = read((dtd + "<Invoice><ID>&x;</ID></Invoice>").getBytes(UTF_8));
      assertThat(said).isEqualTo(Reading.none(Legibility.UNREADABLE));
    }
    var laughs = new StringBuilder("<!DOCTYPE Invoice [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    assertThat(read((laughs + "]><Invoice><ID>&a29;</ID></Invoice>").getBytes(UTF_8)).sayings()).isEmpty();
    Files.delete(secret);
  }

  /** A PDF of one page whose print, of this many spaces, is packed this many times. */
  private static byte[] packed(int megabytes, int times) throws IOException {
    byte[] print = new byte[0];
    for (int i = 0; i < times; i++) {
      var out = new ByteArrayOutputStream();
      try (var deflater = new DeflaterOutputStream(out)) {
        deflater.write(print);
        if (i == 0) for (int mb = 0; mb < megabytes; mb++) deflater.write(" ".repeat(1 << 20).getBytes(UTF_8));
      }
      print = out.toByteArray();
    }
    var pdf = new ByteArrayOutputStream();
    pdf.write(
        ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
            + print.length
            + "/Filter[" + "/FlateDecode".repeat(times) + "]>>stream\n").getBytes(UTF_8));
    pdf.write(print);
    pdf.write("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF".getBytes(UTF_8));
    return pdf.toByteArray();
  }

  @Test void a_page_that_would_fill_the_memory_is_not_opened() throws IOException {
    assertThat(read(packed(8, 1)).legibility()).as("8 MB are bearable").isEqualTo(Legibility.NO_TEXT);
    assertThat(read(packed(128, 1)).legibility()).isEqualTo(Legibility.UNREADABLE);
    assertThat(read(packed(8, 2)).legibility()).as("packed twice").isEqualTo(Legibility.UNREADABLE);
  }

  /** A PDF of one page with these further objects, from number 4 on. */
  private static byte[] made(String page, String... objects) {
    var pdf = new StringBuilder("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]")
        .append(page).append(">>endobj\n");
    for (int i = 0; i < objects.length; i++) pdf.append(i + 4).append(" 0 obj").append(objects[i]).append("endobj\n");
    return pdf.append("trailer<</Root 1 0 R>>\n%%EOF").toString().getBytes(UTF_8);
  }

  private static String stream(String dictionary, String print) {
    return "<<" + dictionary + "/Length " + print.length() + ">>stream\n" + print + "\nendstream ";
  }

  @Test void a_document_that_leads_round_in_circles_comes_to_an_end() {
    var forms = "/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>/Contents 4 0 R";
    var both = "q /A Do /B Do Q ".repeat(40);
    var form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R/B 5 0 R>>>>";
    long before = System.nanoTime();
    assertThat(read(made(forms, stream("", both), stream(form, both), stream(form, both))).sayings()).isEmpty();
    assertThat(read(made("/Contents 4 0 R", "[".repeat(200_000))).sayings()).isEmpty();
    assertThat(read(made("/Contents [4 0 R 4 0 R]", "[4 0 R]")).sayings()).isEmpty();
    assertThat((System.nanoTime() - before) / 1_000_000_000).isLessThan(60);
    assertThat(read(Paper.pdf(List.of("Total: EUR 5.00"))).legibility()).as("and the next is read")
        .isEqualTo(Legibility.READ);
  }

  @Test void a_book_is_read_in_part() {
    var pages = Collections.nCopies(61, List.of("EUR 1.00"));
    @SuppressWarnings("unchecked") List<String>[] book = pages.toArray(List[]::new);
    assertThat(read(Paper.pdf(book)).legibility()).isEqualTo(Legibility.IN_PART);
    assertThat(read("EUR 1.00 EUR 2.00\n".repeat(10_000).getBytes(UTF_8)).legibility())
        .isEqualTo(Legibility.IN_PART);
  }

  @Test void a_line_made_to_hold_the_reader_up_does_not() {
    for (var nasty : List.of("1,111".repeat(400), "invoice no no no ".repeat(120), " ".repeat(1999) + "1",
        "a1-".repeat(600), "$".repeat(1999), "1.1.1.1.".repeat(250), "2026-".repeat(400), "6 march ".repeat(250))) {
      long before = System.nanoTime();
      read((nasty + "\n").repeat(50));
      assertThat((System.nanoTime() - before) / 1_000_000).as(nasty.substring(0, 9)).isLessThan(5_000);
    }
  }

  // Real documents

  private static byte[] given(String name) throws IOException {
    var file = DATA.resolve(name);
    assumeTrue(Files.exists(file), () -> "NOT SEEN: " + file.toAbsolutePath() + " is not there; name its folder with"
        + " REDRESS_DATA");
    return Files.readAllBytes(file);
  }

  private static List<String> told(List<Saying> sayings, boolean within, Set<Sum> sums) {
    return only(Amount.class, sayings).stream().filter(it -> it.at().part().isEmpty() != within)
        .filter(it -> sums.contains(it.sum())).map(Object::toString).toList();
  }

  // @formatter:off
  /** Looked up by hand in the printed pages. */
  @ParameterizedTest @CsvSource({
      "EN16931_1_Teilrechnung, 471102, 2018-06-05, 2018-06-03, 2018-471331, 197.65, 147.65",
      "EN16931_2_Teilrechnung, 471113, 2018-06-13, 2018-06-03, 2018-471331, 23.54, 23.54",
      "EN16931_Einfach, 471102, 2018-03-05, 2018-03-05, , 529.87, 529.87",
      "EN16931_Einfach_negativePaymentDue, 471102, 2018-03-05, 2018-03-05, , 529.87, -529.87",
      "EN16931_Gutschrift, 471102, 2018-03-05, 2018-03-05, , 529.87, 529.87",
      "EN16931_Rabatte, 471102, 2018-06-05, 2018-06-03, 2013-471331, 215.07, 165.07",
      "EN16931_Rechnungskorrektur, RK21012345, 2018-09-16, 2018-08-05, B123456789, -8.79, -8.79"})
  // @formatter:on
  void a_real_invoice_says_the_same_within_and_in_print(String file, String number, LocalDate issued,
      LocalDate delivered, @org.jspecify.annotations.Nullable String order,
      String total, String due) throws IOException {
    var said = read(given("evidence/zugferd/" + file + ".pdf"));
    assertThat(said.legibility()).isEqualTo(Legibility.READ);
    var claims = Set.of(Sum.TOTAL, Sum.DUE, Sum.CREDIT);
    var both = List.of(total + " EUR", due + " EUR");
    assertThat(told(said.sayings(), true, claims)).isEqualTo(both);
    assertThat(told(said.sayings(), false, claims)).isEqualTo(both);
    for (boolean within : List.of(true, false)) {
      var days = only(Day.class, said.sayings()).stream().filter(it -> it.at().part().isEmpty() != within).toList();
      assertThat(days.stream().filter(it -> it.when() == When.ISSUED).findFirst().orElseThrow().day())
          .isEqualTo(issued);
      assertThat(days.stream().filter(it -> it.when() == When.DELIVERED).findFirst().orElseThrow().day())
          .isEqualTo(delivered);
      var names = only(Reference.class, said.sayings()).stream().filter(it -> it.at().part().isEmpty() != within)
          .map(it -> it.naming() + " " + it).toList();
      assertThat(names).contains("INVOICE " + number);
      if (order != null) assertThat(names).contains("ORDER " + order);
    }
  }

  @Test void the_lines_of_real_conversations_say_what_they_say_and_no_more() throws IOException {
    var lines = new String(given("chat/multidogo_finance_dev.tsv"), UTF_8).lines().skip(1)
        .map(line -> line.split("\t", -1)).filter(cells -> cells.length > 3).map(cells -> cells[3]).toList();
    var said = read(String.join("\n", lines));
    assertThat(lines).hasSize(2_167);
    // Counted by hand among the lines with a digit and a currency, or with a month and a year.
    assertThat(only(Amount.class, said)).extracting(Object::toString)
        .containsExactly("150 $", "100 $", "2750 $", "100 $", "1000 $", "10 $");
    assertThat(only(Day.class, said)).extracting(it -> it.day().toString()).containsExactly("2018-05-22", "2018-06-18",
        "2018-06-23", "2018-06-20", "2018-06-24", "2018-06-20", "2018-06-06", "2018-06-17", "2018-06-17", "2018-06-08",
        "2018-05-25");
    for (var it : said) {
      var line = lines.get(it.at().line() - 1);
      assertThat(line).as("its place").containsPattern("\\d");
    }
  }

  @Test void people_who_bargain_over_firewood_name_hardly_an_amount() throws IOException {
    var json = new tools.jackson.databind.json.JsonMapper().readTree(given("chat/casino_train.json"));
    var lines = json.findValuesAsString("text").stream().map(it -> it.replace('\n', ' ')).toList();
    assertThat(lines).hasSize(12_501);
    var said = only(Amount.class, read(String.join("\n", lines)));
    assertThat(said.stream().filter(it -> it.currency().equals("$"))).extracting(Object::toString)
        .containsExactly("0.40 $", "3 $", "3 $", "2 $", "1 $", "9 $", "9 $");
    assertThat(said).hasSizeLessThanOrEqualTo(10);
    assertThat(IntStream.range(0, lines.size()).filter(i -> lines.get(i).contains("$")).count()).isEqualTo(3);
  }
}
