package redress.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.invariant.Change.Table;
import redress.store.LogBook.Leaf;

/**
 * Whatever the database's superuser changes at or below what a witness has seen is found, and the first entry named.
 */
class TamperTest {
  private static final int MANY = Integer.getInteger("redress.changes", 10_000);
  private static final int WHOLE = 100;
  private static Tampering room;

  /** A row of a table with the leaves of what it belongs to. */
  private record Row(Table table, String ctid, List<Leaf> leaves) {}

  @BeforeAll static void open() throws SQLException {
    room = new Tampering();
  }

  @AfterAll static void close() {
    room.close();
  }

  @Test void nothing_is_found_where_nothing_was_changed() throws SQLException {
    assertThat(room.whole()).isEmpty();
  }

  @Test void ten_thousand_changes_at_random_are_all_found() throws SQLException {
    var chance = new Random(40);
    var rows = new ArrayList<List<Row>>();
    for (var table : Change.TABLES) rows.add(rows(table));
    var leaves = rows(Change.LEAVES);
    int near = 0;
    for (int done = 0; done < MANY;) {
      boolean whole = done % (MANY / WHOLE) == 0;
      var some = whole && chance.nextInt(3) == 0 ? leaves : rows.get(chance.nextInt(rows.size()));
      var row = some.get(chance.nextInt(some.size()));
      var other = some.get(chance.nextInt(some.size()));
      var change = new Change(room.sql, chance, row.table(), row.ctid(), row.leaves());
      var found = room.undone(() -> !change.done(other.ctid()) ? "nothing happened" : seen(change, whole));
      if (found.equals("nothing happened")) continue;
      assertThat(found).as(change.toString()).isNotEmpty();
      if (found.startsWith("near")) near++;
      done++;
    }
    assertThat(near).isGreaterThan(MANY / 2);
  }

  /** What is found: close by, or by looking at all. */
  private static String seen(Change change, boolean whole) throws SQLException {
    if (!whole) {
      var broken = room.near(change.leaves());
      if (broken.isPresent()) {
        assertThat(change.leaves()).extracting(Leaf::index).contains(broken.get().index());
        return "near " + broken.get().what();
      }
    }
    return room.whole().orElse("");
  }

  private static List<Row> rows(Table table) throws SQLException {
    return room.undone(() -> room.sql.sql("select ctid::text from " + table.name())
        .query((row, _) -> row.getString(1)).list().stream()
        .map(ctid -> new Row(table, ctid, leaves(table, ctid))).toList());
  }

  private static List<Leaf> leaves(Table table, String ctid) {
    if (table.leaves().isEmpty()) return List.of();
    record Numbered(boolean live, long index) {}
    return room.sql.sql("select l.live, l.index from " + table.name() + " t, log_leaf l where t.ctid = ?::tid and "
        + table.leaves() + " order by l.live, l.index").param(ctid)
        .query((row, _) -> new Numbered(row.getBoolean("live"), row.getLong("index"))).list().stream()
        .flatMap(it -> room.book.leaves(it.live(), it.index(), it.index() + 1).stream()).toList();
  }
}
