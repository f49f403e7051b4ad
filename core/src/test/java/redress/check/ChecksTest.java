package redress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.check.FindingCode.*;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redress.check.Checks.Expected;
import redress.check.Checks.Found;
import redress.check.Checks.Known;
import redress.check.Checks.Verdict;
import redress.check.Facts.State;

/** Facts in, verdict out: what each check passes, and what it does not let pass. */
class ChecksTest {
  private static final Instant SOON = Instant.parse("2026-03-05T08:00:00Z");

  private static Verdict identity(@Nullable String agreed, @Nullable String paid, int level) {
    return Checks.identity(new Facts.Identity(agreed, paid, level, SOON, true), 1);
  }

  @Test void who_agreed_must_be_who_paid_and_be_verified() {
    assertThat(identity("acc-1", "acc-1", 1)).isEqualTo(Verdict.PASSED);
    assertThat(identity("acc-1", "acc-1", 2)).as("better than needed").isEqualTo(Verdict.PASSED);
    var failed = Verdict.failed(IDENTITY_MISMATCH);
    assertThat(identity("acc-2", "acc-1", 2)).as("somebody else").isEqualTo(failed);
    assertThat(identity("acc-1", "acc-1", 0)).as("not verified").isEqualTo(failed);
    assertThat(identity(null, null, 2)).as("nobody is not the same as nobody").isEqualTo(failed);
    assertThat(identity("acc-1", null, 2)).as("a payer that is not registered").isEqualTo(failed);
    assertThat(Checks.identity(new Facts.Identity("acc-1", "acc-1", 2, SOON, false), 1)).as("nobody answered")
        .isEqualTo(Verdict.UNAVAILABLE);
  }

  /** A payment of 100.00 EUR, of which 60.00 may still be refunded and 10.00 are known to be charged back. */
  private static Verdict transaction(boolean captured, long amount, @Nullable String currency, long chargedBack,
      long needed) {
    var facts = new Facts.Transaction(true, true, captured, amount, currency, chargedBack);
    return Checks.transaction(facts, 10_000, "EUR", 1_000, needed, 6_000);
  }

  @Test void the_payment_must_be_at_its_provider_as_it_was_registered() {
    assertThat(transaction(true, 10_000, "EUR", 1_000, 6_000)).isEqualTo(Verdict.PASSED);
    var changed = Verdict.failed(TRANSACTION_CHANGED);
    assertThat(transaction(true, 9_999, "EUR", 1_000, 6_000)).as("another amount").isEqualTo(changed);
    assertThat(transaction(true, 10_000, "USD", 1_000, 6_000)).as("another currency").isEqualTo(changed);
    assertThat(transaction(true, 10_000, null, 1_000, 6_000)).as("no currency").isEqualTo(changed);
    assertThat(transaction(false, 10_000, "EUR", 1_000, 6_000)).as("not captured any more").isEqualTo(changed);
    assertThat(transaction(true, 10_000, "EUR", 1_001, 6_000)).as("a chargeback we did not know").isEqualTo(changed);
    assertThat(transaction(true, 10_000, "EUR", 1_000, 6_001)).as("more than may be refunded").isEqualTo(changed);
    var unknown = new Facts.Transaction(true, false, false, 0, null, 0);
    assertThat(Checks.transaction(unknown, 10_000, "EUR", 0, 0, 10_000))
        .isEqualTo(Verdict.failed(TRANSACTION_NOT_FOUND));
    var silent = new Facts.Transaction(false, false, false, 0, null, 0);
    assertThat(Checks.transaction(silent, 10_000, "EUR", 0, 0, 10_000)).isEqualTo(Verdict.UNAVAILABLE);
  }

  private static Facts.Entry record(String reference, long minor, String currency, String payee, State state) {
    return new Facts.Entry(reference, reference.startsWith("r") ? 1 : 0, 0, minor, currency, payee, state, null);
  }

  private static Facts.Entry paid(String reference, long minor) {
    return record(reference, minor, "EUR", "li", State.SUCCEEDED);
  }

  /** Promise 11: 40.00 EUR to li, due, said to be done. */
  private static Expected promise(Known... refunds) {
    return new Expected(11, 4_000, "EUR", "li", true, true, List.of(refunds), null);
  }

  private static Checks.Audit audit(Expected promise, Facts.Entry... records) {
    return Checks.payments(List.of(promise), List.of(records));
  }

  private static void finds(FindingCode code, Checks.Audit audit) {
    assertThat(audit.findings()).contains(new Found(code, 11));
    assertThat(audit.kept()).isEmpty();
  }

  @Test void a_promise_is_kept_when_the_books_show_the_money() {
    var ours = new Known(1, "r1", 4_000, true);
    var audit = audit(promise(ours), paid("r1", 4_000));
    assertThat(audit.kept()).containsExactly(11);
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.judged()).isTrue();
  }

  @Test void anything_else_in_the_books_is_a_finding() {
    var ours = new Known(1, "r1", 4_000, true);
    finds(REFUND_RECORD_MISSING, audit(promise(ours)));
    finds(REFUND_RECORD_MISSING, audit(promise()));
    finds(REFUND_AMOUNT_MISMATCH, audit(promise(ours), paid("r1", 3_999)));
    finds(REFUND_WRONG_CURRENCY, audit(promise(ours), record("r1", 4_000, "USD", "li", State.SUCCEEDED)));
    finds(REFUND_WRONG_PAYEE, audit(promise(ours), record("r1", 4_000, "EUR", "bo", State.SUCCEEDED)));
    finds(REFUND_AMOUNT_MISMATCH, audit(promise(), new Facts.Entry("x", 0, 11, 1_000, "EUR", "li", State.SUCCEEDED,
        null)));
  }

  @Test void too_much_is_kept_and_found() {
    var ours = new Known(1, "r1", 4_000, true);
    assertThat(audit(promise(ours), paid("r1", 4_001)).findings()).containsExactly(new Found(OVERPAID, 11));
    assertThat(audit(promise(ours), paid("r1", 4_000), paid("r1", 4_000)).findings())
        .contains(new Found(DUPLICATE_REFUND, 11));
  }

  @Test void money_paid_outside_counts_once_and_only_where_it_fits() {
    var kept = audit(promise(), paid("own-1", 4_000));
    assertThat(kept.kept()).containsExactly(11);
    assertThat(kept.outside()).hasSize(1);
    finds(REFUND_AMOUNT_MISMATCH, audit(promise(), paid("own-1", 3_000)));
    var other = new Expected(12, 4_000, "EUR", "li", true, true, List.of(), null);
    var both = Checks.payments(List.of(promise(), other), List.of(paid("own-1", 4_000)));
    assertThat(both.kept()).as("one payment keeps one promise").containsExactly(11);
    assertThat(both.findings()).containsExactly(new Found(REFUND_RECORD_MISSING, 12));
  }

  @Test void what_is_not_known_yet_is_not_judged() {
    var ours = new Known(1, "r1", 4_000, true);
    assertThat(audit(promise(ours), record("r1", 4_000, "EUR", "li", State.UNKNOWN)).judged()).isFalse();
    assertThat(audit(promise(ours), record("r1", 4_000, "EUR", "li", State.PROCESSING)).judged()).isFalse();
    var underway = new Facts.Entry("r1", 1, 0, 4_000, "EUR", "li", State.PROCESSING, SOON);
    finds(REFUND_IN_TRANSIT, audit(promise(ours), underway));
    var early = new Expected(11, 4_000, "EUR", "li", false, false, List.of(), null);
    assertThat(audit(early).findings()).as("not due yet").isEmpty();
    assertThat(audit(early).judged()).isFalse();
  }
}
