package redress.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redress.invariant.Change.Table;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.seal.Checkpoint;
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
    for (int done = 0; done < MANY;) {
      boolean whole = done % (MANY / WHOLE) == 0;
      var some = whole && chance.nextInt(3) == 0 ? leaves : rows.get(chance.nextInt(rows.size()));
      var row = some.get(chance.nextInt(some.size()));
      var other = some.get(chance.nextInt(some.size()));
      var change = new Change(room.sql, chance, row.table(), row.ctid(), row.leaves());
      var found = room.undone(() -> !change.done(other.ctid()) ? "nothing happened" : seen(change, whole));
      if (found.equals("nothing happened")) continue;
      assertThat(found).as(change.toString()).isNotEmpty();
      done++;
    }
  }

  @ParameterizedTest
  @MethodSource("redress.invariant.Deed#all") void what_is_done_on_purpose_is_found_and_the_first_entry_is_named(
      Deed deed) throws SQLException {
    room.undone(() -> {
      var first = number(deed.first());
      assertThat(room.sql.sql(deed.sql()).update()).isNotNegative();
      if (deed.hidden() != Deed.Hidden.NOT) room.fit("p-kept", 5);
      if (deed.hidden() == Deed.Hidden.SIGNED) room.sign(room.keys.current(Purpose.TEST_LOG));
      if (first.isEmpty()) {
        assertThat(room.whole().orElse("")).contains(deed.first());
      } else if (deed.hidden() == Deed.Hidden.NOT) {
        assertThat(room.broken(false)).hasValueSatisfying(it -> assertThat(it.index()).isEqualTo(first.get()));
      } else {
        // All is made to fit: the first checkpoint that does not tells between which entries it was.
        var found = room.broken(false).orElseThrow();
        assertThat(found.index()).isLessThanOrEqualTo(first.get());
        assertThat(found.what()).matches(deed.hidden() == Deed.Hidden.FITTED ? "entries 0 to \\d+ are not .*"
            : "two trees of \\d+ entries were signed");
      }
      return first;
    });
  }

  @ParameterizedTest @ValueSource(ints = {0, 1, 2}) void an_older_backup_is_told_from_the_database(int checkpoint)
      throws SQLException {
    room.undone(() -> {
      long size = Checkpoint.parse(room.witnessed(false).get(checkpoint).text()).size();
      room.sql.sql("delete from event e using log_leaf l where not l.live and l.index >= :size and l.act = 0"
          + " and l.home = e.home and l.dispute = e.dispute and l.n = e.n; delete from act a using log_leaf l"
          + " where not l.live and l.index >= :size and l.act = a.id; delete from log_leaf where not live"
          + " and index >= :size; delete from log_checkpoint where not live and size > :size;"
          + " update log_tree set size = :size where not live")
          .param("size", size).update();
      assertThat(room.broken(false)).hasValueSatisfying(it -> assertThat(it.index()).isEqualTo(size));
      return size;
    });
  }

  @Test void another_key_is_told_from_the_one_that_signed() throws SQLException {
    var other = Keyring.inMemory("redress.local/log", Clock.systemUTC());
    room.undone(() -> {
      room.sign(other.current(Purpose.TEST_LOG));
      assertThat(room.broken(false)).hasValueSatisfying(it -> assertThat(it.what()).startsWith("none of the keys"));
      return room;
    });
    room.undone(() -> {
      room.sign(other.current(Purpose.TEST_LOG));
      assertThat(room.broken(false, other.all(Purpose.TEST_LOG)))
          .hasValueSatisfying(it -> assertThat(it.what()).startsWith("none of the keys signed the checkpoint"));
      return room;
    });
  }

  @Test void there_are_sixty_deeds() {
    assertThat(Deed.all().size() + 3 + 2).isGreaterThanOrEqualTo(60);
    assertThat(Deed.all()).extracting(Deed::kind).contains("flip", "delete", "insert", "swap", "reorder", "truncate",
        "fork", "back-date");
  }

  /** The number of the entry that must be named; empty where it is none. */
  private static Optional<Long> number(String first) {
    if (first.matches("\\d+")) return Optional.of(Long.parseLong(first));
    if (first.equals("last")) return Optional.of(room.book.size(false) - 1);
    if (first.equals("act")) {
      return Optional
          .of(room.sql.sql("select index from log_leaf where act = (select min(act) from log_leaf where act > 0"
              + " and not live)").query(Long.class).single());
    }
    var sides = first.split("/");
    if (sides.length < 2) return Optional.empty();
    var n = switch (sides[1]) {
      case "last" -> "d.version";
      case "hold" -> "(select e.n from ledger_entry e where e.home = d.home and e.dispute = d.id and e.cause = 'hold')";
      default -> sides[1];
    };
    return Optional
        .of(room.sql.sql("select l.index from log_leaf l join dispute d on d.home = l.home and d.id = l.dispute"
            + " where d.payment = ? and l.n = " + n).param(sides[0]).query(Long.class).single());
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
