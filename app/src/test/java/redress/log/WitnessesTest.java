package redress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static redress.log.Room.LIVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.keys.Purpose;
import redress.seal.Checkpoint;
import redress.seal.Digest;
import redress.seal.Note;
import redress.stamp.Authority;
import redress.stamp.Stamp;
import redress.stamp.TimeStamps;
import redress.store.LogWitnesses;

/** Whoever outside keeps checkpoints gets every one, and what it knows cannot be taken back. */
class WitnessesTest {
  private static Room room;

  @TempDir Path elsewhere;
  private final WitnessServer server = new WitnessServer();
  private Instant now = Room.NOW;

  @BeforeAll static void open() {
    room = new Room();
  }

  @AfterAll static void closeRoom() {
    room.close();
  }

  @BeforeEach void empty() {
    room.empty();
    server.trust(room.keys.current(Purpose.LOG).noteKey());
    server.trust(room.keys.current(Purpose.TEST_LOG).noteKey());
  }

  @AfterEach void close() {
    server.close();
  }

  private FileWitness file() {
    return new FileWitness(elsewhere.resolve("checkpoints"));
  }

  private HttpWitness http() {
    return new HttpWitness(server.address(), server.key);
  }

  private Log log() {
    return new Log(room.book, room.keys, room.sequencer());
  }

  private Witnesses told(Witness... witnesses) {
    InstantSource clock = () -> now;
    return new Witnesses(room.book, new LogWitnesses(room.database.sql), log(), List.of(witnesses),
        clock.withZone(ZoneOffset.UTC));
  }

  private Checkpoint grow(int acts, Witness... witnesses) {
    room.acts(acts);
    room.sequencer(witnesses).cover(LIVE);
    return room.latest();
  }

  @Test void a_witness_signs_every_checkpoint_and_what_it_signed_is_served_with_it() {
    var http = http();
    var witnesses = told(http);
    for (int i = 1; i <= 3; i++) {
      var latest = grow(i * 7);
      witnesses.tell();
      assertThat(server.known(latest.origin())).isEqualTo(latest);
      var note = log().note(LIVE, room.book.published(LIVE).orElseThrow());
      assertThat(note.seenBy(server.key)).isPresent();
      assertThat(room.keys.all(Purpose.LOG).proves(note)).isPresent();
      assertThat(note.lines()).as("the log's and the witness's, none of a stranger's").hasSize(2);
    }
    int before = server.asked;
    witnesses.tell();
    assertThat(server.asked).as("it is told once").isEqualTo(before);
    assertThat(witnesses.late()).isZero();
    http.close();
  }

  @Test void a_witness_that_does_not_answer_is_late_and_told_when_it_does() {
    var http = http();
    var witnesses = told(http);
    server.up = false;
    var latest = grow(3);
    witnesses.tell();
    now = now.plusSeconds(90);
    assertThat(witnesses.late()).isEqualTo(Duration.ofSeconds(90));
    witnesses.tell();
    server.up = true;
    witnesses.tell();
    assertThat(server.known(latest.origin()).size()).as("not before its time").isZero();
    now = now.plusSeconds(10);
    witnesses.tell();
    assertThat(server.known(latest.origin())).isEqualTo(latest);
    assertThat(witnesses.late()).isZero();
    assertThat(witnesses.alarms()).isEmpty();
    http.close();
  }

  @Test void a_witness_that_was_told_by_others_is_told_on_from_there() {
    var http = http();
    grow(3);
    told(http).tell();
    room.tamper("update log_witness set size = 0, due = ?", now.atOffset(ZoneOffset.UTC));
    var latest = grow(4);
    told(http).tell();
    assertThat(server.known(latest.origin())).isEqualTo(latest);
    http.close();
  }

  /** Everything as in an older backup, with these many entries; then other things happen. */
  private void rollBack(int size) {
    room.tamper("delete from log_checkpoint where size > ?", size);
    room.tamper("delete from act where id in (select act from log_leaf where index >= ?)", size);
    room.tamper("delete from log_leaf where index >= ?", size);
    room.tamper("delete from log_tile");
    room.tamper("delete from log_mark");
    room.tamper("update log_tree set size = 0");
    room.tamper("delete from log_leaf");
  }

  @Test void a_log_that_was_rolled_back_or_forked_is_contradicted() {
    var http = http();
    var witnesses = told(http);
    grow(5);
    grow(5);
    witnesses.tell();
    rollBack(5);
    room.sequencer().cover(LIVE);
    room.tamper("update log_witness set size = 0, due = ?", now.atOffset(ZoneOffset.UTC));
    witnesses.tell();
    assertThat(witnesses.alarms()).hasSize(1).first().asString().contains("it knows 10 entries");
    now = now.plusSeconds(60);
    grow(20);
    witnesses.tell();
    assertThat(witnesses.alarms()).hasSize(1).first().asString().contains("another tree of 10 entries");
    assertThat(witnesses.late()).isPositive();
    http.close();
  }

  @Test void a_file_elsewhere_holds_every_checkpoint_told_and_survives_a_torn_line() throws IOException {
    var witnesses = told(file());
    grow(2);
    witnesses.tell();
    Files.writeString(elsewhere.resolve("checkpoints"), "shop.example/log\n3", StandardOpenOption.APPEND);
    var latest = grow(3);
    witnesses.tell();
    var shown = file().latest("shop.example/log").orElseThrow();
    assertThat(Checkpoint.parse(shown.text())).isEqualTo(latest);
    assertThat(room.keys.all(Purpose.LOG).proves(shown)).isPresent();
    assertThat(Files.readString(elsewhere.resolve("checkpoints"))).contains("\n2\n").contains("\n5\n");
    assertThat(file().latest("other.example/log")).isEmpty();
  }

  @Test void nothing_is_signed_while_the_file_knows_more_than_the_database_or_something_else() throws IOException {
    grow(5, file());
    told(file()).tell();
    grow(5, file());
    told(file()).tell();
    rollBack(5);
    assertThatThrownBy(() -> room.sequencer(file()).cover(LIVE))
        .hasMessageContaining("knows 10 entries, and here are only 5");
    room.acts(20);
    room.tamper("delete from log_alarm");
    assertThatThrownBy(() -> room.sequencer(file()).cover(LIVE)).hasMessageContaining("knows other entries");
    assertThat(room.book.last(LIVE).orElseThrow().size()).as("nothing was signed").isEqualTo(5);
    var forged = "shop.example/log\n99\n" + "A".repeat(43) + "=\n\n\u2014 shop.example/log AAAAAAAA\n\n";
    Files.writeString(elsewhere.resolve("checkpoints"), forged);
    room.sequencer(file()).cover(LIVE);
    assertThat(room.latest().size()).as("what the log did not sign stops nobody").isEqualTo(25);
  }

  @Test void a_time_stamp_is_kept_beside_the_checkpoint() throws IOException {
    try (var authority = new Authority(() -> Room.NOW);
        var stamps = new TimeStamps(authority.address(), List.of(authority.certificate))) {
      var witnesses = told(new StampWitness(stamps, Duration.ofMinutes(10)));
      var first = grow(2);
      witnesses.tell();
      var kept = room.book.stamp(LIVE, first.size()).orElseThrow();
      var note = Note.parse(room.book.published(LIVE).orElseThrow().note());
      var hash = Digest.sha256(note.written().getBytes(UTF_8));
      var read = Stamp.read(kept.token(), hash, List.of(authority.certificate));
      assertThat(read.at()).isEqualTo(Room.NOW);
      grow(2);
      witnesses.tell();
      assertThat(authority.given()).as("not more often than asked for").isEqualTo(1);
      now = now.plus(Duration.ofMinutes(10));
      witnesses.tell();
      assertThat(authority.given()).isEqualTo(2);
    }
  }

  @Test void settings_name_the_witnesses() {
    var settings = Map.of("redress.log.interval", "PT10S", "redress.log.witness.file", "/tmp/x",
        "redress.log.witness.url", "http://127.0.0.1:1/", "redress.log.witness.key", server.key.line());
    var read = LogSettings.read(settings::get, Optional.empty());
    assertThat(read.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read.witnesses()).extracting(Witness::name).containsExactly("file:/tmp/x", "witness.example/w1");
    assertThat(LogSettings.read(_ -> null, Optional.empty()).interval()).isEqualTo(Duration.ofSeconds(60));
    assertThatThrownBy(() -> LogSettings.read(Map.of("redress.log.interval", "soon")::get, Optional.empty()))
        .hasMessageContaining("redress.log.interval");
    assertThatThrownBy(() -> LogSettings.read(Map.of("redress.log.witness.url", "http://x")::get, Optional.empty()))
        .hasMessageContaining("redress.log.witness.key");
  }
}
