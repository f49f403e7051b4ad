package redress.log;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Sequencer.Settings;
import redress.log.Sequencer.Steps;
import redress.seal.Checkpoint;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.store.Acts;
import redress.store.Entries;
import redress.store.LogBook;
import redress.store.TestDatabase;

/** A database of its own with a log in it, and acts to be logged. */
final class Room implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  /** Every turn goes on with what is old. */
  static final Settings SETTINGS = new Settings(Duration.ZERO, 4_096);
  static final boolean LIVE = true;

  final TestDatabase database = new TestDatabase();
  final LogBook book = new LogBook(database.pool);
  Keyring keys = Keyring.inMemory("shop.example/log", CLOCK);
  final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database.pool));
  final Acts acts = new Acts(database.sql);

  /** As if nothing had ever been logged, with new keys. */
  void empty() {
    for (var table : List.of("act", "log_leaf", "log_tile", "log_mark", "log_checkpoint", "log_cosignature",
        "log_stamp",
        "log_witness", "log_alarm", "log_key")) {
      tamper("delete from " + table);
    }
    tamper("update log_tree set size = 0");
    keys = Keyring.inMemory("shop.example/log", CLOCK);
  }

  Sequencer sequencer(Steps steps, Witness... witnesses) {
    return new Sequencer(book, new Recomputed(new Entries(database.pool)), keys, List.of(witnesses), CLOCK, SETTINGS,
        steps);
  }

  Sequencer sequencer(Witness... witnesses) {
    return sequencer(_ -> {}, witnesses);
  }

  /** Writes down an act in a transaction of its own. */
  void act(boolean live, String what) {
    transaction.executeWithoutResult(_ -> acts.write(live, "tested", NOW, Map.of("what", what)));
  }

  void acts(int count) {
    for (int i = 0; i < count; i++) act(LIVE, "act " + i);
  }

  /** Does something to the database that only its superuser can. */
  int tamper(String statement, Object... parameters) {
    try (var connection = database.postgres.database().connect()) {
      return JdbcClient.create(new SingleConnectionDataSource(connection, true)).sql(statement).params(parameters)
          .update();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Checkpoint latest() {
    return book.published(LIVE).map(it -> Checkpoint.parse(Note.parse(it.note()).text())).orElseThrow();
  }

  /** All checkpoints ever published of a tree, the smallest first, each proved by a key of the log. */
  List<Checkpoint> published(boolean live) {
    var all = new ArrayList<Checkpoint>();
    for (long size = 1; size <= book.size(live); size++) {
      book.published(live, size).map(it -> Note.parse(it.note())).ifPresent(note -> {
        var _ = keys.all(Purpose.log(live)).proves(note).orElseThrow();
        all.add(Checkpoint.parse(note.text()));
      });
    }
    return all;
  }

  /** The roots of all sizes, computed from the leaves alone. */
  byte[] root(boolean live, long size) {
    var leaves = book.leaves(live, 0, size).stream().map(it -> Merkle.leaf(it.hash())).toList();
    if (leaves.size() != size) throw new IllegalStateException("only " + leaves.size() + " leaves");
    return mth(leaves);
  }

  private static byte[] mth(List<byte[]> leaves) {
    if (leaves.size() == 1) return leaves.getFirst();
    int half = Integer.highestOneBit(leaves.size() - 1);
    return Merkle.node(mth(leaves.subList(0, half)), mth(leaves.subList(half, leaves.size())));
  }

  @Override public void close() {
    database.close();
  }
}
