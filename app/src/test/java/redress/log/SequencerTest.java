package redress.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static redress.log.Room.LIVE;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Sequencer.Step;
import redress.seal.Checkpoint;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.Entries;

/** Every committed entry gets one number, whatever happens meanwhile, and nothing is signed that is not as it was. */
class SequencerTest {
  private static Room room;

  @BeforeAll static void open() {
    room = new Room();
  }

  @AfterAll static void close() {
    room.close();
  }

  @BeforeEach void empty() {
    room.empty();
  }

  /** None missed, none twice, and every checkpoint is what follows from the leaves and goes on from the one before. */
  private void assertWhole() {
    assertThat(count("select count(*) from act")).isEqualTo(room.book.size(true) + room.book.size(false));
    assertThat(count("select count(*) from act a where not exists (select 1 from log_leaf l"
        + " where l.act = a.id and l.live = a.live and l.hash = a.hash)")).isZero();
    assertThat(room.book.waiting()).isZero();
    for (boolean live : new boolean[] {true, false}) {
      var all = room.published(live);
      for (var checkpoint : all) {
        assertThat(checkpoint.rootBytes()).as("size " + checkpoint.size())
            .isEqualTo(room.root(live, checkpoint.size()));
      }
      var tiles = new Tiles((level, number) -> room.book.tile(live, level, number));
      for (int i = 1; i < all.size(); i++) {
        var earlier = all.get(i - 1);
        var later = all.get(i);
        var proof = Merkle.consistency(earlier.size(), later.size(), tiles);
        assertThat(Merkle.isConsistent(earlier.size(), earlier.rootBytes(), later.size(), later.rootBytes(), proof))
            .isTrue();
      }
      if (room.book.size(live) > 0) assertThat(all.getLast().size()).isEqualTo(room.book.size(live));
    }
  }

  private long count(String query) {
    return room.database.sql.sql(query).query(Long.class).single();
  }

  @Test void what_is_committed_is_numbered_and_signed_and_test_payments_have_a_tree_of_their_own() {
    var sequencer = room.sequencer();
    sequencer.cover(LIVE);
    assertThat(room.book.last(LIVE)).as("nothing to sign").isEmpty();
    room.acts(3);
    room.act(false, "a test");
    assertThat(room.book.waiting()).isEqualTo(4);
    sequencer.cover(LIVE);
    assertThat(room.latest()).isEqualTo(Checkpoint.of("shop.example/log", 3, room.root(LIVE, 3)));
    var test = Checkpoint.parse(Note.parse(room.book.published(false).orElseThrow().note()).text());
    assertThat(test.origin()).isEqualTo("shop.example/log/test");
    assertThat(test.size()).isEqualTo(1);
    sequencer.cover(LIVE);
    assertThat(room.published(LIVE)).as("nothing new, nothing signed").hasSize(1);
    assertWhole();
  }

  @Test void a_long_transaction_that_began_first_is_numbered_when_it_commits() throws Exception {
    var sequencer = room.sequencer();
    room.acts(2);
    var written = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> room.transaction.executeWithoutResult(_ -> {
        room.acts.write(LIVE, "slow", Room.NOW, Map.of());
        written.countDown();
        await(commit);
      }));
      written.await();
      try {
        for (int i = 0; i < 5; i++) {
          room.acts(3);
          sequencer.cover(LIVE);
        }
        assertThat(room.latest().size()).isEqualTo(17);
      } finally {
        commit.countDown();
      }
      slow.get();
    }
    room.acts(1);
    sequencer.cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(19);
    assertWhole();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test void two_sequencers_among_writers_of_all_sorts_miss_nothing_and_number_nothing_twice() throws Exception {
    var over = new AtomicBoolean();
    var sizes = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> numbering = () -> {
        var sequencer = room.sequencer();
        while (!over.get()) sequencer.cover(LIVE);
        return null;
      };
      var sequencers = List.of(threads.submit(numbering), threads.submit(numbering));
      var watching = threads.submit(() -> {
        while (!over.get()) sizes.add(room.book.published(LIVE).map(it -> it.size()).orElse(0L));
      });
      var writers = new ArrayList<Callable<Void>>();
      for (int seed = 0; seed < 4; seed++) {
        var random = new Random(seed);
        writers.add(() -> {
          for (int i = 0; i < 60; i++) write(random);
          return null;
        });
      }
      try {
        for (var writer : threads.invokeAll(writers)) writer.get();
      } finally {
        over.set(true);
      }
      for (var sequencer : sequencers) sequencer.get();
      watching.get();
    }
    room.sequencer().cover(LIVE);
    assertThat(sizes).as("sizes never shrink").isSorted();
    assertThat(room.published(LIVE)).hasSizeGreaterThan(3);
    assertWhole();
  }

  /** One to four acts in one transaction that does something between them, and sometimes comes to nothing. */
  private void write(Random random) {
    int acts = 1 + random.nextInt(4);
    boolean fails = random.nextInt(5) == 0;
    room.transaction.executeWithoutResult(status -> {
      for (int i = 0; i < acts; i++) {
        room.acts.write(random.nextInt(4) > 0, "busy", Room.NOW.plusSeconds(random.nextInt(100)), Map.of("i", i));
        room.database.sql.sql("select pg_sleep(?)").param(random.nextInt(10) / 1_000.0).query().singleRow();
      }
      if (fails) status.setRollbackOnly();
    });
  }

  @ParameterizedTest @EnumSource(Step.class) void killed_after_any_step_it_goes_on_where_it_stopped(Step step) {
    for (int i = 0; i < 4; i++) {
      room.acts(3);
      room.act(false, "a test");
      long before = room.book.published(LIVE).map(it -> it.size()).orElse(0L);
      var killed = room.sequencer(done -> {
        if (done == step) throw new IllegalStateException("killed");
      });
      assertThatThrownBy(() -> killed.cover(LIVE)).hasMessage("killed");
      assertThat(room.book.published(LIVE).map(it -> it.size()).orElse(0L)).isGreaterThanOrEqualTo(before);
      if (i % 2 == 0) room.sequencer().cover(LIVE);
    }
    room.sequencer().cover(LIVE);
    assertWhole();
  }

  @Test void more_entries_than_one_tile_and_one_level_hold_are_proved_from_tiles() {
    room.database.sql.sql("insert into act (live, kind, at, body, salt, hash) select true, 'many', ?, '{}', '',"
        + " sha256(('many ' || i)::bytea) from generate_series(1, 66000) i")
        .param(Room.NOW.atOffset(ZoneOffset.UTC)).update();
    room.book.turn(Duration.ofSeconds(10), turn -> turn.number());
    room.database.sql.sql("insert into act (live, kind, at, body, salt, hash) select true, 'more', ?, '{}', '',"
        + " sha256(('more ' || i)::bytea) from generate_series(1, 300) i")
        .param(Room.NOW.atOffset(ZoneOffset.UTC)).update();
    room.book.turn(Duration.ofSeconds(10), turn -> turn.number());
    long size = room.book.size(LIVE);
    assertThat(size).isEqualTo(66_300);
    assertThat(room.book.tile(LIVE, 2, 0)).hasSize(32);
    var tiles = new Tiles((level, number) -> room.book.tile(LIVE, level, number));
    for (long at : new long[] {256, 65_536, 65_537, 66_000, 66_300}) {
      assertThat(Merkle.root(at, tiles)).as("size " + at).isEqualTo(room.root(LIVE, at));
    }
    var leaf = room.book.leaves(LIVE, 65_535, 65_536).getFirst();
    assertThat(Merkle.isIncluded(Merkle.leaf(leaf.hash()), 65_535, size, Merkle.inclusion(65_535, size, tiles),
        room.root(LIVE, size))).isTrue();
  }

  @Test void after_a_restore_into_another_cluster_it_looks_for_rows_without_a_leaf() {
    room.acts(5);
    room.sequencer().cover(LIVE);
    room.acts(2);
    // A dump brings rows with the transactions of the cluster they were written in, here far ahead of this one's.
    room.tamper("update act set tx = (tx::text::bigint + 1000000)::text::xid8");
    room.tamper("update log_mark set cluster = 7, seen = '2000000:2000000:'");
    room.acts(1);
    room.sequencer().cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(8);
    room.acts(1);
    room.sequencer().cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(9);
    assertWhole();
  }

  /** What a superuser does after five entries were signed, and which entry is named; -1: the tree. */
  record Tampering(String name, String statement, long index) {
    @Override public String toString() { return name; }
  }

  // @formatter:off
  static final List<Tampering> TAMPERINGS = List.of(
      new Tampering("a new act says something else",  "update act set body = '{\"what\":\"other\"}' where id = (select max(id) from act)", 6),
      new Tampering("a new act has another time",     "update act set at = at + interval '1 microsecond' where id = (select max(id) from act)", 6),
      new Tampering("a new act has another salt",     "update act set salt = '\\x00112233445566778899aabbccddeeff' where id = (select max(id) from act)", 6),
      new Tampering("a new act is of another kind",   "update act set kind = 'x' where id = (select max(id) from act)", 6),
      new Tampering("an old act says something else", "update act set body = '{\"what\":\"other\"}' where id = (select act from log_leaf where index = 2)", 2),
      new Tampering("an old act is gone",             "delete from act where id = (select act from log_leaf where index = 2)", 2),
      new Tampering("an old leaf is another",         "update log_leaf set hash = sha256(hash) where index = 3", 3),
      new Tampering("an old leaf is gone",            "delete from log_leaf where index = 3", 3),
      new Tampering("an old leaf and its act agree on another hash", """
          with a as (update act set hash = sha256(hash) where id = (select act from log_leaf where index = 1) returning id, hash)
          update log_leaf l set hash = a.hash from a where l.act = a.id""", 1),
      new Tampering("a tile has one bit flipped",     "update log_tile set hashes = set_bit(hashes, 9, 1 - get_bit(hashes, 9)) where level = 0", -1),
      new Tampering("a tile is gone",                 "delete from log_tile", -1),
      new Tampering("the tree is said to be smaller", "update log_tree set size = 3 where live", -1),
      new Tampering("the root in a checkpoint is another", "update log_checkpoint set note = replace(note, split_part(note, chr(10), 3), 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=')", -1),
      new Tampering("the signature is another's",     "update log_checkpoint set note = overlay(note placing 'AAAA' from length(note) - 20 for 4)", -1),
      new Tampering("the key is another",             "update log_key set statement = replace(statement, 'from 2026', 'from 2025')", -1));
  // @formatter:on

  @ParameterizedTest @FieldSource("TAMPERINGS") void what_is_not_as_it_was_stops_the_signing_and_is_named(
      Tampering it) {
    var sequencer = room.sequencer();
    room.acts(5);
    sequencer.cover(LIVE);
    room.acts(2);
    room.book.turn(Duration.ofSeconds(10), turn -> turn.number());
    assertThat(room.tamper(it.statement())).isPositive();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> sequencer.cover(LIVE)).hasMessageContaining("the log signs nothing");
      var alarm = room.book.alarm(LIVE).orElseThrow();
      assertThat(alarm.index()).as(alarm.what()).isEqualTo(it.index());
      assertThat(alarm.what()).isNotBlank();
      room.acts(1);
    }
    assertThat(count("select max(size) from log_checkpoint where live")).as("nothing was signed").isEqualTo(5);
    assertThatThrownBy(() -> room.sequencer().cover(LIVE)).as("nor by another node")
        .hasMessageContaining("signs nothing");
    assertThat(room.book.alarm(false)).as("the other tree").isEmpty();
  }

  /** Whether the tree has a checkpoint before, and what is done to it. */
  record Damage(String name, boolean signed, String statement) {
    @Override public String toString() { return name; }
  }

  // @formatter:off
  static final List<Damage> DAMAGES = List.of(
      new Damage("its tiles are gone",              true,  "delete from log_tile where live = ?"),
      new Damage("its tiles were gone at once",     false, "delete from log_tile where live = ?"),
      new Damage("its last leaf is gone",           true,  "delete from log_leaf where live = ? and index = 4"),
      new Damage("a leaf was added",                true,  "insert into log_leaf select live, 5, 0, 0, 0, 1, hash from log_leaf where live = ? and index = 1"),
      new Damage("it is said to be smaller",        true,  "update log_tree set size = 2 where live = ?"),
      new Damage("an entry says something else",    true,  "update act set kind = 'x' where live = ?"),
      new Damage("its last checkpoint is none",     true,  "update log_checkpoint set note = 'x' where live = ?"),
      new Damage("its key is another",              true,  "update log_key set statement = 'x' where (purpose = 'LOG') = ?"));
  // @formatter:on

  @ParameterizedTest
  @FieldSource("DAMAGES") void damage_in_one_tree_keeps_the_other_neither_from_numbers_nor_from_checkpoints(
      Damage it) {
    for (boolean broken : new boolean[] {true, false}) {
      room.empty();
      var sequencer = room.sequencer();
      for (boolean live : new boolean[] {true, false}) {
        for (int i = 0; i < 5; i++) room.act(live, "act " + i);
      }
      if (it.signed()) sequencer.cover(broken);
      else room.book.turn(Duration.ofSeconds(10), turn -> turn.number());
      assertThat(room.tamper(it.statement(), broken)).isPositive();
      for (int i = 1; i < 3; i++) {
        room.act(!broken, "one more");
        room.act(broken, "one more");
        sequencer.cover(!broken);
        assertThat(room.book.published(!broken).orElseThrow().size()).isEqualTo(5 + i);
        assertThat(sequencer.trouble(!broken)).isEmpty();
        assertThatThrownBy(() -> sequencer.cover(broken)).hasMessageContaining("the log signs nothing");
        assertThat(room.book.published(broken).map(last -> last.size()).orElse(0L)).isEqualTo(it.signed() ? 5 : 0);
      }
    }
  }

  @Test void what_a_broken_tree_has_missed_gets_its_numbers_once_it_is_put_right() {
    var sequencer = room.sequencer();
    room.acts(3);
    room.act(false, "a test");
    sequencer.cover(LIVE);
    room.tamper("update log_tree set size = 2 where live");
    for (int i = 0; i < 3; i++) {
      room.acts(1);
      room.act(false, "a test");
      sequencer.cover(false);
    }
    assertThat(room.book.waiting()).as("those of the broken tree").isEqualTo(3);
    room.tamper("update log_tree set size = 3 where live");
    sequencer.cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(6);
    assertWhole();
  }

  @Test void what_was_put_right_is_signed_again() {
    var sequencer = room.sequencer();
    room.acts(5);
    room.tamper("update act set kind = 'x' where id = (select min(id) + 2 from act)");
    assertThatThrownBy(() -> sequencer.cover(LIVE)).hasMessageContaining("act ");
    assertThat(room.book.alarm(LIVE).orElseThrow().index()).isEqualTo(2);
    room.tamper("update act set kind = 'tested' where kind = 'x'");
    sequencer.cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(5);
    assertThat(sequencer.trouble(LIVE)).isEmpty();
    assertThat(sequencer.examine(LIVE)).isEmpty();
  }

  @Test void keys_from_elsewhere_sign_nothing() {
    room.acts(1);
    room.sequencer().cover(LIVE);
    room.acts(1);
    var stranger = Keyring.inMemory("shop.example/log", Room.CLOCK);
    var other = new Sequencer(room.book, new Recomputed(new Entries(room.database.pool)), stranger,
        List.of(), Room.CLOCK, Room.SETTINGS);
    assertThatThrownBy(() -> other.cover(LIVE)).hasMessageContaining("the keys are not those");
    assertThat(room.latest().size()).isEqualTo(1);
    room.sequencer().cover(LIVE);
    assertThat(room.latest().size()).isEqualTo(2);
  }

  @Test void a_new_key_takes_over_in_public_and_old_checkpoints_stay_valid() {
    var sequencer = room.sequencer();
    room.acts(2);
    sequencer.cover(LIVE);
    var retired = room.keys.current(Purpose.LOG);
    assertThat(sequencer.rotate(Purpose.LOG).size()).isEqualTo(2);
    room.acts(2);
    sequencer.cover(LIVE);
    assertThat(room.published(LIVE)).hasSize(2);
    assertThat(room.book.keys("LOG")).hasSize(2);
    // Somebody who stole the retired key signs what it may not any more, and puts it in the database.
    room.acts(1);
    room.book.turn(Duration.ofSeconds(10), turn -> turn.number());
    var forged = retired.sign(Note.of(Checkpoint.of("shop.example/log", 5, room.root(LIVE, 5)).text()));
    room.book.sign(LIVE, 5, Room.NOW, forged.written());
    assertThatThrownBy(() -> sequencer.cover(LIVE)).hasMessageContaining("no key of the log signed");
    assertThat(room.latest().size()).isEqualTo(4);
  }
}
