package redress.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static redress.store.TestDatabase.MORNING;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.check.Facts.State;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.dispute.Payment;
import redress.store.Movement.Kind;
import redress.store.Payments.Registered;
import redress.store.Statements.Cover;
import redress.store.Statements.Flaw;
import redress.store.Statements.Statement;
import redress.store.Statements.Taken;

class RecordsTest {
  private static TestDatabase database;
  private static Statements statements;
  private static Records records;

  @BeforeAll static void open() {
    database = new TestDatabase();
    statements = new Statements(database.pool);
    records = new Records(database.sql);
  }

  @AfterAll static void close() {
    database.close();
  }

  @Test void a_record_belongs_to_the_payment_that_its_file_calls_by_the_name_it_has_at_its_provider() throws Exception {
    register("pay-linked", "ALI-1", "order-77");
    take("a", paid("ALI-1", "t-1", "order-77", "", 10_000), refunded("ALI-1", "t-2", "elsewhere", "order-77", -2_500));
    assertThat(records.ofPayment("pay-linked")).extracting(Records.Kept::minor).containsExactly(10_000L, -2_500L);
    assertThat(records.ofPayment("pay-linked")).allSatisfy(kept -> {
      assertThat(kept.home()).isEqualTo(Home.of("pay-linked"));
      assertThat(kept.statement()).isEqualTo("a");
    });
  }

  @Test void a_payment_registered_later_finds_its_records_and_an_overlapping_file_brings_none_twice() throws Exception {
    var before = take("b1", paid("ALI-2", "t-10", "late-1", "", 700), paid("ALI-2", "t-11", "x", "late-1", 800));
    assertThat(before.fresh()).isEqualTo(2);
    register("pay-late", "ALI-2", "late-1");
    assertThat(records.ofPayment("pay-late")).hasSize(2);
    var after = take("b2", paid("ALI-2", "t-10", "late-1", "", 700), paid("ALI-2", "t-12", "late-1", "", 900));
    assertThat(after).extracting(Statement::fresh, Statement::duplicate).containsExactly(1L, 1L);
    assertThat(records.relink("ALI-2")).isEqualTo(1);
    assertThat(records.relink("ALI-2")).isZero();
    assertThat(records.ofPayment("pay-late")).hasSize(3)
        .allSatisfy(kept -> assertThat(kept.payment()).isEqualTo("pay-late"));
  }

  @Test void a_name_that_two_payments_share_links_with_neither() throws Exception {
    register("pay-twin-1", "ALI-3", "shared");
    register("pay-twin-2", "ALI-3", "shared");
    take("c", paid("ALI-3", "t-20", "shared", "", 100));
    assertThat(count("payment = '' and called = 'shared'")).isEqualTo(1);
  }

  @Test void a_dispute_is_found_in_reference_or_memo_with_its_refund_or_promise() throws Exception {
    var dispute = DisputeId.parse("dsp_0070000000000000abc").orElseThrow();
    take("d", movement("BANK", Kind.OTHER, State.SUCCEEDED, "", dispute + "-r2", "", "", -300, "", 1),
        movement("BANK", Kind.OTHER, State.SUCCEEDED, "", "x", "", "", -400, "sent for " + dispute + "-o5.", 2));
    assertThat(records.ofDispute(dispute))
        .extracting(Records.Kept::refund, Records.Kept::obligation, Records.Kept::home)
        .containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple(2, 0, 7),
            org.assertj.core.groups.Tuple.tuple(0, 5, 7));
  }

  @Test void equal_lines_without_an_id_are_so_many_movements_and_counted_once_by_an_overlapping_file()
      throws Exception {
    var coffee = movement("BANK-2", Kind.OTHER, State.SUCCEEDED, "", "", "", "", -350, "coffee", 1);
    assertThat(take("e1", coffee, coffee).fresh()).isEqualTo(2);
    assertThat(take("e2", coffee, coffee, coffee)).extracting(Statement::fresh, Statement::duplicate)
        .containsExactly(1L, 2L);
  }

  @Test void what_was_under_way_moves_on_and_what_was_done_does_not_fail_later() throws Exception {
    take("f1", refund(State.PROCESSING));
    assertThat(take("f2", refund(State.SUCCEEDED), other("ALI-4")).fresh()).isEqualTo(2);
    assertThat(take("f3", refund(State.FAILED), other("ALI-5")).fresh()).isEqualTo(1);
    assertThat(count("provider_id = 't-40' and state = 'SUCCEEDED'")).isEqualTo(1);
    assertThat(take("f4", refund(State.REVERSED), other("ALI-6")).fresh()).isEqualTo(2);
    assertThat(count("provider_id = 't-40'")).isEqualTo(1);
  }

  @Test void the_same_file_is_known_and_a_file_that_breaks_off_leaves_nothing() throws Exception {
    var cover = new Cover("g", true, "TEST", "file", MORNING, "me");
    Statements.Lines lines = sink -> {
      sink.take(paid("ALI-7", "t-50", "n", "", 1));
      sink.flaw(new Flaw(2, Flaw.Kind.BROKEN, "AMOUNT", "column 3"));
      sink.flaw(new Flaw(0, Flaw.Kind.TOTAL, "COUNT", "told 2, found 1"));
      return "ALI-7";
    };
    var first = statements.take(cover, lines);
    assertThat(first.statement()).extracting(Statement::lines, Statement::broken, Statement::mismatches)
        .containsExactly(2L, 1L, 1L);
    assertThat(statements.take(cover, lines)).isEqualTo(new Taken(first.statement(), true));
    assertThat(statements.flaws("g")).hasSize(2);
    assertThat(statements.list(true, MORNING.plusSeconds(1), "", 100)).contains(first.statement());
    assertThatThrownBy(() -> statements.take(new Cover("h", true, "TEST", "file", MORNING, "me"), sink -> {
      sink.take(other("ALI-8"));
      throw new IOException("the disk is gone");
    })).isInstanceOf(IOException.class);
    assertThat(statements.find("h")).isEmpty();
    assertThat(count("book = 'ALI-8'")).isZero();
  }

  @Test void words_with_every_odd_character_come_back_as_they_were() throws Exception {
    take("i", movement("ODD", Kind.OTHER, State.SUCCEEDED, "", "a\\b\\N", "", "", 1, "退款 \\. ' \" 😀", 1));
    assertThat(count("book = 'ODD' and reference = 'a\\b\\N' and memo = '退款 \\. '' \" 😀'")).isEqualTo(1);
  }

  @Test void what_a_test_caller_imports_tells_nothing_of_a_live_payment() throws Exception {
    register("pay-live", "ALI-9", "live-1");
    var cover = new Cover("j", false, "TEST", "j.csv", MORNING, "me");
    statements.take(cover, sink -> {
      sink.take(refunded("ALI-9", "t-90", "live-1", "", -10_000));
      return "ALI-9";
    });
    assertThat(records.ofPayment("pay-live")).isEmpty();
    assertThat(records.relink("ALI-9")).isZero();
    assertThat(statements.find("j")).isEmpty();
    assertThat(statements.find("test_j")).isPresent();
    assertThat(take("j", refunded("ALI-9", "t-90", "live-1", "", -10_000)).fresh()).isEqualTo(1);
    assertThat(records.ofPayment("pay-live")).hasSize(1);
  }

  private static Movement refund(State state) {
    return movement("ALI-4", Kind.REFUND, state, "t-40", "r-1", "t-40", "order-4", -100, "", 1);
  }

  private static Movement other(String book) {
    return paid(book, "t-of-" + book, "n", "", 5);
  }

  private static Movement paid(String book, String id, String called, String alias, long minor) {
    return new Movement(book, Kind.PAYMENT, State.SUCCEEDED, id, id, id, called, alias, minor, "EUR", 0, "", "",
        MORNING, 1);
  }

  private static Movement refunded(String book, String id, String called, String alias, long minor) {
    return new Movement(book, Kind.REFUND, State.SUCCEEDED, id, id, id, called, alias, minor, "EUR", 0, "", "",
        MORNING.plusSeconds(1), 2);
  }

  private static Movement movement(String book, Kind kind, State state, String own, String reference, String providerId,
      String called, long minor, String memo, long line) {
    return new Movement(book, kind, state, own, reference, providerId, called, "", minor, "EUR", 0, "", memo, MORNING,
        line);
  }

  private static void register(String id, String provider, String atProvider) {
    var payment = Payment.registered(id, "buyer-1", "shop-1", 10_000, "EUR", Set.of(), MORNING, provider, true)
        .called(atProvider);
    database.payments.register(new Registered(payment, null, "{}"), MORNING);
  }

  private static Statement take(String id, Movement... movements) throws IOException {
    return statements.take(new Cover(id, true, "TEST", id + ".csv", MORNING, "me"), sink -> {
      for (var movement : List.of(movements)) sink.take(movement);
      return movements[0].book();
    }).statement();
  }

  private static long count(String where) {
    return database.sql.sql("select count(*) from record where " + where).query(Long.class).single();
  }
}
