package redress.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static redress.store.TestDatabase.MORNING;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Payment;
import redress.dispute.Words;
import redress.policy.RuleSet;
import redress.seal.Digest;
import redress.store.Errands.Work;
import redress.store.Payments.Registered;
import redress.store.Payments.Registration;

class StoreTest {
  private static TestDatabase database;

  @BeforeAll static void open() {
    database = new TestDatabase();
  }

  @AfterAll static void close() {
    database.close();
  }

  @Test void a_payment_opens_its_books_once_however_often_it_is_registered() {
    var payment = database.pay("opens-books");
    var registered = new Registered(payment, null, "{}");
    assertThat(database.payments.register(registered, MORNING)).isEqualTo(Registration.SAME);
    assertThat(database.payments.find("opens-books")).contains(registered);
    assertThat(entries("opens-books")).isEqualTo(1);
    assertThat(balance("opens-books", "provider.settlement")).isEqualTo(10_000);
    assertThat(balance("opens-books", "merchant.available")).isEqualTo(-10_000);
  }

  @Test void captured_data_are_put_right_by_entries_of_their_own_while_nothing_has_happened() {
    var payment = database.pay("put-right");
    var corrected = Payment.registered(payment.id(), payment.payer(), payment.merchant(), 9_000, "EUR", payment.items(),
        payment.capturedAt(), payment.provider(), true);
    assertThat(database.payments.register(new Registered(corrected, null, "{}"), MORNING))
        .isEqualTo(Registration.CORRECTED);
    assertThat(entries("put-right")).isEqualTo(3);
    assertThat(balance("put-right", "provider.settlement")).isEqualTo(9_000);
    assertThat(database.payments.find("put-right").orElseThrow().payment()).isEqualTo(corrected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update event set n = n + 1", "delete from event", "truncate event",
      "update ledger_entry set cause = ''", "delete from ledger_entry", "update ledger_line set minor = 1",
      "delete from ledger_line", "update rule_set set body = '{}'", "delete from flyway_schema_history",
      "drop table event",
      "create table mine (id int)"}) void what_happened_and_what_was_booked_cannot_be_changed_by_the_application(
          String statement) throws SQLException {
    try (var connection = database.pool.getConnection(); var changing = connection.createStatement()) {
      assertThatThrownBy(() -> changing.execute(statement)).isInstanceOf(SQLException.class)
          .satisfies(refused -> assertThat(((SQLException) refused).getSQLState()).isEqualTo("42501"));
    }
  }

  @Test void a_party_is_registered_once_and_brought_up_to_date() {
    var party = new Party("buyer-7", Party.Kind.BUYER, "acc-7", 1, MORNING, ZoneId.of("Asia/Shanghai"), "zh");
    assertThat(database.parties.put(party, new Party.Contact("Li", "li@example.org", ""))).isTrue();
    var better = new Party("buyer-7", Party.Kind.BUYER, "acc-7", 2, MORNING, ZoneId.of("Asia/Shanghai"), "zh");
    assertThat(database.parties.put(better, Party.Contact.NONE)).isFalse();
    assertThat(database.parties.find("buyer-7")).contains(better);
    assertThat(database.parties.contact("buyer-7")).isEqualTo(Party.Contact.NONE);
    assertThat(database.parties.find("nobody")).isEmpty();
  }

  @Test void the_key_of_one_text_opens_no_other_text_of_its_writer() {
    var keys = new SubjectKeys(database.sql);
    var commitment = keys.commitment("li", "wrd_1", "It is scratched.");
    var opened = HexFormat.of().parseHex(Digest.keyed(keys.of("li"), "wrd_1"));
    assertThat(Digest.keyed(opened, "It is scratched.")).isEqualTo(commitment);
    assertThat(keys.of("li", "wrd_1")).isEqualTo(opened).isNotEqualTo(keys.of("li", "wrd_2"))
        .isNotEqualTo(keys.of("wu", "wrd_1"));
    assertThat(keys.commitment("li", "wrd_2", "It is scratched.")).isNotEqualTo(commitment);
  }

  @Test void a_text_is_held_against_its_commitment_in_the_present_form_and_in_the_former_one() {
    var keys = new SubjectKeys(database.sql);
    var present = new Words("wrd_3", keys.commitment("li", "wrd_3", "yes"), 3);
    var former = new Words("wrd_4", Digest.keyed(keys.of("li"), "yes"), 3);
    assertThat(List.of(present, former)).allMatch(words -> keys.isIntact("li", words, "yes"))
        .noneMatch(words -> keys.isIntact("li", words, "no")).noneMatch(words -> keys.isIntact("wu", words, "yes"));
  }

  @Test void a_test_clock_goes_forward_only_and_for_one_holder_at_a_time() {
    var soon = MORNING.plusSeconds(60);
    var patience = Duration.ofMinutes(5);
    assertThat(database.clocks.create("slow", MORNING)).isTrue();
    assertThat(database.clocks.create("slow", MORNING)).isFalse();
    assertThat(database.clocks.hold("slow", "me", MORNING, patience)).isTrue();
    assertThat(database.clocks.hold("slow", "you", MORNING, patience)).isFalse();
    assertThat(database.clocks.advance("slow", "you", soon, soon)).isFalse();
    assertThat(database.clocks.advance("slow", "me", soon, soon)).isTrue();
    assertThat(database.clocks.advance("slow", "me", MORNING, soon)).isFalse();
    assertThat(database.clocks.now("slow")).contains(soon);
  }

  @Test void the_standard_rules_are_published_and_a_published_version_stands() {
    assertThat(database.ruleSets.inForce(MORNING)).isEqualTo(RuleSet.STANDARD);
    assertThat(database.ruleSets.publish(RuleSet.STANDARD)).isFalse();
    assertThat(new RuleSets(database.sql).version(RuleSet.STANDARD.version())).isEqualTo(RuleSet.STANDARD);
  }

  @Test void a_claimed_errand_comes_due_again_until_it_is_done() {
    var dispute = new DisputeId(7, 77);
    var errand = new Errand.Pay(MORNING, 1);
    database.sql.sql("""
        insert into errand (home, dispute, key, n, due, live, body) values (7, 77, '3.0', 3, ?, true, ?::jsonb)
        """).param(MORNING.atOffset(java.time.ZoneOffset.UTC)).param(Json.write(Errand.class, errand)).update();
    var patience = Duration.ofSeconds(30);
    assertThat(claim(MORNING.minusSeconds(1))).isEmpty();
    assertThat(claim(MORNING)).containsExactly(
        new Errands.Due(dispute, "3.0", 3, MORNING, 1, true, null, new Work.Outside(errand)));
    assertThat(claim(MORNING.plus(patience).minusSeconds(1))).isEmpty();
    var second = database.errands.claim(MORNING.plus(patience.multipliedBy(2)), 10, patience);
    assertThat(second).singleElement().extracting(Errands.Due::tries).isEqualTo(2);
    database.errands
        .postpone(List.of(new Errands.Postponed(second.getFirst(), MORNING, 2, MORNING, "the provider is away")));
    assertThat(database.errands.parked(10)).singleElement().extracting(Errands.Parked::why)
        .isEqualTo("the provider is away");
    assertThat(claim(MORNING.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(database.errands.resume(dispute, "3.0", MORNING)).isTrue();
    var third = claim(MORNING);
    database.errands.done(third);
    assertThat(claim(MORNING.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test void an_empty_round_reads_and_writes_nothing() throws SQLException {
    try (var connection = database.pool.getConnection()) {
      var journal = new Journal(connection, new Salts());
      var unknown = new Wanted(new DisputeId(1, 1), "nothing", new Key("me", "k", ""));
      assertThat(journal.read(List.of(unknown)).pages()).isEmpty();
      assertThat(journal.begin(Set.of(), 1)).isEmpty();
      journal.commit();
    }
  }

  private static List<Errands.Due> claim(Instant now) {
    return database.errands.claim(now, 10, Duration.ofSeconds(30));
  }

  private static long entries(String payment) {
    return database.sql.sql("select count(*) from ledger_entry where payment = ?").param(payment).query(Long.class)
        .single();
  }

  private static long balance(String payment, String account) {
    return database.sql.sql("select sum(minor) from ledger_line where payment = ? and account = ?").param(payment)
        .param(account).query(Long.class).single();
  }
}
