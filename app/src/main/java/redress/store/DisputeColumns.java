package redress.store;

import static redress.store.Bulk.Type.BIGINT;
import static redress.store.Bulk.Type.BOOL;
import static redress.store.Bulk.Type.INSTANT;
import static redress.store.Bulk.Type.INT;
import static redress.store.Bulk.Type.JSON;
import static redress.store.Bulk.Type.SMALLINT;
import static redress.store.Bulk.Type.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Dispute;
import redress.dispute.Filing;
import redress.dispute.Refund;
import redress.dispute.Settlement;
import redress.dispute.Stage;
import redress.store.Bulk.Column;

/**
 * The columns of a dispute's row, each a pure function of the dispute and of what happened to it: this table is all
 * there is between the rules and the lists, queues and statistics.
 */
enum DisputeColumns {
  // @formatter:off
  HOME          (SMALLINT, Merge.FIXED,   s -> (short) s.read.id().home()),
  ID            (BIGINT,   Merge.FIXED,   s -> s.read.id().number()),
  SEEN          (INT,      Merge.HIDDEN,  s -> s.read.dispute().version()),
  PAYMENT       (TEXT,     Merge.FIXED,   s -> s.folder.payment.id()),
  VERSION       (INT,      Merge.REPLACE, s -> s.now.version()),
  STAGE         (JSON,     Merge.REPLACE, s -> Json.write(Dispute.class, s.now)),
  PHASE         (TEXT,     Merge.REPLACE, s -> s.now.status().phase),
  STATUS        (TEXT,     Merge.REPLACE, s -> s.now.status()),
  AWAITED       (TEXT,     Merge.REPLACE, DisputeColumns::awaited),
  BUYER         (TEXT,     Merge.FIXED,   s -> about(s).buyer()),
  MERCHANT      (TEXT,     Merge.FIXED,   s -> about(s).merchant()),
  REASON        (TEXT,     Merge.FIXED,   s -> about(s).reason()),
  WISH          (TEXT,     Merge.FIXED,   s -> about(s).wish()),
  MINOR         (BIGINT,   Merge.FIXED,   s -> about(s).minor()),
  CURRENCY      (TEXT,     Merge.FIXED,   s -> about(s).currency()),
  LIVE          (BOOL,     Merge.FIXED,   s -> about(s).live()),
  CLOCK         (TEXT,     Merge.FIXED,   s -> s.folder.read.clock()),
  RULES         (TEXT,     Merge.FIXED,   s -> about(s).rules()),
  ROUND         (INT,      Merge.REPLACE, s -> s.now.round().number()),
  DEADLINE      (TEXT,     Merge.REPLACE, s -> s.deadline() == null ? null : s.deadline().deadline()),
  DUE           (INSTANT,  Merge.REPLACE, s -> s.deadline() == null ? null : s.deadline().due()),
  MEDIATOR      (TEXT,     Merge.REPLACE, s -> s.now.mediation().mediator()),
  VERIFIER      (TEXT,     Merge.REPLACE, s -> s.now.mediation().verifier()),
  OUTCOME       (TEXT,     Merge.REPLACE, s -> closed(s) instanceof Stage.Closed over ? over.outcome() : null),
  LIABLE        (TEXT,     Merge.REPLACE, s -> s.now.mediation().ruling() == null ? null : s.now.mediation().ruling().liable()),
  REMEDY        (TEXT,     Merge.REPLACE, s -> settled(s, it -> it.terms().remedy())),
  ORIGIN        (TEXT,     Merge.REPLACE, s -> settled(s, Settlement::origin)),
  FILED_AT      (INSTANT,  Merge.FIXED,   s -> about(s).at()),
  UPDATED_AT    (INSTANT,  Merge.REPLACE, s -> s.now.lastAt()),
  FIRST_REPLY_AT(INSTANT,  Merge.FIRST,   s -> s.firstReplyAt),
  MEDIATED_AT   (INSTANT,  Merge.FIRST,   s -> s.now.mediation().queuedAt()),
  DECIDED_AT    (INSTANT,  Merge.FIRST,   s -> s.decidedAt),
  SETTLED_AT    (INSTANT,  Merge.FIRST,   s -> settled(s, Settlement::t0)),
  CONFIRMED_AT  (INSTANT,  Merge.FIRST,   s -> settled(s, Settlement::v0)),
  AUDITED_AT    (INSTANT,  Merge.FIRST,   s -> settled(s, Settlement::a0)),
  PAID_AT       (INSTANT,  Merge.FIRST,   s -> s.paidAt),
  CLOSED_AT     (INSTANT,  Merge.REPLACE, s -> closed(s) instanceof Stage.Closed over ? over.at() : null),
  PAID          (BIGINT,   Merge.REPLACE, s -> paid(s, false)),
  COMPENSATED   (BIGINT,   Merge.REPLACE, s -> paid(s, true)),
  SETTLEMENTS   (INT,      Merge.REPLACE, s -> s.now.tally().settlements()),
  REOPENINGS    (INT,      Merge.REPLACE, s -> s.now.tally().reopenings()),
  EXCEPTIONS    (INT,      Merge.REPLACE, s -> s.now.tally().exceptions()),
  BREACHES      (INT,      Merge.ADD,     s -> s.breaches),
  BUYER_LATE    (BOOL,     Merge.REPLACE, s -> s.now.tally().buyerLate()),
  MERCHANT_LATE (BOOL,     Merge.REPLACE, s -> s.now.tally().merchantLate()),
  ENFORCED      (BOOL,     Merge.EVER,    s -> s.enforced),
  APPEALED      (BOOL,     Merge.REPLACE, s -> s.now.mediation().appealed()),
  OVERTURNED    (BOOL,     Merge.EVER,    s -> s.overturned),
  NOT_REACHED   (BOOL,     Merge.REPLACE, s -> s.now.findings().stream().anyMatch(f -> f.code() == FindingCode.BUYER_NOT_REACHED)),
  CHARGED_BACK  (BOOL,     Merge.REPLACE, s -> s.now.tally().chargedBack()),
  ANSWER        (TEXT,     Merge.REPLACE, s -> s.now.followUp().answer()),
  TAGS          (TEXT,     Merge.TAGS,    s -> String.join(",", s.tags));
  // @formatter:on

  /** How a new value meets the one that is there. */
  private enum Merge {
    FIXED, HIDDEN, REPLACE, FIRST, EVER, ADD, TAGS
  }

  private final Merge merge;
  @SuppressWarnings("ImmutableEnumChecker") // a record of a name, an enum and a pure function
  private final Column<Sheet> column;

  DisputeColumns(Bulk.Type type, Merge merge, Function<Sheet, @Nullable Object> value) {
    this.merge = merge;
    this.column = new Column<>(name().toLowerCase(java.util.Locale.ROOT), type, value);
  }

  /** All of them, as they travel. */
  static final Bulk<Sheet> BULK = new Bulk<>(Arrays.stream(values()).map(c -> c.column).toList());

  /** Writes new rows, and those existing ones that are still as they were read; returns which landed. */
  static final String WRITE = """
      with page as materialized (select * from %s),
      fresh as (
        insert into dispute (%s) select %s from page v where seen = 0 on conflict (home, id) do nothing
        returning home, id
      ), moved as (
        update dispute d set %s from page v where v.seen > 0 and d.home = v.home and d.id = v.id and d.version = v.seen
        returning d.home, d.id
      )
      select home, id from fresh union all select home, id from moved
      """.formatted(BULK.rows(), columns(c -> c.column.name()), columns(DisputeColumns::fresh), moved());

  private static List<DisputeColumns> shown() {
    return Arrays.stream(values()).filter(c -> c.merge != Merge.HIDDEN).toList();
  }

  private static String columns(Function<DisputeColumns, String> part) {
    return shown().stream().map(part).collect(Collectors.joining(", "));
  }

  private static String moved() {
    return shown().stream().filter(c -> c.merge != Merge.FIXED).map(DisputeColumns::set)
        .collect(Collectors.joining(", "));
  }

  private String fresh() {
    return merge == Merge.TAGS ? "string_to_array(v.tags, ',')" : Bulk.value(column);
  }

  private String set() {
    var name = column.name();
    return name + " = " + switch (merge) {
      case FIXED, HIDDEN -> throw new IllegalStateException(name);
      case REPLACE -> fresh();
      case FIRST -> "coalesce(d." + name + ", " + fresh() + ")";
      case EVER -> "d." + name + " or " + fresh();
      case ADD -> "d." + name + " + " + fresh();
      case TAGS -> "d.tags || array(select unnest(" + fresh() + ") except select unnest(d.tags))";
    };
  }

  private static Filing about(Sheet sheet) {
    return sheet.now.about();
  }

  private static @Nullable Object closed(Sheet sheet) {
    return sheet.now.stage();
  }

  private static @Nullable Object settled(Sheet sheet, Function<Settlement, @Nullable Object> part) {
    var settlement = sheet.now.settlement();
    return settlement == null ? null : part.apply(settlement);
  }

  private static @Nullable Object awaited(Sheet sheet) {
    if (sheet.now.stage() instanceof Stage.Closed) return null;
    if (sheet.now.stage() instanceof Stage.Negotiating talking) return talking.awaited();
    var next = sheet.deadline();
    return next == null || next.side() == null ? "PLATFORM" : next.side();
  }

  private static long paid(Sheet sheet, boolean compensation) {
    long sum = 0;
    for (var refund : sheet.now.refunds()) {
      if (refund.state() == Refund.State.SUCCEEDED && refund.compensation() == compensation) sum += refund.minor();
    }
    return sum;
  }
}
