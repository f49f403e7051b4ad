package redress.store;

import static redress.store.Bulk.Type.BIGINT;
import static redress.store.Bulk.Type.BOOL;
import static redress.store.Bulk.Type.HEX;
import static redress.store.Bulk.Type.INSTANT;
import static redress.store.Bulk.Type.INT;
import static redress.store.Bulk.Type.JSON;
import static redress.store.Bulk.Type.SMALLINT;
import static redress.store.Bulk.Type.TEXT;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Event;
import redress.dispute.Payment;
import redress.dispute.Timer;
import redress.seal.Canonical;
import redress.seal.Parts;
import redress.seal.Parts.Booked;
import redress.store.Bulk.Column;

/**
 * All rows of one round, table by table, and the statements that write them. Rows that another node may want too
 * are ordered by their keys, so that two nodes never wait for each other.
 */
final class Rows {
  final Collection<Folder> folders;
  final List<KeptReceipt> receipts = new ArrayList<>();
  final List<Folder> payments = new ArrayList<>();
  final List<Sheet> fresh = new ArrayList<>();
  final List<Sheet> moved = new ArrayList<>();
  private final List<Sheet> noted = new ArrayList<>();
  private final List<Written> events = new ArrayList<>();
  private final List<Posted> entries = new ArrayList<>();
  private final List<PostedLine> lines = new ArrayList<>();
  private final Map<Cause, List<Booked>> caused = new HashMap<>();
  private final List<Item> itemsOver = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private final List<Duty> errandsOver = new ArrayList<>();
  private final List<Duty> errands = new ArrayList<>();
  private final List<Folder.Kept> texts = new ArrayList<>();

  record KeptReceipt(Folder folder, Receipt receipt) {}

  private record Written(DisputeId dispute, Line line, long batch, String body, String salt, String hash) {}

  private record Cause(DisputeId dispute, int n) {}

  private record Posted(Folder folder, Folder.Entry entry, long id) {
    Booked booked() {
      return Booking.booked(id, entry.refund(), entry.transfer());
    }
  }

  private record PostedLine(Posted posted, int number) {
    redress.money.Transfer.Line line() {
      return posted.entry.transfer().lines().get(number);
    }
  }

  private record Item(int home, String payment, String item, DisputeId dispute) {}

  private record Duty(Folder folder, DisputeId dispute, String key, int n, Instant due, String body) {}

  /**
   * The rows of {@code folders} under the number {@code batch}, with a log entry for every event if there are
   * {@code salts}.
   */
  Rows(Collection<Folder> folders, long batch, @Nullable Salts salts) {
    this.folders = List.copyOf(folders);
    for (var folder : folders) {
      for (var entry : folder.entries) post(folder, entry);
      if (!folder.payment.equals(folder.read.payment())) payments.add(folder);
      for (var receipt : folder.receipts) receipts.add(new KeptReceipt(folder, receipt));
      for (var sheet : folder.sheets.values()) if (sheet.isChanged()) sheet(sheet, batch, salts);
      for (var todo : folder.todos) {
        errands.add(new Duty(folder, todo.dispute(), todo.n() + "." + todo.place(), todo.n(), todo.errand().at(),
            Json.write(Errand.class, todo.errand())));
      }
      items(folder);
      texts.addAll(folder.texts);
    }
    receipts.sort(Comparator.comparing((KeptReceipt kept) -> kept.receipt().key().principal())
        .thenComparing(kept -> kept.receipt().key().key()));
    payments
        .sort(Comparator.comparingInt((Folder folder) -> home(folder)).thenComparing(folder -> folder.payment.id()));
    for (var sheets : List.of(fresh, moved, noted)) sheets.sort(Comparator.comparing(sheet -> sheet.read.id()));
    items.sort(Comparator.comparingInt(Item::home).thenComparing(Item::payment).thenComparing(Item::item));
    errands.sort(Comparator.comparing(Duty::dispute).thenComparing(Duty::key));
  }

  private void sheet(Sheet sheet, long batch, @Nullable Salts salts) {
    (sheet.isNew() ? fresh : moved).add(sheet);
    if (DisputeColumns.isNoteworthy(sheet)) noted.add(sheet);
    sheet.chain = sheet.read.chain();
    for (var line : sheet.lines) {
      events.add(written(sheet.read.id(), line, batch, sheet.chain, salts));
      sheet.chain = events.getLast().hash();
    }
    var deadline = sheet.deadline();
    if (deadline != null && !deadline.equals(sheet.deadlineBefore)) {
      errands.add(new Duty(sheet.folder, sheet.read.id(), Errands.DEADLINE, sheet.now.version(), deadline.due(),
          Json.write(Timer.class, deadline)));
    } else if (deadline == null && sheet.deadlineBefore != null) {
      errandsOver.add(new Duty(sheet.folder, sheet.read.id(), Errands.DEADLINE, 0, Instant.EPOCH, ""));
    }
  }

  private Written written(DisputeId dispute, Line line, long batch, String previous, @Nullable Salts salts) {
    var json = Json.write(Event.class, line.event());
    if (salts == null) return new Written(dispute, line, batch, json, "", "");
    var body = Canonical.of(json);
    var salt = salts.next();
    var booked = caused.getOrDefault(new Cause(dispute, line.n()), List.of());
    var parts = new Parts(
        Parts.event(line.before().name(), line.after().name(), line.event().row(), line.type(), body),
        Parts.actor(line.role().name(), line.subject(), line.person()), Parts.money(booked));
    var entry = parts.entry(dispute.toString(), line.n(), line.at(), previous, salt);
    return new Written(dispute, line, batch, body, HexFormat.of().formatHex(salt), entry.hash());
  }

  private void post(Folder folder, Folder.Entry entry) {
    var posted = new Posted(folder, entry, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    entries.add(posted);
    caused.computeIfAbsent(new Cause(entry.dispute(), entry.n()), _ -> new ArrayList<>()).add(posted.booked());
    for (int i = 0; i < entry.transfer().lines().size(); i++) lines.add(new PostedLine(posted, i));
  }

  private void items(Folder folder) {
    var before = folder.read.payment().open();
    var after = folder.payment.open();
    if (before.equals(after)) return;
    before.forEach((id, wanted) -> {
      if (!wanted.equals(after.get(id))) itemsOver.addAll(items(folder, id, wanted));
    });
    after.forEach((id, wanted) -> {
      if (!wanted.equals(before.get(id))) items.addAll(items(folder, id, wanted));
    });
  }

  /** A dispute about no items in particular is about the payment as a whole and so about each of its items. */
  private static List<Item> items(Folder folder, DisputeId dispute, Set<String> wanted) {
    var rows = new ArrayList<Item>();
    if (wanted.isEmpty()) rows.add(new Item(home(folder), folder.payment.id(), "", dispute));
    for (var item : wanted.isEmpty() ? folder.payment.items() : wanted) {
      rows.add(new Item(home(folder), folder.payment.id(), item, dispute));
    }
    return rows;
  }

  private static int home(Folder folder) {
    return redress.dispute.Home.of(folder.payment.id());
  }

  /** Sets every parameter of {@link #CLAIM}. */
  void bindClaims(PreparedStatement claim) throws SQLException {
    int at = RECEIPTS.bind(claim, 1, receipts);
    at = PAYMENTS.bind(claim, at, payments);
    at = DisputeColumns.FRESH.bind(claim, at, fresh);
    DisputeColumns.MOVED.bind(claim, at, moved);
  }

  /** Sets every parameter of {@link #APPEND}. */
  void bind(PreparedStatement append) throws SQLException {
    int at = DisputeColumns.NOTED.bind(append, 1, noted);
    at = EVENTS.bind(append, at, events);
    at = ENTRIES.bind(append, at, entries);
    at = LINES.bind(append, at, lines);
    at = ITEMS.bind(append, at, itemsOver);
    at = ITEMS.bind(append, at, items);
    at = DUTIES_OVER.bind(append, at, errandsOver);
    at = DUTIES.bind(append, at, errands);
    TEXTS.bind(append, at, texts);
  }

  // @formatter:off
  private static final Bulk<KeptReceipt> RECEIPTS = new Bulk<>(List.of(
      new Column<>("home",      SMALLINT, kept -> (short) kept.receipt().dispute().home()),
      new Column<>("principal", TEXT,     kept -> kept.receipt().key().principal()),
      new Column<>("key",       TEXT,     kept -> kept.receipt().key().key()),
      new Column<>("body_hash", TEXT,     kept -> kept.receipt().key().bodyHash()),
      new Column<>("dispute",   BIGINT,   kept -> kept.receipt().dispute().number()),
      new Column<>("command",   TEXT,     kept -> kept.receipt().command()),
      new Column<>("version",   INT,      kept -> kept.receipt().version()),
      new Column<>("events",    INT,      kept -> kept.receipt().events()),
      new Column<>("at",        INSTANT,  kept -> kept.receipt().at())));

  private static final Bulk<Folder> PAYMENTS = new Bulk<>(List.of(
      new Column<>("home",     SMALLINT, folder -> (short) home(folder)),
      new Column<>("id",       TEXT,     folder -> folder.payment.id()),
      new Column<>("revision", INT,      folder -> folder.read.revision()),
      new Column<>("state",    JSON,     folder -> Json.write(Payment.class, folder.payment))));

  private static final Bulk<Written> EVENTS = new Bulk<>(List.of(
      new Column<>("home",          SMALLINT, it -> (short) it.dispute().home()),
      new Column<>("dispute",       BIGINT,   it -> it.dispute().number()),
      new Column<>("n",             INT,      it -> it.line().n()),
      new Column<>("at",            INSTANT,  it -> it.line().at()),
      new Column<>("row",           SMALLINT, it -> (short) it.line().event().row()),
      new Column<>("status_before", TEXT,     it -> it.line().before()),
      new Column<>("status_after",  TEXT,     it -> it.line().after()),
      new Column<>("role",          TEXT,     it -> it.line().role()),
      new Column<>("subject",       TEXT,     it -> it.line().subject()),
      new Column<>("by_person",     TEXT,     it -> it.line().person()),
      new Column<>("type",          TEXT,     it -> it.line().type()),
      new Column<>("batch",         BIGINT,   it -> it.batch()),
      new Column<>("body",          JSON,     Written::body),
      new Column<>("salt",          HEX,      Written::salt),
      new Column<>("hash",          HEX,      Written::hash)));

  private static final Bulk<Posted> ENTRIES = new Bulk<>(List.of(
      new Column<>("home",     SMALLINT, it -> (short) home(it.folder())),
      new Column<>("id",       BIGINT,   it -> it.id()),
      new Column<>("payment",  TEXT,     it -> it.folder().payment.id()),
      new Column<>("merchant", TEXT,     it -> it.folder().payment.merchant()),
      new Column<>("dispute",  BIGINT,   it -> it.entry().dispute().number()),
      new Column<>("n",        INT,      it -> it.entry().n()),
      new Column<>("cause",    TEXT,     it -> it.entry().transfer().cause()),
      new Column<>("currency", TEXT,     it -> it.entry().transfer().currency()),
      new Column<>("refund",   INT,      it -> it.entry().refund()),
      new Column<>("live",     BOOL,     it -> it.folder().payment.live()),
      new Column<>("at",       INSTANT,  it -> it.entry().at())));

  private static final Bulk<PostedLine> LINES = new Bulk<>(List.of(
      new Column<>("home",     SMALLINT, it -> (short) home(it.posted().folder())),
      new Column<>("entry",    BIGINT,   it -> it.posted().id()),
      new Column<>("line",     SMALLINT, it -> (short) it.number()),
      new Column<>("account",  TEXT,     it -> it.line().account().key),
      new Column<>("minor",    BIGINT,   it -> it.line().minor()),
      new Column<>("currency", TEXT,     it -> it.posted().entry().transfer().currency()),
      new Column<>("payment",  TEXT,     it -> it.posted().folder().payment.id()),
      new Column<>("dispute",  BIGINT,   it -> it.posted().entry().dispute().number())));

  private static final Bulk<Item> ITEMS = new Bulk<>(List.of(
      new Column<>("home",    SMALLINT, it -> (short) it.home()),
      new Column<>("payment", TEXT,     Item::payment),
      new Column<>("item",    TEXT,     Item::item),
      new Column<>("dispute", BIGINT,   it -> it.dispute().number())));

  private static final Bulk<Duty> DUTIES = new Bulk<>(List.of(
      new Column<>("home",    SMALLINT, it -> (short) it.dispute().home()),
      new Column<>("dispute", BIGINT,   it -> it.dispute().number()),
      new Column<>("key",     TEXT,     Duty::key),
      new Column<>("n",       INT,      Duty::n),
      new Column<>("due",     INSTANT,  Duty::due),
      new Column<>("clock",   TEXT,     it -> it.folder().read.clock()),
      new Column<>("live",    BOOL,     it -> it.folder().payment.live()),
      new Column<>("body",    JSON,     Duty::body)));

  private static final Bulk<Duty> DUTIES_OVER = new Bulk<>(List.of(
      new Column<>("home",    SMALLINT, it -> (short) it.dispute().home()),
      new Column<>("dispute", BIGINT,   it -> it.dispute().number()),
      new Column<>("key",     TEXT,     Duty::key)));

  private static final Bulk<Folder.Kept> TEXTS = new Bulk<>(List.of(
      new Column<>("home",    SMALLINT, it -> (short) it.dispute().home()),
      new Column<>("id",      TEXT,     it -> it.text().words().id()),
      new Column<>("dispute", BIGINT,   it -> it.dispute().number()),
      new Column<>("subject", TEXT,     it -> it.text().subject()),
      new Column<>("role",    TEXT,     it -> it.text().role()),
      new Column<>("chars",   INT,      it -> it.text().words().chars()),
      new Column<>("at",      INSTANT,  Folder.Kept::at),
      new Column<>("body",    TEXT,     it -> it.text().body())));
  // @formatter:on

  /** What another node may have taken or moved on: each statement tells what landed. */
  static final String CLAIM = String.join(";\n",
      RECEIPTS.insert("receipt") + " on conflict do nothing returning principal, key",
      "update payment p set revision = p.revision + 1, state = v.state::jsonb from " + PAYMENTS.rows()
          + " where p.home = v.home and p.id = v.id and p.revision = v.revision returning p.id",
      DisputeColumns.INSERT,
      DisputeColumns.MOVE);

  /** Everything else, and the commit: what fails before it keeps it from happening. */
  static final String APPEND = String.join(";\n",
      DisputeColumns.NOTE,
      EVENTS.insert("event"),
      ENTRIES.insert("ledger_entry"),
      LINES.insert("ledger_line"),
      "delete from open_item i using " + ITEMS.rows()
          + " where i.home = v.home and i.payment = v.payment and i.item = v.item and i.dispute = v.dispute",
      ITEMS.insert("open_item"),
      "delete from errand e using " + DUTIES_OVER.rows()
          + " where e.home = v.home and e.dispute = v.dispute and e.key = v.key",
      DUTIES.insert("errand") + " on conflict (home, dispute, key) do update set n = excluded.n, due = excluded.due,"
          + " body = excluded.body, tries = 0, parked_at = null, last_error = null",
      TEXTS.insert("words"),
      "commit");
}
