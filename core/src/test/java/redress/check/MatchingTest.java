package redress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.check.Match.Kind.*;
import static redress.check.Match.Rule.*;
import static redress.check.Match.Verdict.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redress.check.Facts.State;
import redress.check.Match.Kind;
import redress.check.Match.Part;
import redress.check.Match.Remark;
import redress.check.Match.Rule;
import redress.check.Match.Verdict;

/** What is owed against what the books say: which record stands for which promise, why, and what differs. */
class MatchingTest {
  private static final Instant DAY = Instant.parse("2026-03-05T08:00:00Z");
  private static final Instant DUE = DAY.plus(Duration.ofDays(3));
  private static final Instant LATER = DAY.plus(Duration.ofDays(9));

  private static final List<State> STATES = List.of(State.values());

  private static Owed owed(String id, long minor, Owed.Order... orders) {
    return new Owed(id, minor, "EUR", "li", true, List.of(orders), Set.of("slip-" + id), DAY, DUE);
  }

  private static Owed.Order order(String reference, long minor) {
    return new Owed.Order(reference, minor);
  }

  private static Paid paid(String id, String reference, String names, long minor, String currency, String payee,
      State state, Instant at) {
    return new Paid(id, reference, names, minor, currency, payee, state, at, 0);
  }

  /** A payment that arrived so many hours after the promise was made. */
  private static Paid paid(String id, String names, long minor, long hours) {
    return paid(id, "ref-" + id, names, minor, "EUR", "li", State.SUCCEEDED, DAY.plus(Duration.ofHours(hours)));
  }

  private static Matching.Result match(List<Owed> owed, Paid... records) {
    return Matching.of(owed, List.of(records), LATER);
  }

  private static Match one(Owed owed, Paid... records) {
    return match(List.of(owed), records).matches().getFirst();
  }

  private static void tells(Match match, Verdict verdict, List<Rule> rules, Kind... kinds) {
    assertThat(match.verdict()).isEqualTo(verdict);
    assertThat(match.parts().stream().map(Part::rule)).containsExactlyElementsOf(rules);
    assertThat(match.remarks().stream().map(Remark::kind)).containsExactly(kinds);
  }

  @Test void our_own_refund_is_found_by_its_reference() {
    tells(one(owed("1", 400, order("r1", 400)), paid("a", "r1", "", 400, "EUR", "li", State.SUCCEEDED, DAY)), EXACT,
        List.of(REFERENCE));
  }

  @Test void a_payment_made_elsewhere_is_found_by_what_it_names_by_what_was_stated_and_by_its_amount() {
    tells(one(owed("1", 400), paid("a", "1", 400, 1)), EXACT, List.of(NAMED), ONLY_THEIRS);
    tells(one(owed("1", 400), paid("a", "slip-1", "", 400, "EUR", "li", State.SUCCEEDED, DAY)), EXACT, List.of(STATED),
        ONLY_THEIRS);
    tells(one(owed("1", 400), paid("a", "", 400, 1)), EXACT, List.of(AMOUNT), ONLY_THEIRS);
  }

  @Test void too_little_and_too_much_say_by_how_much() {
    var under = one(owed("1", 400), paid("a", "1", 399, 1));
    tells(under, UNDER, List.of(NAMED), ONLY_THEIRS, SHORT);
    assertThat(under.remarks()).contains(new Remark(SHORT, "", 1));
    var over = one(owed("1", 400), paid("a", "1", 401, 1));
    tells(over, OVER, List.of(NAMED), ONLY_THEIRS, EXCESS);
    assertThat(over.remarks()).contains(new Remark(EXCESS, "", 1));
  }

  @Test void several_payments_make_up_one_promise() {
    tells(one(owed("1", 400), paid("a", "1", 150, 1), paid("b", "1", 250, 2)), EXACT, List.of(NAMED, NAMED),
        ONLY_THEIRS, ONLY_THEIRS);
    // Nobody says what they are for: the two in the middle are exactly it, and the others are left alone.
    var found = match(List.of(owed("1", 400)), paid("a", "", 90, 1), paid("b", "", 150, 2), paid("c", "", 250, 3),
        paid("d", "", 20, 4));
    tells(found.matches().getFirst(), EXACT, List.of(PARTS, PARTS), ONLY_THEIRS, ONLY_THEIRS);
    assertThat(found.strays()).extracting(Paid::id).containsExactly("a", "d");
  }

  @Test void one_payment_keeps_several_promises() {
    var owed = List.of(owed("1", 400), owed("2", 250));
    var found = match(owed, paid("a", "", 650, 1));
    found.matches().forEach(it -> tells(it, EXACT, List.of(SHARED), ONLY_THEIRS));
    assertThat(found.matches().stream().map(Match::paid)).containsExactly(400L, 250L);
    // Once it is known for what it was, it is split in the same way again.
    var known = List.of(owed("1", 400, order("ref-a", 400)), owed("2", 250, order("ref-a", 250)));
    match(known, paid("a", "", 650, 1)).matches().forEach(it -> tells(it, EXACT, List.of(REFERENCE)));
  }

  @Test void what_is_in_another_currency_or_went_to_somebody_else_pays_nothing() {
    tells(one(owed("1", 400), paid("a", "x", "1", 400, "USD", "li", State.SUCCEEDED, DAY)), MISSING, List.of(NAMED),
        WRONG_CURRENCY, NOT_FOUND);
    tells(one(owed("1", 400), paid("a", "x", "", 400, "EUR", "bo", State.SUCCEEDED, DAY)), MISSING, List.of(AMOUNT),
        WRONG_PAYEE, NOT_FOUND);
  }

  @Test void what_failed_was_taken_back_or_has_not_arrived_pays_nothing() {
    var ours = owed("1", 400, order("r1", 400));
    tells(one(ours, paid("a", "r1", "", 400, "EUR", "li", State.REVERSED, DAY)), MISSING, List.of(REFERENCE), REVERSED,
        NOT_FOUND);
    tells(one(ours, paid("a", "r1", "", 400, "EUR", "li", State.FAILED, DAY)), MISSING, List.of(REFERENCE), FAILED,
        NOT_FOUND);
    tells(one(ours, paid("a", "r1", "", 400, "EUR", "li", State.PROCESSING, DAY)), MISSING, List.of(REFERENCE),
        UNDERWAY, NOT_FOUND);
    tells(one(ours, paid("a", "r1", "", 400, "EUR", "li", State.UNKNOWN, DAY)), MISSING, List.of(REFERENCE), UNKNOWN,
        NOT_FOUND);
  }

  @Test void what_only_one_book_has_is_told() {
    tells(one(owed("1", 400, order("r1", 400))), MISSING, List.of(), ONLY_OURS, NOT_FOUND);
    assertThat(match(List.of(), paid("a", "", 400, 1)).strays()).hasSize(1);
    // While our own order is out, a payment that says nothing of itself is not taken for it.
    var found = match(List.of(owed("1", 400, order("r1", 400))), paid("a", "", 400, 1));
    tells(found.matches().getFirst(), MISSING, List.of(), ONLY_OURS, NOT_FOUND);
    assertThat(found.strays()).hasSize(1);
  }

  @Test void the_same_reference_paid_twice_is_a_duplicate_and_too_much() {
    var twice = one(owed("1", 400, order("r1", 400)), paid("a", "r1", "", 400, "EUR", "li", State.SUCCEEDED, DAY),
        paid("b", "r1", "", 400, "EUR", "li", State.SUCCEEDED, DAY));
    tells(twice, OVER, List.of(REFERENCE, REFERENCE), DUPLICATE, EXCESS);
  }

  @Test void a_fee_is_told_and_never_makes_up_for_anything() {
    var net = new Paid("a", "r1", "", 390, "EUR", "li", State.SUCCEEDED, DAY, 10);
    tells(one(owed("1", 400, order("r1", 400)), net), UNDER, List.of(REFERENCE), FEE, SHORT);
  }

  @Test void there_is_time_until_there_is_none() {
    assertThat(Matching.of(List.of(owed("1", 400)), List.of(), DUE.minusMillis(1)).matches().getFirst().verdict())
        .isEqualTo(PENDING);
    assertThat(Matching.of(List.of(owed("1", 400)), List.of(), DUE).matches().getFirst().verdict()).isEqualTo(MISSING);
    tells(one(owed("1", 400), paid("a", "1", 400, 100)), EXACT, List.of(NAMED), ONLY_THEIRS, LATE);
  }

  @Test void what_was_paid_before_the_promise_was_for_something_else_unless_it_is_exactly_it() {
    assertThat(match(List.of(owed("1", 400)), paid("a", "", 100, -1)).strays()).hasSize(1);
    tells(one(owed("1", 400), paid("a", "", 400, -1)), EXACT, List.of(AMOUNT), ONLY_THEIRS);
  }

  @Test void what_nothing_else_explains_goes_to_the_only_promise_that_is_open() {
    tells(one(owed("1", 400), paid("a", "", 300, 1)), UNDER, List.of(REST), ONLY_THEIRS, SHORT);
    var two = match(List.of(owed("1", 400), owed("2", 500)), paid("a", "", 300, 1));
    assertThat(two.matches()).allMatch(it -> it.verdict() == MISSING);
    assertThat(two.strays()).hasSize(1);
  }

  @Test void nobody_else_s_payment_is_taken_for_a_promise_the_platform_pays_itself() {
    var ours = new Owed("1", 400, "EUR", "li", false, List.of(), Set.of(), DAY, DUE);
    assertThat(match(List.of(ours), paid("a", "", 400, 1)).strays()).hasSize(1);
    tells(one(ours, paid("a", "1", 400, 1)), EXACT, List.of(NAMED), ONLY_THEIRS);
  }

  /** Whatever is thrown at it: no cent is counted twice or lost, and the order of the books does not matter. */
  @Test void every_cent_of_every_record_is_accounted_for_once() {
    for (long seed = 1; seed <= 2_000; seed++) {
      var chance = new Random(seed);
      var owed = IntStream.range(0, 1 + chance.nextInt(4)).mapToObj(i -> promise(i, chance)).toList();
      var records = IntStream.range(0, chance.nextInt(7)).mapToObj(i -> record(i, chance, owed.size())).toList();
      var found = Matching.of(owed, records, LATER);
      for (var record : records) {
        long counted = found.matches().stream().flatMap(it -> it.parts().stream())
            .filter(part -> part.record().equals(record)).mapToLong(Part::minor).sum();
        long stray = found.strays().contains(record) ? record.minor() : 0;
        assertThat(counted + stray).as("seed %d record %s", seed, record).isEqualTo(record.minor());
      }
      for (var match : found.matches()) {
        assertThat(match.paid()).isEqualTo(match.parts().stream().filter(Part::counts).mapToLong(Part::minor).sum());
        assertThat(match.verdict() == EXACT).isEqualTo(match.paid() == match.owed().minor());
      }
      var shuffled = new ArrayList<>(records);
      Collections.shuffle(shuffled, chance);
      assertThat(Matching.of(owed, shuffled, LATER)).as("seed %d", seed).isEqualTo(found);
    }
  }

  private static Owed promise(int number, Random chance) {
    var orders =
        chance.nextInt(3) == 0 ? List.of(order("r" + number, 100L * (1 + chance.nextInt(4)))) : List.<Owed.Order>of();
    return new Owed("p" + number, 100L * (1 + chance.nextInt(4)), "EUR", "li", chance.nextBoolean(), orders, Set.of(),
        since(chance), DUE);
  }

  private static @Nullable Instant since(Random chance) {
    return chance.nextBoolean() ? DAY : null;
  }

  private static Paid record(int number, Random chance, int promises) {
    var reference = chance.nextInt(3) == 0 ? "r" + chance.nextInt(promises) : "own-" + number;
    var names = chance.nextInt(4) == 0 ? "p" + chance.nextInt(promises) : "";
    var currency = chance.nextInt(9) == 0 ? "USD" : "EUR";
    var payee = chance.nextInt(9) == 0 ? "bo" : "li";
    var state = chance.nextInt(3) == 0 ? STATES.get(chance.nextInt(STATES.size())) : State.SUCCEEDED;
    return paid("rec-" + number, reference, names, 100L * (1 + chance.nextInt(8)), currency, payee, state,
        DAY.plus(Duration.ofHours(chance.nextInt(100) - 20)));
  }
}
