package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.Centre;
import redress.Redress;
import redress.log.FileWitness;
import redress.log.Sequencer;
import redress.log.Witness.Telling;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;
import redress.seal.Checkpoint;
import redress.seal.Note;
import redress.store.Acts;
import redress.store.LogBook;

class VerifyLogTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir Path data;
  private StringWriter said = new StringWriter();

  private int typed(String... args) {
    said = new StringWriter();
    var out = new PrintWriter(said);
    return Terminal.of(Redress.class).setOut(out).setErr(out).execute(args);
  }

  @Test void a_log_is_verified_with_and_without_its_witness() throws Exception {
    var file = data.resolve("witness");
    try (var postgres = EmbeddedPostgres.start(data.resolve("data"), Options.throwaway())) {
      try (var centre = Centre.open(postgres.database(), Centre.Settings.local(0))) {
        for (int i = 0; i < 3; i++) {
          new Acts(centre.the(JdbcClient.class)).write(true, "tested", MORNING, Map.of("number", i));
          centre.the(Sequencer.class).cover(true);
          tell(centre.the(LogBook.class), file);
        }
      }
      var at = List.of("verify-log", "--data", data.resolve("data").toString()).toArray(String[]::new);
      var witnessed = List.of("verify-log", "--data", at[2], "--witness", file.toString()).toArray(String[]::new);
      assertThat(typed(at)).as(said.toString()).isZero();
      assertThat(said.toString()).containsPattern("verify-log: entries=\\d+ checkpoints=1 broken=0");
      assertThat(typed(witnessed)).as(said.toString()).isZero();
      assertThat(said.toString()).containsPattern("checkpoints=3 broken=0").contains("public log: first key ");
      assertThat(typed("verify-log", "--data", at[2], "--key", "another")).isEqualTo(1);
      assertThat(said.toString()).contains("it does not begin with the key you know");

      // Rolled back to the second checkpoint: only the witness knows.
      done(postgres, "delete from log_checkpoint where size = (select max(size) from log_checkpoint)");
      long size = number(postgres, "select max(size) from log_checkpoint");
      done(postgres, "delete from act where kind = 'tested' and body->>'number' = '2'");
      done(postgres, "delete from log_leaf where index >= " + size);
      done(postgres, "update log_tree set size = " + size + " where live");
      assertThat(typed(at)).as(said.toString()).isZero();
      assertThat(typed(witnessed)).isEqualTo(1);
      assertThat(said.toString()).contains("broken: public log: entry " + size + ": entry " + size + " is missing");

      done(postgres, "update act set body = '{\"number\": 7}' where kind = 'tested' and body->>'number' = '0'");
      assertThat(typed(at)).isEqualTo(1);
      assertThat(said.toString()).contains("it is not what its entry says");
    }
  }

  private static void tell(LogBook book, Path file) throws Exception {
    var note = Note.parse(book.published(true).orElseThrow().note());
    new FileWitness(file).tell(new Telling(Checkpoint.parse(note.text()), note, 0, _ -> List.of()));
  }

  private static void done(EmbeddedPostgres postgres, String statement) throws Exception {
    try (var connection = postgres.database().connect(); var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static long number(EmbeddedPostgres postgres, String query) throws Exception {
    try (var connection = postgres.database().connect(); var sql = connection.createStatement();
        var row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
