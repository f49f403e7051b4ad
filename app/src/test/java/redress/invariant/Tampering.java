package redress.invariant;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Recomputed;
import redress.log.Sequencer;
import redress.log.StoredEntries.Broken;
import redress.log.Verification;
import redress.postgres.Database;
import redress.seal.Note;
import redress.store.Entries;
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
      sequencer.cover();
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
    return new Verification(book, new Recomputed(entries), 1).of(live, keys.all(Purpose.log(live)), witnessed).broken();
  }

  /** What the whole verification finds first: in either tree, or what no entry leads to. */
  Optional<String> whole() throws SQLException {
    for (boolean live : new boolean[] {true, false}) {
      var broken = broken(live);
      if (broken.isPresent()) return broken.map(it -> it.index() + ": " + it.what());
    }
    return Recount.of(superuser).wrong().stream().findFirst();
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
