package redress.store;

import static redress.store.Bulk.Type.BIGINT;
import static redress.store.Bulk.Type.BOOL;
import static redress.store.Bulk.Type.HEX;
import static redress.store.Bulk.Type.INSTANT;
import static redress.store.Bulk.Type.INT;
import static redress.store.Bulk.Type.JSON;
import static redress.store.Bulk.Type.SMALLINT;
import static redress.store.Bulk.Type.STATE;
import static redress.store.Bulk.Type.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
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
  VERSION       (INT,      Merge.STEP,    s -> s.now.version()),
  STAGE         (STATE,    Merge.STEP,    s -> Json.stage(s.now)),
  CHAIN         (HEX,      Merge.STEP,    s -> s.chain),
  PHASE         (TEXT,     Merge.STEP,    s -> s.now.status().phase),
  STATUS        (TEXT,     Merge.STEP,    s -> s.now.status()),
  AWAITED       (TEXT,     Merge.STEP,    DisputeColumns::awaited),
  BUYER         (TEXT,     Merge.FIXED,   s -> about(s).buyer()),
  MERCHANT      (TEXT,     Merge.FIXED,   s -> about(s).merchant()),
  REASON        (TEXT,     Merge.FIXED,   s -> about(s).reason()),
  WISH          (TEXT,     Merge.FIXED,   s -> about(s).wish()),
  MINOR         (BIGINT,   Merge.FIXED,   s -> about(s).minor()),
  CURRENCY      (TEXT,     Merge.FIXED,   s -> about(s).currency()),
  LIVE          (BOOL,     Merge.FIXED,   s -> about(s).live()),
  CLOCK         (TEXT,     Merge.FIXED,   s -> s.folder.read.clock()),
  RULES         (TEXT,     Merge.FIXED,   s -> about(s).rules()),
  ROUND         (INT,      Merge.STEP,    s -> s.now.round().number()),
  DEADLINE      (TEXT,     Merge.STEP,    s -> s.deadline() == null ? null : s.deadline().deadline()),
  DUE           (INSTANT,  Merge.STEP,    s -> s.deadline() == null ? null : s.deadline().due()),
  MEDIATOR      (TEXT,     Merge.STEP,    s -> s.now.mediation().mediator()),
  VERIFIER      (TEXT,     Merge.STEP,    s -> s.now.mediation().verifier()),
  OUTCOME       (TEXT,     Merge.REPLACE, s -> closed(s) instanceof Stage.Closed over ? over.outcome() : null),
  LIABLE        (TEXT,     Merge.REPLACE, s -> s.now.mediation().ruling() == null ? null : s.now.mediation().ruling().liable()),
  REMEDY        (TEXT,     Merge.REPLACE, s -> settled(s, it -> it.terms().remedy())),
  ORIGIN        (TEXT,     Merge.REPLACE, s -> settled(s, Settlement::origin)),
  FILED_AT      (INSTANT,  Merge.FIXED,   s -> about(s).at()),
  UPDATED_AT    (INSTANT,  Merge.STEP,    s -> s.now.lastAt()),
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

  /**
   * How a new value meets the one that is there: STEP with every change; the last five only when there is something new
   * to say, which spares most changes more than half of the columns.
   */
  private enum Merge { FIXED, HIDDEN, STEP, REPLACE, FIRST, EVER, ADD, TAGS }

  private final Merge merge;
  @SuppressWarnings("ImmutableEnumChecker") // a record of a name, an enum and a pure function
  private final Column<Sheet> column;

  DisputeColumns(Bulk.Type type, Merge merge, Function<Sheet, @Nullable Object> value) {
    this.merge = merge;
    this.column = new Column<>(name().toLowerCase(Locale.ROOT), type, value);
  }

  private static final List<DisputeColumns> SHOWN = columns(c -> c.merge != Merge.HIDDEN);
  private static final List<DisputeColumns> STEPS = columns(c -> c.merge == Merge.STEP);
  private static final List<DisputeColumns> FACTS = columns(c -> switch (c.merge) {
    case FIXED, HIDDEN, STEP -> false;
    case REPLACE, FIRST, EVER, ADD, TAGS -> true;
  });

  /** The columns of a new row. */
  static final Bulk<Sheet> FRESH = bulk(List.of(), SHOWN);
  /** The columns that every change writes, and the version that it was decided on. */
  static final Bulk<Sheet> MOVED = bulk(List.of(HOME, ID, SEEN), STEPS);
  /** The columns that few changes write. */
  static final Bulk<Sheet> NOTED = bulk(List.of(HOME, ID), FACTS);

  /** Writes new rows; tells which landed. */
  static final String INSERT = "insert into dispute (" + list(SHOWN, c -> c.column.name()) + ") select "
      + list(SHOWN, DisputeColumns::fresh) + " from " + FRESH.rows()
      + " on conflict (home, id) do nothing returning home, id";
  /** Moves on those rows that are still as they were read; tells which landed. */
  static final String MOVE = "update dispute d set " + list(STEPS, DisputeColumns::set) + " from " + MOVED.rows()
      + " where d.home = v.home and d.id = v.id and d.version = v.seen returning d.home, d.id";
  /** Notes what lists and statistics want to know of rows that were moved on in the same transaction. */
  static final String NOTE = "update dispute d set " + list(FACTS, DisputeColumns::set) + " from " + NOTED.rows()
      + " where d.home = v.home and d.id = v.id";

  /** Whether a dispute that was there has something new to say to lists and statistics. */
  static boolean isNoteworthy(Sheet sheet) {
    if (sheet.isNew()) return false;
    var before = sheet.asRead();
    return FACTS.stream().map(c -> c.column.value())
        .anyMatch(value -> !Objects.equals(value.apply(before), value.apply(sheet)));
  }

  private static List<DisputeColumns> columns(Predicate<DisputeColumns> wanted) {
    return Arrays.stream(values()).filter(wanted).toList();
  }

  private static Bulk<Sheet> bulk(List<DisputeColumns> keys, List<DisputeColumns> columns) {
    return new Bulk<>(Stream.concat(keys.stream(), columns.stream()).map(c -> c.column).toList());
  }

  private static String list(List<DisputeColumns> columns, Function<DisputeColumns, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }

  private String fresh() {
    return merge == Merge.TAGS ? "string_to_array(v.tags, ',')" : Bulk.value(column);
  }

  private String set() {
    var name = column.name();
    return name + " = " + switch (merge) {
      case FIXED, HIDDEN -> throw new IllegalStateException(name);
      case STEP, REPLACE -> fresh();
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
