package redress.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import redress.dispute.DisputeId;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.keys.SigningKey;
import redress.log.Recomputed;
import redress.log.Recounted;
import redress.log.Sequencer;
import redress.log.StoredEntries.Broken;
import redress.log.Verification;
import redress.postgres.Database;
import redress.seal.Checkpoint;
import redress.seal.KeyChain;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.Entries;
import redress.store.Entries.Place;
import redress.store.LogBook;
import redress.store.LogBook.Leaf;
import redress.store.Recount;

/**
 * A database in which a handful of disputes have lived, a witness who kept each checkpoint, and the superuser, who does
 * what he likes in a transaction that is looked at and undone.
 */
final class Tampering implements AutoCloseable {
  private static final int CHECKPOINTS = 4;

  final Lives lives = new Lives();
  final Keyring keys = lives.server.centre.the(Keyring.class);
  final List<Note> witnessed = new ArrayList<>();
  final JdbcClient sql;
  final LogBook book;
  private final Connection superuser;
  private final Entries entries;

  Tampering() throws SQLException {
    superuser = lives.server.centre.the(Database.class).connect();
    var alone = new SingleConnectionDataSource(superuser, true);
    sql = JdbcClient.create(alone);
    book = new LogBook(alone);
    entries = new Entries(alone);
    var sequencer = lives.server.centre.the(Sequencer.class);
    for (int i = 0; i < CHECKPOINTS; i++) {
      if (i > 0) lives.goOn(i);
      sequencer.cover(true);
      for (boolean live : new boolean[] {true, false}) witnessed.add(latest(live));
    }
    superuser.setAutoCommit(false);
  }

  Note latest(boolean live) {
    return Note.parse(book.published(live).orElseThrow().note());
  }

  /** Does it, looks, and undoes it. */
  <T> T undone(Looking<T> looking) throws SQLException {
    try {
      return looking.seen();
    } finally {
      superuser.rollback();
    }
  }

  /** Something that is done and looked at. */
  interface Looking<T> {
    T seen() throws SQLException;
  }

  /** The first entry of this tree that is broken. */
  Optional<Broken> broken(boolean live) {
    return broken(live, keys.all(Purpose.log(live)));
  }

  /** The same for whoever knows these keys. */
  Optional<Broken> broken(boolean live, KeyChain known) {
    return new Verification(book, new Recomputed(entries), 1).of(live, known, witnessed).broken();
  }

  /** What the witness kept of this tree, the oldest first. */
  List<Note> witnessed(boolean live) {
    return witnessed.stream().filter(note -> note.text().startsWith(keys.name(Purpose.log(live)) + "\n")).toList();
  }

  /** What the whole verification finds first: in either tree, or what no entry leads to. */
  Optional<String> whole() throws SQLException {
    var rows = Recount.of(superuser);
    for (boolean live : new boolean[] {true, false}) {
      var some = new Recounted(live, rows.proven(), new Recomputed(entries));
      var broken = new Verification(book, some, 1).of(live, keys.all(Purpose.log(live)), witnessed).broken();
      assertThat(broken).as("the same, entry by entry").isEqualTo(broken(live));
      if (broken.isPresent()) return broken.map(it -> it.index() + ": " + it.what());
    }
    return rows.wrong().stream().findFirst();
  }

  /**
   * Makes the hashes of a payment's dispute from event {@code n} on, its chain, leaves and tiles fit what is stored.
   */
  void fit(String payment, int n) {
    var id = sql.sql("select home, id from dispute where payment = ?").param(payment)
        .query((row, _) -> new DisputeId(row.getInt(1), row.getLong(2))).single();
    for (int i = n; i <= book.events(id); i++) {
      var hash = entries.at(List.of(Place.of(id, i))).getFirst().hash();
      sql.sql("update event set hash = ? where home = ? and dispute = ? and n = ?").param(hash).param(id.home())
          .param(id.number()).param(i).update();
      sql.sql("update log_leaf set hash = ? where home = ? and dispute = ? and n = ?").param(hash).param(id.home())
          .param(id.number()).param(i).update();
      sql.sql("update dispute set chain = ? where payment = ?").param(hash).param(payment).update();
    }
    tile(0, book.leaves(false, 0, book.size(false)).stream().map(leaf -> Merkle.leaf(leaf.hash())).toList());
  }

  private void tile(int level, List<byte[]> hashes) {
    var above = new ArrayList<byte[]>();
    for (int from = 0; from < hashes.size(); from += Tiles.WIDTH) {
      var tile = new ByteArrayOutputStream();
      hashes.subList(from, Math.min(from + Tiles.WIDTH, hashes.size())).forEach(tile::writeBytes);
      sql.sql("update log_tile set hashes = ? where not live and level = ? and number = ?").param(tile.toByteArray())
          .param(level).param(from / Tiles.WIDTH).update();
      if (tile.size() == Tiles.WIDTH * Merkle.HASH) above.add(Tiles.root(tile.toByteArray()));
    }
    if (!above.isEmpty()) tile(level + 1, above);
  }

  /** Signs the tree of test payments as it is now in the place of its last checkpoint, with this key. */
  void sign(SigningKey key) {
    long size = book.size(false);
    var root = Merkle.root(size, new Tiles((level, number) -> book.tile(false, level, number)));
    var note = key.sign(Note.of(Checkpoint.of(keys.name(Purpose.TEST_LOG), size, root).text()));
    sql.sql("update log_checkpoint set note = ? where not live and size = ?").param(note.written()).param(size)
        .update();
  }

  /** What is found at these leaves alone. */
  Optional<Broken> near(List<Leaf> leaves) {
    return leaves.isEmpty() ? Optional.empty() : new Recomputed(entries).broken(leaves);
  }

  @Override public void close() {
    try (lives) {
      superuser.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
