package redress.store;

import static redress.store.Bulk.Type.BIGINT;
import static redress.store.Bulk.Type.INT;
import static redress.store.Bulk.Type.SMALLINT;
import static redress.store.Bulk.Type.TEXT;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Payment;
import redress.seal.Entry;
import redress.store.Bulk.Column;

/**
 * The journal over one connection: reads what a round of commands needs in one round trip, and writes everything
 * they cause in another. Whoever holds it begins and ends the transactions; used by one thread.
 */
final class Journal {
  private final Connection connection;
  private final PreparedStatement read;
  private final PreparedStatement claim;
  private final PreparedStatement append;
  private final Memory memory = new Memory();
  private final @Nullable Salts salts;
  private @Nullable Rows begun;

  /** {@code salts}: what entries are salted with; with none, events get no entries. */
  Journal(Connection connection, @Nullable Salts salts) throws SQLException {
    this.connection = connection;
    this.salts = salts;
    this.read = connection.prepareStatement(READ);
    this.claim = connection.prepareStatement(Rows.CLAIM);
    this.append = connection.prepareStatement(Rows.APPEND);
  }

  /** Everything that {@code wanted} asks for, as far as it is there. */
  Reading read(List<Wanted> wanted) throws SQLException {
    int next = LOOKS.bind(read, 1, wanted.stream().map(memory::look).distinct().toList());
    KEYS.bind(read, next, wanted.stream().map(Wanted::key).filter(Objects::nonNull).toList());
    read.execute();
    var reading = new Reading(new HashMap<>(), new HashMap<>(), new HashMap<>());
    try (var rows = read.getResultSet()) {
      while (rows.next()) page(rows, reading);
    }
    read.getMoreResults();
    try (var rows = read.getResultSet()) {
      while (rows.next()) receipt(rows, reading.receipts());
    }
    return reading;
  }

  /**
   * Begins a transaction and writes into it, under the number {@code batch}, what someone else may have moved on since
   * it was read. Returns the folders to which that happened: then {@link #rollback} and try without them.
   */
  Set<Folder> begin(Collection<Folder> folders, long batch) throws SQLException {
    connection.setAutoCommit(false);
    var rows = new Rows(folders, batch, salts);
    rows.bindClaims(claim);
    claim.execute();
    var keys = new HashSet<Key>();
    var payments = new HashSet<String>();
    var disputes = new HashSet<DisputeId>();
    landed(keys, payments, disputes);
    var lost = new HashSet<Folder>();
    for (var kept : rows.receipts) if (!keys.contains(Reading.bare(kept.receipt().key()))) lost.add(kept.folder());
    for (var folder : rows.payments) if (!payments.contains(folder.payment.id())) lost.add(folder);
    for (var sheet : rows.fresh) if (!disputes.contains(sheet.read.id())) lost.add(sheet.folder);
    for (var sheet : rows.moved) if (!disputes.contains(sheet.read.id())) lost.add(sheet.folder);
    begun = rows;
    return lost;
  }

  /** Writes the rest of what was begun, and commits. When the connection breaks meanwhile it may have landed or not. */
  void commit() throws SQLException {
    var rows = Objects.requireNonNull(begun);
    rows.bind(append);
    append.execute();
    rows.folders.forEach(memory::keep);
    begun = null;
    connection.setAutoCommit(true);
  }

  /** Undoes what was begun. */
  void rollback() throws SQLException {
    begun = null;
    if (!connection.getAutoCommit()) connection.rollback();
    connection.setAutoCommit(true);
  }

  /** Whether the round with this number landed: {@code folder} is one that it wrote. */
  boolean landed(Folder folder, long batch) throws SQLException {
    var line = folder.sheets.values().stream().filter(Sheet::isChanged).findFirst().orElseThrow();
    try (var asked = connection.prepareStatement(LANDED)) {
      asked.setInt(1, line.read.id().home());
      asked.setLong(2, line.read.id().number());
      asked.setInt(3, line.lines.getFirst().n());
      asked.setLong(4, batch);
      try (var rows = asked.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void landed(Set<Key> keys, Set<String> payments, Set<DisputeId> disputes) throws SQLException {
    try (var rows = claim.getResultSet()) {
      while (rows.next()) keys.add(new Key(rows.getString(1), rows.getString(2), ""));
    }
    claim.getMoreResults();
    try (var rows = claim.getResultSet()) {
      while (rows.next()) payments.add(rows.getString(1));
    }
    for (int fresh = 0; fresh < 2; fresh++) {
      claim.getMoreResults();
      try (var rows = claim.getResultSet()) {
        while (rows.next()) disputes.add(new DisputeId(rows.getInt(1), rows.getLong(2)));
      }
    }
  }

  private void page(ResultSet row, Reading into) throws SQLException {
    var paymentId = row.getString("payment");
    if (paymentId == null) return;
    var id = new DisputeId(row.getInt("home"), row.getLong("id"));
    var purse = into.purses().get(paymentId);
    if (purse == null) {
      var state = row.getString("state");
      var now = row.getObject("now", OffsetDateTime.class);
      purse = new Purse(state == null ? memory.payment(paymentId) : Json.MAPPER.readValue(state, Payment.class),
          row.getInt("revision"), row.getString("clock"), now == null ? null : now.toInstant());
      into.purses().put(paymentId, purse);
    }
    var stage = row.getString("stage");
    boolean isNew = row.getInt("version") == 0;
    var page = isNew ? new Page(id, paymentId, Dispute.NONE, Entry.NONE)
        : stage == null ? memory.page(id) : new Page(id, paymentId, Json.dispute(stage), chain(row));
    into.pages().put(id, page);
    if (!isNew) memory.keep(page, purse.payment(), purse.revision());
  }

  private static String chain(ResultSet row) throws SQLException {
    var chain = row.getBytes("chain");
    return chain.length == 0 ? Entry.NONE : HexFormat.of().formatHex(chain);
  }

  private static void receipt(ResultSet row, Map<Key, Receipt> into) throws SQLException {
    var key = new Key(row.getString("principal"), row.getString("key"), row.getString("body_hash"));
    into.put(Reading.bare(key), new Receipt(key, new DisputeId(row.getInt("home"), row.getLong("dispute")),
        row.getString("command"), row.getInt("version"), row.getInt("events"),
        row.getObject("at", OffsetDateTime.class).toInstant()));
  }

  private static final Bulk<Memory.Look> LOOKS = new Bulk<>(List.of(
      new Column<>("home", SMALLINT, look -> (short) look.dispute().home()),
      new Column<>("id", BIGINT, look -> look.dispute().number()),
      new Column<>("payment", TEXT, Memory.Look::payment),
      new Column<>("version", INT, Memory.Look::version),
      new Column<>("revision", INT, Memory.Look::revision)));

  private static final Bulk<Key> KEYS = new Bulk<>(List.of(
      new Column<>("principal", TEXT, Key::principal), new Column<>("key", TEXT, Key::key)));

  // What is known by its version is not sent again. A payment of another home than the dispute's is not found: such an
  // id was never given out.
  private static final String READ = """
      select v.home, v.id, d.version, p.id as payment, p.revision, p.clock, c.now,
        case when d.version <> v.version then d.stage end as stage,
        case when d.version <> v.version then d.chain end as chain,
        case when p.revision <> v.revision then p.state end as state
      from %s
      left join dispute d on d.home = v.home and d.id = v.id
      left join payment p on p.home = v.home and p.id = coalesce(d.payment, v.payment)
      left join test_clock c on c.id = p.clock;
      select r.* from %s join receipt r on r.principal = v.principal and r.key = v.key
      """.formatted(LOOKS.rows(), KEYS.rows());

  private static final String LANDED = "select 1 from event where home = ? and dispute = ? and n = ? and batch = ?";
}
