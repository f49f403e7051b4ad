package redress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.check.Testimony.Rule.*;
import static redress.check.Testimony.Verdict.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redress.check.Known.Promised;
import redress.check.Known.Refunded;
import redress.check.Saying.Amount;
import redress.check.Saying.Day;
import redress.check.Saying.Naming;
import redress.check.Saying.Place;
import redress.check.Saying.Reference;
import redress.check.Saying.Sum;
import redress.check.Saying.When;
import redress.check.Testimony.Claim;
import redress.check.Testimony.Piece;
import redress.check.Testimony.Rule;

/** What speaks for and what speaks against: each rule both ways. */
class TestimonyTest {
  private static final String DISPUTE = "dsp_0001234567890abcdef";
  private static final String ELSEWHERE = "dsp_0009999999990abcdef";
  private static final LocalDate PAID = LocalDate.of(2026, 3, 1);
  private static final LocalDate SETTLED = LocalDate.of(2026, 3, 10);

  /**
   * A payment of 100.00 euros, 60.00 of it disputed; 40.00 are promised for March 20 and were refunded since March 10.
   */
  private static final Known KNOWN = new Known("EUR", 10_000, PAID, Set.of("pay-77", "2026030122001412345678901234"),
      DISPUTE, 6_000, List.of(new Promised(11, 4_000, LocalDate.of(2026, 3, 20))),
      List.of(new Refunded(Set.of(DISPUTE + "-r1"), 4_000, SETTLED)), false);

  private final List<Saying> sayings = new ArrayList<>();
  private Claim claim = Claim.OTHER;
  private boolean merchant;
  private Known known = KNOWN;

  private TestimonyTest as(Claim given) {
    claim = given;
    return this;
  }

  private TestimonyTest sum(int line, long digits, String currency, Sum sum) {
    sayings.add(new Amount(new Place("", 1, line), digits, 2, currency, sum));
    return this;
  }

  private TestimonyTest within(long digits, Sum sum) {
    sayings.add(new Amount(new Place("factur-x.xml", 0, 9), digits, 2, "EUR", sum));
    return this;
  }

  private TestimonyTest name(int line, String value) {
    var naming = value.startsWith("dsp_") ? Naming.DISPUTE : Naming.ANY;
    sayings.add(new Reference(new Place("", 1, line), value, naming));
    return this;
  }

  private TestimonyTest day(int line, int month, int day) {
    var it = LocalDate.of(2026, month, day);
    sayings.add(new Day(new Place("", 1, line), it, it, When.ANY));
    return this;
  }

  private Testimony weigh() {
    return Testimony.of(List.of(new Piece(1, claim, merchant, sayings)), known).getFirst();
  }

  private void says(Rule... rules) {
    var testimony = weigh();
    assertThat(testimony.points()).extracting(Testimony.Point::rule).containsExactlyInAnyOrder(rules);
    var against = Arrays.stream(rules).anyMatch(rule -> rule.contradicts);
    assertThat(testimony.verdict()).isEqualTo(against ? CONTRADICTS : rules.length == 0 ? SILENT : CORROBORATES);
    assertThat(testimony.points())
        .allSatisfy(point -> assertThat(point.rule() == NOT_IN_THE_BOOKS || point.at() != null)
            .as("it has its place").isTrue());
  }

  private static TestimonyTest a(Claim claim) {
    return new TestimonyTest().as(claim);
  }

  @Test void a_document_that_says_nothing_is_silent() {
    for (var claim : Claim.values()) a(claim).says();
  }

  @Test void what_is_known_is_corroborated_with_its_place() {
    a(Claim.OTHER).name(3, "pay-77").says(PAYMENT_NAMED);
    a(Claim.OTHER).name(3, DISPUTE).says(DISPUTE_NAMED);
    a(Claim.OTHER).name(3, DISPUTE + "-r1").says(REFUND_NAMED);
    a(Claim.OTHER).name(3, DISPUTE + "-o11").says(DISPUTE_NAMED);
    a(Claim.OTHER).sum(3, 10_000, "EUR", Sum.ANY).says(PAYMENT_AMOUNT);
    a(Claim.OTHER).sum(3, 6_000, "EUR", Sum.ANY).says(DISPUTED_AMOUNT);
    a(Claim.OTHER).sum(3, 4_000, "EUR", Sum.ANY).says(PROMISED_AMOUNT);
    a(Claim.REFUND).sum(3, -4_000, "EUR", Sum.ANY).says(REFUND_AMOUNT);
    a(Claim.OTHER).day(3, 2, 28).says(PAYMENT_DAY);
    a(Claim.OTHER).day(3, 3, 21).says(PROMISED_DAY);
    a(Claim.OTHER).day(3, 2, 27).says();
    var point = a(Claim.SALE).sum(14, 10_000, "EUR", Sum.TOTAL).weigh().points().getFirst();
    assertThat(point).isEqualTo(new Testimony.Point(PAYMENT_AMOUNT, new Place("", 1, 14), "100.00 EUR", "100.00 EUR"));
  }

  @Test void a_bare_number_is_believed_only_where_it_is_told_what_it_is() {
    a(Claim.SALE).sum(3, 10_000, "", Sum.ANY).says();
    a(Claim.SALE).sum(3, 10_000, "", Sum.TOTAL).says(PAYMENT_AMOUNT);
    a(Claim.SALE).sum(3, 10_000, "", Sum.ANY).name(3, "pay-77").says(PAYMENT_AMOUNT, PAYMENT_NAMED);
    a(Claim.SALE).sum(3, 10_000, "", Sum.ANY).name(4, "pay-77").says(PAYMENT_NAMED);
    a(Claim.SALE).sum(3, 10_000, "CNY", Sum.TOTAL).as(Claim.SALE).says();
  }

  @Test void signs_that_several_currencies_share_are_read_as_the_payments_own() {
    var yuan = new Known("CNY", 10_000, PAID, Set.of("pay-77"), DISPUTE, 0, List.of(), List.of(), false);
    for (var sign : List.of("¥", "元", "CNY")) {
      var it = a(Claim.SALE).sum(1, 10_000, sign, Sum.TOTAL);
      it.known = yuan;
      it.says(PAYMENT_AMOUNT);
    }
    var yen = a(Claim.SALE);
    yen.known = new Known("JPY", 1_200, PAID, Set.of(), DISPUTE, 0, List.of(), List.of(), false);
    yen.sayings.add(new Amount(new Place("", 1, 1), 1_200, 0, "¥", Sum.TOTAL));
    yen.says(PAYMENT_AMOUNT);
    assertThat(new Amount(new Place("", 1, 1), 12_345, 3, "EUR", Sum.ANY).minor("EUR")).as("no such fraction")
        .isEmpty();
    assertThat(new Amount(new Place("", 1, 1), 99_000, 4, "EUR", Sum.ANY).minor("EUR")).hasValue(990);
    assertThat(new Amount(new Place("", 1, 1), 1_250, 3, "KWD", Sum.ANY).minor("KWD")).hasValue(1_250);
  }

  @Test void an_invoice_with_another_total_contradicts() {
    a(Claim.SALE).sum(1, 9_900, "EUR", Sum.TOTAL).says(OTHER_TOTAL);
    a(Claim.SALE).within(9_900, Sum.DUE).says(OTHER_TOTAL);
    var point = a(Claim.SALE).sum(8, 9_900, "EUR", Sum.DUE).weigh().points().getFirst();
    assertThat(point).isEqualTo(new Testimony.Point(OTHER_TOTAL, new Place("", 1, 8), "99.00 EUR", "100.00 EUR"));
  }

  @Test void an_invoice_does_not_contradict_by_what_it_does_not_claim() {
    a(Claim.SALE).sum(1, 9_900, "EUR", Sum.ANY).says();
    a(Claim.SALE).sum(1, 9_900, "", Sum.TOTAL).says();
    a(Claim.SALE).sum(1, 9_900, "USD", Sum.TOTAL).says();
    a(Claim.SALE).sum(1, 9_900, "EUR", Sum.PREPAID).says();
    a(Claim.SALE).sum(1, -9_900, "EUR", Sum.TOTAL).says();
    a(Claim.SALE).sum(1, 9_900, "EUR", Sum.CREDIT).says();
    for (var other : EnumSet.complementOf(EnumSet.of(Claim.SALE))) a(other).sum(1, 9_900, "EUR", Sum.TOTAL).says();
  }

  @Test void an_invoice_that_names_a_known_amount_anywhere_does_not_contradict() {
    a(Claim.SALE).sum(1, 15_000, "EUR", Sum.TOTAL).sum(2, 10_000, "EUR", Sum.DUE).says(PAYMENT_AMOUNT);
    a(Claim.SALE).sum(1, 15_000, "EUR", Sum.TOTAL).sum(2, 4_000, "", Sum.ANY).says();
    a(Claim.SALE).sum(1, 15_000, "EUR", Sum.TOTAL).sum(2, 6_000, "EUR", Sum.ANY).says(DISPUTED_AMOUNT);
  }

  @Test void invoices_that_make_up_the_payment_together_do_not_contradict_one_by_one() {
    var pieces = List.of(piece(1, Claim.SALE, 7_000), piece(2, Claim.SALE, 3_000));
    assertThat(Testimony.of(pieces, KNOWN)).extracting(Testimony::verdict).containsExactly(SILENT, SILENT);
    var wrong = List.of(piece(1, Claim.SALE, 7_000), piece(2, Claim.SALE, 3_001));
    assertThat(Testimony.of(wrong, KNOWN)).extracting(Testimony::verdict).containsExactly(CONTRADICTS, CONTRADICTS);
    var mixed = List.of(piece(1, Claim.SALE, 7_000), piece(2, Claim.RECORD, 3_000));
    assertThat(Testimony.of(mixed, KNOWN)).extracting(Testimony::verdict).containsExactly(CONTRADICTS, SILENT);
  }

  private static Piece piece(int number, Claim claim, long total) {
    return new Piece(number, claim, true,
        List.of(new Amount(new Place("", 1, 1), total, 2, "EUR", Sum.TOTAL)));
  }

  @Test void an_invoice_whose_print_and_file_differ_contradicts_itself() {
    a(Claim.SALE).within(10_000, Sum.TOTAL).sum(9, 7_000, "EUR", Sum.TOTAL).says(ITSELF, PAYMENT_AMOUNT);
    a(Claim.SALE).within(10_000, Sum.TOTAL).sum(9, 10_000, "", Sum.TOTAL).says(PAYMENT_AMOUNT);
    a(Claim.SALE).within(10_000, Sum.TOTAL).sum(9, 7_000, "EUR", Sum.ANY).says(PAYMENT_AMOUNT);
    a(Claim.OTHER).within(10_000, Sum.TOTAL).sum(9, 7_000, "EUR", Sum.TOTAL).says(PAYMENT_AMOUNT);
  }

  @Test void a_record_that_names_the_payment_beside_another_amount_contradicts() {
    for (var claim : EnumSet.of(Claim.SALE, Claim.REFUND, Claim.RECORD)) {
      a(claim).name(3, "pay-77").sum(3, 9_900, "EUR", Sum.ANY).says(PAYMENT_NAMED, OTHER_AMOUNT);
    }
    a(Claim.RECORD).name(3, "pay-77").sum(4, 9_900, "EUR", Sum.ANY).says(PAYMENT_NAMED);
    a(Claim.RECORD).name(3, "pay-77").sum(3, 9_900, "", Sum.ANY).says(PAYMENT_NAMED);
    a(Claim.RECORD).name(3, "pay-77").sum(3, 100, "EUR", Sum.FEE).says(PAYMENT_NAMED);
    a(Claim.RECORD).name(3, "pay-77").sum(3, 9_900, "EUR", Sum.ANY).sum(3, -10_000, "EUR", Sum.ANY)
        .says(PAYMENT_NAMED, PAYMENT_AMOUNT);
    a(Claim.RECORD).name(3, "pay-77").sum(3, 9_900, "EUR", Sum.ANY).sum(7, 10_000, "EUR", Sum.TOTAL)
        .says(PAYMENT_NAMED, PAYMENT_AMOUNT);
  }

  @Test void people_who_talk_name_many_amounts_and_contradict_nothing() {
    a(Claim.OTHER).name(3, "pay-77").sum(3, 9_900, "EUR", Sum.TOTAL).day(3, 1, 1).says(PAYMENT_NAMED);
  }

  @Test void a_refund_record_with_another_amount_contradicts() {
    for (var claim : EnumSet.of(Claim.REFUND, Claim.REFUND_OUTSIDE)) {
      a(claim).name(3, DISPUTE + "-r1").sum(3, 3_900, "EUR", Sum.ANY).says(REFUND_NAMED, OTHER_REFUND);
      a(claim).name(3, DISPUTE + "-r1").sum(9, 3_900, "EUR", Sum.ANY).says(REFUND_NAMED, OTHER_REFUND);
      a(claim).name(3, DISPUTE + "-r1").sum(3, 3_900, "EUR", Sum.ANY).sum(3, 4_000, "EUR", Sum.ANY)
          .says(REFUND_NAMED, REFUND_AMOUNT);
    }
    a(Claim.REFUND).name(3, DISPUTE + "-r1").sum(3, 3_900, "USD", Sum.ANY).says(REFUND_NAMED);
    a(Claim.OTHER).name(3, DISPUTE + "-r1").sum(3, 3_900, "EUR", Sum.ANY).says(REFUND_NAMED);
    a(Claim.REFUND).name(3, DISPUTE + "-r1").name(9, ELSEWHERE + "-r1").sum(9, 3_900, "EUR", Sum.ANY)
        .says(REFUND_NAMED);
  }

  @Test void a_list_of_refunds_is_held_against_each_on_its_own_line() {
    var list = a(Claim.REFUND).name(3, DISPUTE + "-r1").sum(3, 4_000, "EUR", Sum.ANY);
    list.sayings.add(new Reference(new Place("", 1, 4), "RF-99", Naming.REFUND));
    list.sum(4, 900, "EUR", Sum.ANY).says(REFUND_NAMED, REFUND_AMOUNT);
    var other = a(Claim.REFUND).name(3, DISPUTE + "-r1");
    other.sayings.add(new Reference(new Place("", 1, 4), "RF-99", Naming.REFUND));
    other.sum(4, 900, "EUR", Sum.ANY).says(REFUND_NAMED);
  }

  @Test void a_refund_record_from_before_there_was_one_contradicts() {
    a(Claim.REFUND).name(3, DISPUTE + "-r1").day(3, 3, 8).says(REFUND_NAMED, TOO_EARLY);
    a(Claim.REFUND).name(3, DISPUTE + "-r1").day(3, 3, 9).says(REFUND_NAMED);
    a(Claim.REFUND).name(3, DISPUTE + "-r1").day(3, 3, 8).day(9, 3, 11).says(REFUND_NAMED);
    a(Claim.REFUND).name(3, "pay-77").day(3, 3, 5).says(PAYMENT_NAMED);
    a(Claim.REFUND).name(3, "pay-77").day(3, 2, 5).says(PAYMENT_NAMED, TOO_EARLY);
    a(Claim.REFUND).day(3, 2, 5).says();
    a(Claim.RECORD).name(3, DISPUTE + "-r1").day(3, 3, 5).says(REFUND_NAMED);
    var open = a(Claim.REFUND).name(3, DISPUTE + "-r1");
    open.sayings.add(new Day(new Place("", 1, 3), LocalDate.of(2026, 2, 5), LocalDate.of(2026, 5, 2), When.ANY));
    open.says(REFUND_NAMED);
  }

  @Test void a_refund_record_of_another_dispute_contradicts() {
    a(Claim.REFUND).name(3, ELSEWHERE + "-r1").says(OTHER_DISPUTE);
    a(Claim.REFUND).name(3, ELSEWHERE + "-r1").name(4, DISPUTE + "-r1").says(REFUND_NAMED);
    a(Claim.REFUND).name(3, ELSEWHERE + "-r1").name(4, "pay-77").says(PAYMENT_NAMED);
    a(Claim.RECORD).name(3, ELSEWHERE + "-r1").says();
  }

  @Test void a_merchants_refund_record_contradicts_books_without_a_refund() {
    for (boolean merchant : new boolean[] {true, false}) {
      for (boolean empty : new boolean[] {true, false}) {
        var it = a(Claim.REFUND);
        it.merchant = merchant;
        it.known = new Known("EUR", 10_000, PAID, Set.of(), DISPUTE, 0, List.of(), List.of(), empty);
        it.says(merchant && empty ? new Rule[] {NOT_IN_THE_BOOKS} : new Rule[0]);
        it.claim = Claim.REFUND_OUTSIDE;
        it.says();
      }
    }
  }

  @Test void what_contradicts_is_never_what_is_left_out() {
    var many = a(Claim.REFUND).name(3, DISPUTE + "-r1").sum(3, 3_900, "EUR", Sum.ANY);
    var promises = java.util.stream.IntStream.rangeClosed(1, 90).mapToObj(i -> new Promised(i, i, null)).toList();
    many.known = new Known("EUR", 10_000, PAID, Set.of(), DISPUTE, 0, promises, KNOWN.refunds(), false);
    for (int i = 1; i <= 90; i++) many.sum(i + 5, i, "EUR", Sum.ANY);
    var testimony = many.weigh();
    assertThat(testimony.points()).hasSize(40);
    assertThat(testimony.points().getFirst().rule()).isEqualTo(OTHER_REFUND);
  }

  @Test void every_rule_is_written_down_in_both_languages() throws IOException {
    var page = Files.readString(Path.of("../docs/evidence-audit.md"));
    for (var rule : Rule.values()) {
      assertThat(page.lines().filter(line -> line.startsWith("| " + rule + " |"))).singleElement().asString()
          .contains("| " + rule.english + " | " + rule.chinese + " |");
    }
    for (var it : Testimony.Legibility.values()) {
      assertThat(page).contains("| " + it + " | " + it.english + " | " + it.chinese + " |");
    }
  }
}
