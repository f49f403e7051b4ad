package redress.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.desk.Office.BUYER;
import static redress.desk.Office.MERCHANT;
import static redress.desk.Office.filing;
import static redress.desk.Office.message;
import static redress.desk.Office.request;
import static redress.desk.Office.words;
import static redress.store.TestDatabase.MORNING;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.desk.Answer.Done;
import redress.desk.Answer.Refused;
import redress.desk.Answer.Repeated;
import redress.dispute.Command.MakeOffer;
import redress.dispute.Command.SendMessage;
import redress.dispute.Command.Tag;
import redress.dispute.Command.Withdraw;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Executor;
import redress.dispute.Payment;
import redress.dispute.Refusal;
import redress.dispute.Remedy;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.store.Errands;
import redress.store.Key;
import redress.store.Payments.Registered;
import redress.store.Text;

class DeskTest {
  private static Office office;

  @BeforeAll static void open() {
    office = new Office();
  }

  @AfterAll static void close() {
    office.audit();
    office.close();
  }

  @Test void a_filing_is_dated_by_the_desk_and_everything_it_causes_is_there() {
    var payment = office.database.pay("everything");
    var request = filing(payment, 6_000, "lamp");
    var done = (Done) office.desk.handle(request);
    assertThat(done.after().dispute().about().at()).isEqualTo(MORNING);
    assertThat(done.after().dispute().about().rules()).isEqualTo("2026-1");
    assertThat(done.version()).isEqualTo(done.events().size());
    assertThat(done.events().getFirst()).isInstanceOf(Event.Filed.class);
    var found = office.database.disputes.find(request.dispute()).orElseThrow();
    assertThat(found.dispute()).isEqualTo(done.after().dispute());
    assertThat(found.payment()).isEqualTo(done.after().payment());
    assertThat(found.payment().held(request.dispute())).isEqualTo(6_000);
    assertThat(office.eventNumbers(request.dispute())).containsExactlyElementsOf(upTo(done.version()));
    assertThat(deadline(request.dispute())).startsWith("MERCHANT");
    assertThat(office.count("select count(*) from open_item where payment = 'everything' and item = 'lamp'")).isOne();
    assertThat(
        office.count("select -sum(minor) from ledger_line where payment = 'everything' and account = 'merchant.hold'"))
        .isEqualTo(6_000);
  }

  @Test void the_same_item_is_in_one_open_dispute_at_the_most() {
    var payment = office.database.pay("one-item");
    var first = filing(payment, 5_000, "lamp");
    assertThat(office.desk.handle(first)).isInstanceOf(Done.class);
    assertThat(office.desk.handle(filing(payment, 1_000, "lamp"))).isInstanceOfSatisfying(Refused.class,
        refused -> assertThat(refused.why()).isEqualTo(Refusal.ITEMS_DISPUTED));
    assertThat(office.desk.handle(filing(payment, 1_000))).isInstanceOf(Refused.class);
    assertThat(office.desk.handle(filing(payment, 1_000, "shade"))).isInstanceOf(Done.class);
    assertThat(office.desk.handle(request(first.dispute(), BUYER, new Withdraw()))).isInstanceOf(Done.class);
    assertThat(office.desk.handle(filing(payment, 5_000, "lamp"))).isInstanceOf(Done.class);
  }

  @Test void fifty_rivals_on_one_dispute_take_turns_and_all_are_answered() {
    var id = office.filed("fifty");
    int before = office.version(id);
    var answers = IntStream.range(0, 50).mapToObj(n -> office.desk.ask(message(id, "rival " + n))).toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Done.class));
    assertThat(office.version(id)).isEqualTo(before + 50);
    assertThat(office.eventNumbers(id)).containsExactlyElementsOf(upTo(before + 50));
    assertThat(office.count("select count(*) from words where dispute = ?", id.number())).isEqualTo(50);
  }

  @Test void of_fifty_rivals_for_one_step_one_wins() {
    var id = office.filed("one-wins");
    var terms = Terms.of(Remedy.PARTIAL_REFUND, 4_000, 0, Executor.PLATFORM, 0);
    var answers = IntStream.range(0, 50)
        .mapToObj(_ -> office.desk.ask(request(id, MERCHANT, new MakeOffer(terms, null, words("let us settle")))))
        .toList().stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(Done.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(Refused.class::isInstance).hasSize(49);
  }

  @Test void a_repeat_with_the_same_key_gives_the_receipt_and_changes_nothing() {
    var id = office.filed("repeat");
    var asked = message(id, "once").keyed(new Key("buyer-1", "k-1", "hash-1"));
    var done = (Done) office.desk.handle(asked);
    var repeated = (Repeated) office.desk.handle(asked);
    assertThat(repeated.receipt().dispute()).isEqualTo(id);
    assertThat(repeated.receipt().version()).isEqualTo(done.version());
    assertThat(office.version(id)).isEqualTo(done.version());
    var other = message(id, "something else").keyed(new Key("buyer-1", "k-1", "hash-2"));
    assertThat(office.desk.handle(other)).isInstanceOf(Answer.KeyReused.class);
    var someoneElses = message(id, "mine").keyed(new Key("shop-1", "k-1", "hash-2"));
    assertThat(office.desk.handle(someoneElses)).isInstanceOf(Done.class);
  }

  @Test void a_repeated_filing_finds_the_dispute_it_created() {
    var payment = office.database.pay("repeated-filing");
    var key = new Key("buyer-1", "file-1", "hash");
    var id = Desk.newDispute(payment.id(), key);
    assertThat(Desk.newDispute(payment.id(), key)).isEqualTo(id);
    assertThat(office.desk.handle(filing(id, payment, 6_000, "lamp").keyed(key))).isInstanceOf(Done.class);
    var again = filing(Desk.newDispute(payment.id(), null), payment, 6_000, "lamp").keyed(key);
    assertThat(office.desk.handle(again)).isInstanceOfSatisfying(Repeated.class,
        repeated -> assertThat(repeated.receipt().dispute()).isEqualTo(id));
    var elsewhere = office.database.pay("elsewhere");
    assertThat(office.desk.handle(filing(elsewhere, 6_000, "lamp").keyed(new Key("buyer-1", "file-1", "other"))))
        .isInstanceOf(Answer.KeyReused.class);
  }

  @Test void of_rivals_with_one_key_one_is_served_and_the_others_are_told() {
    var id = office.filed("in-flight");
    var asked = message(id, "now").keyed(new Key("buyer-1", "k-rivals", "hash"));
    var answers = IntStream.range(0, 20).mapToObj(_ -> office.desk.ask(asked)).toList().stream()
        .map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(Done.class::isInstance).hasSize(1);
    assertThat(answers).allMatch(answer -> answer instanceof Done || answer instanceof Answer.KeyInFlight
        || answer instanceof Repeated);
    assertThat(answers).anyMatch(Answer.KeyInFlight.class::isInstance);
    assertThat(office.count("select count(*) from event where dispute = ? and type = 'MessageSent'", id.number()))
        .isOne();
  }

  @Test void a_command_for_a_version_seen_earlier_is_not_served() {
    var id = office.filed("if-match");
    int seen = office.version(id);
    assertThat(office.desk.handle(message(id, "first").ifAt(seen))).isInstanceOf(Done.class);
    assertThat(office.desk.handle(message(id, "second").ifAt(seen)))
        .isEqualTo(new Answer.VersionMismatch(seen + 1));
  }

  @Test void a_refused_command_leaves_nothing() {
    var id = office.filed("refused");
    var before = rows(id);
    var tooLong = words("x".repeat(2_001));
    var asked = request(id, BUYER, new SendMessage(tooLong, List.of()))
        .saying(List.of(new Text(tooLong, "buyer-1", BUYER.role(), "x"))).keyed(new Key("buyer-1", "k-refused", "h"));
    assertThat(office.desk.handle(asked)).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.why()).isEqualTo(Refusal.TEXT_TOO_LONG);
      assertThat(refused.field()).isEqualTo("text");
    });
    assertThat(rows(id)).isEqualTo(before);
    assertThat(office.count("select count(*) from receipt where key = 'k-refused'")).isZero();
  }

  @Test void what_is_unknown_is_refused() {
    var payment = office.database.pay("unknown");
    var nowhere = Payment.registered("never-registered", "buyer-1", "shop-1", 10_000, "EUR", Set.of("lamp"), MORNING,
        "WALLET", true);
    assertThat(office.desk.handle(filing(nowhere, 100, "lamp"))).isEqualTo(new Refused(Refusal.NOT_FOUND, "", null));
    assertThat(office.desk.handle(message(Desk.newDispute(payment.id(), null), "hello")))
        .isEqualTo(new Refused(Refusal.NOT_FILED, "", null));
  }

  @Test void a_command_that_the_database_cannot_keep_spoils_nothing_but_itself() {
    var id = office.filed("poison");
    var other = office.filed("healthy");
    var all = new ArrayList<CompletableFuture<Answer>>();
    for (int n = 0; n < 20; n++) all.add(office.desk.ask(message(n % 2 == 0 ? id : other, "before")));
    var poison = office.desk.ask(message(id, "a\0b"));
    for (int n = 0; n < 20; n++) all.add(office.desk.ask(message(n % 2 == 0 ? id : other, "after")));
    assertThat(all).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Done.class));
    assertThat(poison).failsWithin(Duration.ofSeconds(5)).withThrowableThat()
        .withMessageContaining("could not be written");
    assertThat(office.eventNumbers(id)).containsExactlyElementsOf(upTo(office.version(id)));
  }

  @Test void only_the_next_deadline_waits_and_none_after_closing_or_one_that_is_still_open() {
    var id = office.filed("deadline");
    var first = deadlineDue(id);
    var terms = Terms.of(Remedy.PARTIAL_REFUND, 4_000, 0, Executor.PLATFORM, 0);
    assertThat(office.desk.handle(request(id, MERCHANT, new MakeOffer(terms, null, words("four")))))
        .isInstanceOf(Done.class);
    assertThat(deadlineDue(id)).isNotEqualTo(first);
    assertThat(office.count("select count(*) from errand where dispute = ? and key = ?", id.number(), Errands.DEADLINE))
        .isOne();
  }

  @Test void a_test_clock_is_what_time_it_is_for_its_payments() {
    var midsummer = MORNING.plus(Duration.ofDays(100));
    office.database.clocks.create("summer", midsummer);
    var payment = Payment.registered("on-a-test-clock", "buyer-1", "shop-1", 10_000, "EUR", Set.of("lamp"), MORNING,
        "WALLET", false);
    office.database.payments.register(new Registered(payment, "summer", "{}"), MORNING);
    var asked = filing(payment, 100, "lamp");
    var done = (Done) office.desk.handle(asked);
    assertThat(done.after().dispute().lastAt()).isEqualTo(midsummer);
    assertThat(done.after().dispute().about().live()).isFalse();
    assertThat(office.count("select count(*) from errand where dispute = ? and clock = 'summer' and not live",
        asked.dispute().number())).isPositive();
    var later = midsummer.plusSeconds(5);
    assertThat(office.database.clocks.hold("summer", "me", MORNING, Duration.ofMinutes(1))).isTrue();
    assertThat(office.database.clocks.advance("summer", "me", later, MORNING.plusSeconds(60))).isTrue();
    var next = (Done) office.desk.handle(message(asked.dispute(), "later"));
    assertThat(next.after().dispute().lastAt()).isEqualTo(later);
  }

  @Test void time_never_goes_back_in_a_dispute_nor_before_its_deadline() {
    var id = office.filed("time");
    var due = MORNING.plus(Duration.ofHours(5));
    var late = new Request(id, "", BUYER, "buyer-1", new Tag("late"), List.of(), null, null, due);
    var staff = new Request(id, "", new redress.dispute.Actor(redress.policy.Role.MEDIATOR_LEAD, "lead-1"), "lead-1",
        new Tag("late"), List.of(), null, null, due);
    var done = office.desk.handle(staff) instanceof Done it ? it : (Done) office.desk.handle(late);
    assertThat(done.after().dispute().lastAt()).isEqualTo(due);
    var next = (Done) office.desk.handle(message(id, "right after"));
    assertThat(next.after().dispute().lastAt()).isEqualTo(due);
    assertThat(office.database.sql.sql("select tags from dispute where id = ?").param(id.number())
        .query((row, _) -> List.of((String[]) row.getArray(1).getArray())).single()).containsExactly("late");
  }

  @Test void the_row_tells_what_lists_want_to_know() {
    var id = office.filed("row");
    office.desk.handle(request(id, BUYER, new Withdraw()));
    var row = office.database.sql.sql("select * from dispute where home = ? and id = ?").param(id.home())
        .param(id.number()).query().singleRow();
    assertThat(row).containsEntry("status", Status.CLOSED.name()).containsEntry("outcome", "WITHDRAWN")
        .containsEntry("awaited", null).containsEntry("buyer", "buyer-1").containsEntry("minor", 6_000L);
    assertThat(row.get("closed_at")).isEqualTo(java.sql.Timestamp.from(MORNING));
    assertThat(office.count("select count(*) from open_item where dispute = ?", id.number())).isZero();
  }

  private static String deadline(DisputeId id) {
    return office.database.sql.sql("select deadline from dispute where home = ? and id = ?").param(id.home())
        .param(id.number()).query(String.class).single();
  }

  private static java.time.Instant deadlineDue(DisputeId id) {
    var claimed = office.database.sql.sql("select due from errand where dispute = ? and key = 'deadline'")
        .param(id.number()).query(java.time.OffsetDateTime.class).single();
    return claimed.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  private static List<Long> rows(DisputeId id) {
    return List.of("event", "words", "errand", "ledger_entry").stream()
        .map(table -> office.count("select count(*) from " + table + " where dispute = ?", id.number())).toList();
  }
}
