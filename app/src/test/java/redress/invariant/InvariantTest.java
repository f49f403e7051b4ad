package redress.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.postgres.Database;

/** Real lives break no invariant, and whatever is put wrong by hand is noticed by those that are there for it. */
class InvariantTest {
  private static Lives lives;
  private static Database owner;

  /** Something put wrong in the database, and the invariants that must notice it, separated by blanks. */
  record Wrong(String noticed, String sql) {
    @Override public String toString() {
      return noticed + ": " + sql.strip().replaceAll("\\s+", " ");
    }
  }

  private static final String KEPT = "dispute = (select id from dispute where payment = 'p-kept')";
  private static final String RULED = "dispute = (select id from dispute where payment = 'p-ruled')";
  private static final String GONE = "dispute = (select id from dispute where payment = 'p-gone')";
  private static final String FINAL = "dispute = (select id from dispute where payment = 'p-final')";
  private static final String BROKEN = "dispute = (select id from dispute where payment = 'p-broken')";
  private static final String UNPAID = "dispute = (select id from dispute where payment = 'p-unpaid')";
  private static final String QUIET = "dispute = (select id from dispute where payment = 'p-quiet')";

  // @formatter:off
  static final List<Wrong> WRONGS = List.of(
      // the ledger
      wrong("entries_balance balances_sum_to_zero",
          "update ledger_line set minor = minor - 1 where account = 'buyer.wallet' and %s", KEPT),
      wrong("balances_sum_to_zero lines_have_entries", """
          insert into ledger_line values (1, 1, 0, 'platform.loss', 5, 'CNY', 'p-kept', 0)"""),
      wrong("lines_have_entries",
          "update ledger_line set payment = 'p-open' where account = 'buyer.wallet' and %s", KEPT),
      wrong("entries_have_causes", """
          with e as (insert into ledger_entry values (1, 1, 'p-none', 'shop-1', 0, 0, 'x', 'CNY', 0, false, now()))
          insert into ledger_line values (1, 1, 0, 'platform.recovery', 5, 'CNY', 'p-none', 0),
            (1, 1, 1, 'platform.fund', -5, 'CNY', 'p-none', 0)"""),
      wrong("captures_are_booked available_is_never_overdrawn payments_follow_the_books", """
          delete from ledger_line where dispute = 0 and payment = 'p-kept';
          delete from ledger_entry where dispute = 0 and payment = 'p-kept'"""),
      wrong("events_are_booked clearing_is_what_is_in_flight", """
          delete from ledger_line where %1$s and entry in (select id from ledger_entry where cause = 'refund-arrived');
          delete from ledger_entry where cause = 'refund-arrived' and %1$s""", KEPT),
      wrong("events_are_booked holds_are_never_overdrawn holds_end payments_follow_the_books", """
          with e as (insert into ledger_entry select home, 77, payment, merchant, dispute, n, cause, currency,
            refund, live, at from ledger_entry where cause = 'hold-release' and %1$s returning *)
          insert into ledger_line select home, 77, l, a, m * 10000, 'CNY', payment, dispute
          from e, (values (0, 'merchant.hold', 1), (1, 'merchant.available', -1)) v(l, a, m)""", GONE),
      wrong("available_is_never_overdrawn events_are_booked payments_follow_the_books", """
          with e as (insert into ledger_entry select home, 77, payment, merchant, dispute, n, cause, currency,
            refund, live, at from ledger_entry where cause = 'refund-arrived' and %1$s returning *)
          insert into ledger_line select home, 77, l, a, m, 'CNY', payment, dispute
          from e, (values (0, 'merchant.available', 1), (1, 'platform.fund', -1)) v(l, a, m)""", KEPT),

      // payouts
      wrong("refunds_within_captured captures_are_booked overpayments_are_claimed_back", """
          update payment set state = jsonb_set(state, '{captured}', '9999') where id = 'p-kept'"""),
      wrong("refunds_within_captured promises_are_paid_once events_are_booked payments_follow_the_books"
          + " wallet_paid_what_we_ordered overpayments_are_claimed_back", """
          update event set body = jsonb_set(body, '{refund,minor}', '10001')
          where type like 'Refund%%' and %s""", KEPT),
      wrong("payouts_have_one_cause fulfilled_is_fulfilled", """
          update event set body = jsonb_set(body, '{refund,obligation}', '99')
          where type like 'Refund%%' and %s""", KEPT),
      wrong("one_payout_in_flight", """
          update event e set type = 'RefundRequested', body = jsonb_set(jsonb_set(o.body, '{refund,id}', '2'),
            '{refund,minor}', '0')
          from event o where e.n = 16 and o.n = 17 and e.home = o.home and e.dispute = o.dispute and o.%s""", KEPT),
      wrong("outside_payments_count_once", """
          update event e set type = 'OutsideRefundFound', body = o.body || jsonb_build_object('refund', o.body->'refund'
            || jsonb_build_object('id', e.n, 'minor', 0, 'state', 'SUCCEEDED', 'executor', 'MERCHANT',
              'outsideReference', 'x-1'))
          from event o where e.n in (14, 16) and o.n = 17 and e.home = o.home and e.dispute = o.dispute and o.%s""",
          KEPT),
      wrong("payments_follow_the_books", """
          update payment set state = jsonb_set(state, '{refunded}', '0') where id = 'p-kept'"""),

      // the wallet's own books
      wrong("wallet_balances", "update wallet.line set minor = minor + 1 where minor > 0 and step = 'ARRIVED'"),
      wrong("wallet_paid_what_we_ordered", "update wallet.refund set minor = minor - 1 where payment = 'p-kept'"),
      wrong("wallet_paid_what_we_ordered", """
          insert into wallet.refund select replace(reference, '-r1', '-r2'), payment, minor, currency, payee, memo,
            ordered_at, arrives_at, fails_at, reverses_at, reason, booked
          from wallet.refund where payment = 'p-kept'"""),
      wrong("what_succeeded_was_paid", "delete from wallet.refund where payment = 'p-kept'"),

      // what happened
      wrong("every_change_is_in_the_table", "update event set row = 7 where type = 'SettlementFormed' and %s", KEPT),
      wrong("every_change_is_in_the_table changes_join",
          "update event set status_after = 'CLOSED' where type = 'FollowUpStarted' and %s", KEPT),
      wrong("events_have_no_gaps receipts_hold", "delete from event where n = 13 and %s", KEPT),
      wrong("events_have_no_gaps rows_follow_events",
          "update dispute set version = version - 1 where payment = 'p-kept'"),
      wrong("time_never_goes_back receipts_hold",
          "update event set at = at + interval '1 second' where n = 13 and %s", KEPT),
      wrong("rows_follow_events",
          "update dispute set stage = jsonb_set(stage::jsonb, '{version}', '3') where payment = 'p-kept'"),
      wrong("rows_follow_events holds_end one_outcome open_ones_have_a_deadline",
          "update dispute set status = 'CLOSED' where payment = 'p-open'"),
      wrong("one_outcome", "update dispute set outcome = 'SETTLED_ENFORCED' where payment = 'p-kept'"),
      wrong("open_ones_have_a_deadline", "delete from errand where key = 'deadline' and %s",
          "dispute = (select id from dispute where payment = 'p-open')"),
      wrong("open_ones_have_a_deadline", """
          insert into errand select home, id, 'deadline', 1, now(), clock, live, 0, '{}' from dispute
          where payment = 'p-kept'"""),
      wrong("one_open_dispute_per_item", "delete from open_item where payment = 'p-open'"),
      wrong("limits_are_kept", """
          update event set type = 'EvidenceRequested' where type = 'ContactTried' and %s""", RULED),
      wrong("offers_end_once terms_are_what_was_agreed",
          "update event set body = jsonb_set(body, '{offer}', '1') where n = 10 and %s", KEPT),

      // what was agreed
      wrong("terms_are_sealed terms_are_what_was_agreed terms_never_change", """
          update event set body = jsonb_set(body, '{settlement,terms,promises,0,minor}', '9000')
          where type = 'SettlementFormed' and %s""", KEPT),
      wrong("terms_never_change", """
          update dispute set stage = jsonb_set(stage::jsonb, '{settlement,terms,promises,0,minor}', '9000')
          where payment = 'p-kept'"""),
      wrong("fulfilled_is_fulfilled", """
          update event set body = jsonb_set(body, '{answer}', '"DISSATISFIED"')
          where type = 'FollowUpAnswered' and %s""", KEPT),
      wrong("fulfilled_is_fulfilled", """
          update event set body = jsonb_set(body, '{state}', '"WAIVED_BY_CREDITOR"')
          where type = 'ObligationMoved' and body->>'state' = 'VERIFIED' and %s""", KEPT),
      wrong("fulfilled_is_fulfilled", """
          update event set body = jsonb_set(body, '{finding,code}', '"AUDIT_INCOMPLETE"')
          where type = 'FindingRaised' and body->'finding'->>'code' = 'BUYER_NOT_REACHED' and %s""", QUIET),
      wrong("nobody_judges_twice", """
          update event set body = jsonb_set(body, '{ruling,decidedBy}', '"mediator-1"')
          where type = 'AppealDecided' and %s""", RULED),

      // time
      wrong("deadlines_never_act_early", """
          update event set body = jsonb_set(body, '{offer,expires}', '"2026-03-05T08:00:01Z"')
          where type = 'OfferMade' and body->'offer'->>'id' = '2' and %s""", GONE),
      wrong("deadlines_never_act_early days_follow_each_other", """
          update event set at = at - interval '1 second' where type = 'FollowUpStarted' and %s""", KEPT),
      later("firstReplyDue", "Filed", RULED),
      later("replyDue", "Filed", RULED),
      later("due", "EvidenceRequested", RULED),
      later("appealBy", "Decided", FINAL),
      later("confirmBy", "SettlementFormed", QUIET),
      later("due", "ObligationMoved' and body->>'state' = 'PENDING", BROKEN),
      later("finding,next", "FindingRaised", BROKEN),
      later("until", "EnforcementStarted", UNPAID),
      wrong("late_ones_are_on_record", """
          update event set body = jsonb_set(body, '{offer,expires}', '"2026-03-05T07:00:00Z"')
          where type = 'OfferMade' and body->'offer'->>'id' = '2' and %s""", GONE),
      wrong("days_follow_each_other deadlines_never_act_early", """
          update event set type = 'ContactTried' where type = 'FollowUpStarted' and %s""", KEPT),

      // deposits, the fund and what is owed
      wrong("reserves_follow_their_movements", "update reserve set balance = balance - 1 where balance > 0"),
      wrong("reserves_are_never_overdrawn", "update reserve_move set balance = balance + 1 where n = 1"),
      wrong("draws_end_once", "update reserve_draw set state = 'OPEN' where state = 'CONFIRMED'"),
      wrong("draws_are_taken", """
          update event set body = jsonb_set(body, '{ask,minor}', '1') where type = 'FundsAsked' and n = (select max(n) from event
            where type = 'FundsAsked')"""),
      wrong("what_is_not_used_goes_back", "update reserve_move set number = 9999 where kind = 'RETURNED'"),
      wrong("reserved_is_used_or_given_back what_is_not_used_goes_back", """
          update event set body = jsonb_set(body, '{minor}', '1') where type = 'FundsReturned'"""),
      wrong("reserves_are_booked", "update ledger_entry set cause = 'x' where cause = 'withdrawal'"),
      wrong("reserves_lie_in_the_ledger reserves_are_booked", """
          update ledger_line set minor = minor / 2 where entry in (select id from ledger_entry where cause = 'top-up'
            and merchant = '')"""),
      wrong("what_is_owed_follows_from_events", """
          update event set body = jsonb_set(body, '{fromHold}', '1') where type = 'PromiseBroken' and %s""", UNPAID),
      wrong("overpayments_are_claimed_back events_are_booked", """
          update event set body = jsonb_set(body, '{minor}', '9') where type = 'Overpaid'"""),
      wrong("two_people_decide", "update finance_request set kind = 'WRITE_OFF' where state = 'DONE'"),
      wrong("two_people_decide", "update finance_request set state = 'WAITING' where state = 'APPROVED'"),
      wrong("one_currency_a_payment", """
          update ledger_line set currency = 'EUR' where %1$s and entry in
            (select id from ledger_entry where cause = 'hold' and %1$s);
          update ledger_entry set currency = 'EUR' where cause = 'hold' and %1$s""", KEPT),
      wrong("what_happened_cannot_be_changed", "grant update on event to redress_app"),
      wrong("closes_balance", "update finance_close_line set debit = debit - 1 where debit > 0"),
      wrong("closes_stay_true", """
          update finance_close_line set debit = case when debit > 0 then debit + 5 else 0 end,
            credit = case when credit > 0 then credit + 5 else 0 end"""),

      // traces
      wrong("receipts_hold", "update receipt set version = version + 100 where key = 'kept-2'"),
      wrong("receipts_hold", "update receipt set at = at + interval '1 second' where key = 'kept-2'"),
      wrong("events_hold_no_words", """
          update event set body = jsonb_set(body, '{text,id}', '"I am not happy"') where type = 'MessageSent' and %s""",
          KEPT),
      wrong("events_hold_no_words", """
          update event set body = body || '{"name": "Li"}' where type = 'MessageSent' and %s""", KEPT),
      wrong("events_hold_no_words", """
          update event set body = jsonb_set(body, '{text,id}', '"li@example.org"') where type = 'MessageSent' and %s""",
          KEPT));
  // @formatter:on

  /** The instant at {@code member} of events of this type is a second after what silence caused there. */
  private static Wrong later(String member, String type, String which) {
    return wrong("deadlines_never_act_early", """
        update event set body = jsonb_set(body, '{%1$s}', to_jsonb(to_char((body#>>'{%1$s}')::timestamptz
          at time zone 'UTC' + interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
        where body#>>'{%1$s}' is not null and type = '%2$s' and %3$s""", member, type, which);
  }

  private static Wrong wrong(String noticed, String sql, String... which) {
    return new Wrong(noticed, which.length == 0 ? sql : sql.formatted((Object[]) which));
  }

  @BeforeAll static void live() {
    lives = new Lives();
    owner = lives.server.centre.the(Database.class);
  }

  @AfterAll static void close() {
    lives.close();
  }

  @Test void real_lives_break_nothing() throws SQLException {
    var report = Examination.of(owner, _ -> {});
    assertThat(report.broken()).as(report.found().stream().filter(it -> !it.holds())
        .map(it -> it.invariant().name() + it.examples()).toList().toString()).isEmpty();
    assertThat(report.found()).allSatisfy(it -> assertThat(it.rows()).as(it.invariant().name()).isPositive());
    assertThat(report.summary()).matches("check: invariants=\\d+ rows=\\d+ violations=0");
  }

  @ParameterizedTest @FieldSource("WRONGS") void what_is_put_wrong_is_noticed(Wrong wrong) throws SQLException {
    try (var connection = owner.connect(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(wrong.sql());
      assertThat(Examination.of(connection, _ -> {}).broken()).containsExactlyInAnyOrder(wrong.noticed().split(" "));
      connection.rollback();
    }
  }

  @Test void every_invariant_is_shown_to_notice_something() {
    var shown = WRONGS.stream().flatMap(it -> Stream.of(it.noticed().split(" "))).collect(Collectors.toSet());
    assertThat(Examination.invariants(true)).extracting(Invariant::name).doesNotHaveDuplicates()
        .hasSameElementsAs(shown);
  }

  @Test void every_member_of_every_event_is_known_to_hold_no_words() {
    var members = new HashSet<String>();
    for (var event : Event.class.getPermittedSubclasses()) members(event, members);
    assertThat(Traces.MEMBERS).containsAll(members);
  }

  /** The members of a record and of the records in it. */
  private static void members(Type type, Set<String> into) {
    if (type instanceof ParameterizedType of) for (var part : of.getActualTypeArguments()) members(part, into);
    // An id is one text.
    if (!(type instanceof Class<?> known) || !known.isRecord() || known == DisputeId.class) return;
    for (var member : known.getRecordComponents()) {
      into.add(member.getName());
      members(member.getGenericType(), into);
    }
  }

  @Test void no_invariant_asks_the_rules_it_judges() {
    var room = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("redress.invariant");
    var used = room.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(it -> it.getTargetClass().getBaseComponentType().getName())
        .filter(name -> name.startsWith("redress.") && !name.startsWith("redress.invariant.")).distinct();
    // The published table is written by hand and never computed from the rules.
    assertThat(used).isSubsetOf("redress.dispute.Transition", "redress.dispute.Status", "redress.dispute.DisputeId",
        "redress.postgres.Database", "redress.seal.Canonical", "redress.seal.Digest");
  }
}
