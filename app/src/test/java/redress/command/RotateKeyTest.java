package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.Centre;
import redress.Redress;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Sequencer;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;
import redress.seal.Note;
import redress.store.Acts;
import redress.store.LogBook;

class RotateKeyTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir Path data;
  private StringWriter said = new StringWriter();

  private int typed(String... args) {
    said = new StringWriter();
    var out = new PrintWriter(said);
    return Terminal.of(Redress.class).setOut(out).setErr(out).execute(args);
  }

  private int rotate(String purpose) {
    return typed("rotate-key", purpose, "--data", data.toString());
  }

  private String lastLine() {
    return said.toString().strip().lines().toList().getLast();
  }

  @Test void a_key_is_retired_while_the_server_runs_and_when_it_does_not() {
    var folder = data.resolve("keys");
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      try (var centre = Centre.open(postgres.database(), Centre.Settings.local(0).signing(folder.toString()))) {
        centre.the(Sequencer.class).cover(true);
        assertThat(rotate("log")).as(said.toString()).isZero();
        var current = centre.the(Keyring.class).current(Purpose.LOG);
        assertThat(lastLine()).isEqualTo(current.noteKey().line());
        assertThat(said.toString())
            .containsPattern("key 2 of log signs from \\S+ on, trees of more than [1-9]\\d* entries");
        new Acts(centre.the(JdbcClient.class)).write(true, "tested", MORNING, Map.of("number", 1));
        centre.the(Sequencer.class).cover(true);
        var book = centre.the(LogBook.class);
        assertThat(Note.parse(book.published(true).orElseThrow().note()).isSignedBy(current.noteKey())).isTrue();
        assertThat(book.keys("LOG")).hasSize(2);
        assertThat(centre.the(JdbcClient.class).sql("select body->>'key' from act where kind = 'key.rotated'")
            .query(String.class).list()).containsExactly(lastLine());
      }
    }
    assertThat(rotate("log")).as(said.toString()).isZero();
    assertThat(said.toString()).contains("key 3 of log");
    assertThat(typed("verify-log", "--data", data.toString())).as(said.toString()).isZero();
  }

  @Test void what_cannot_be_is_refused_in_a_sentence_and_nothing_is_retired() throws Exception {
    assertThat(rotate("blog")).isEqualTo(1);
    assertThat(lastLine()).contains("there is no key for 'blog'").contains("log, test-log, result");
    assertThat(rotate("log")).isEqualTo(1);
    assertThat(lastLine()).contains("there is no folder").contains("--keys");
    assertThat(typed("rotate-key", "log", "--database-url", "postgresql://127.0.0.1:1/redress")).isEqualTo(1);
    assertThat(lastLine()).contains("--keys");
    var folder = Files.createDirectories(data.resolve("keys"));
    assertThat(rotate("log")).isEqualTo(1);
    assertThat(lastLine()).contains("there is no database in");
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      Centre.open(postgres.database(), Centre.Settings.local(0).signing(folder.toString())).close();
      assertThat(rotate("result")).isEqualTo(1);
      assertThat(lastLine()).contains("there is no result key in " + folder).contains("to be retired");
      assertThat(rotate("log")).as(said.toString()).isZero();
      // A folder of another server: its key is not the one that was published.
      var other = data.resolve("other");
      var line = Keyring.in(other, Keyring.ORIGIN, Clock.systemUTC()).current(Purpose.LOG).noteKey().line();
      assertThat(typed("rotate-key", "log", "--data", data.toString(), "--keys", other.toString())).isEqualTo(1);
      assertThat(lastLine()).contains("was retired: the keys are not those that were published");
      assertThat(Keyring.in(other, Keyring.ORIGIN, Clock.systemUTC()).current(Purpose.LOG).noteKey().line())
          .isEqualTo(line);
      Files.writeString(folder.resolve("log-0001.key"), "nonsense");
      assertThat(rotate("log")).isEqualTo(1);
      assertThat(lastLine()).contains("the keys: ").contains(folder.toString()).contains("bring the folder back");
    }
  }
}
