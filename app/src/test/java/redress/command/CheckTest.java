package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.Centre;
import redress.Redress;
import redress.dispute.DisputeId;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;
import redress.vault.Vaults;

class CheckTest {
  @TempDir Path data;
  private final StringWriter said = new StringWriter();

  private int typed(String... args) {
    var out = new PrintWriter(said);
    return Terminal.of(Redress.class).setOut(out).setErr(out).execute(args);
  }

  private String lastLine() {
    return said.toString().strip().lines().toList().getLast();
  }

  @Test void a_folder_is_checked_while_its_server_runs_and_when_it_does_not() throws SQLException {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      Centre.open(postgres.database(), Centre.Settings.local(0)).close();
      assertThat(typed("check", "--data", data.toString())).as(said.toString()).isZero();
      assertThat(lastLine()).matches("check: invariants=\\d+ rows=\\d+ violations=0");
      try (var connection = postgres.database().connect(); var sql = connection.createStatement()) {
        sql.execute("insert into ledger_line values (1, 1, 0, 'platform.loss', 5, 'CNY', 'p-1', 0)");
      }
      var url = postgres.jdbcUrl().replace("//", "//" + postgres.database().user() + ":"
          + postgres.database().password() + "@");
      assertThat(typed("check", "--database-url", url)).isEqualTo(1);
      assertThat(lastLine()).endsWith("violations=3");
      assertThat(said.toString()).contains("balances_sum_to_zero").contains("    CNY")
          .contains("ledger line 1/0: it belongs to no entry");
    }
    assertThat(typed("check", "--data", data.toString())).isEqualTo(1);
    assertThat(lastLine()).endsWith("violations=3");
  }

  @Test void every_file_is_hashed_again_and_one_that_was_changed_on_disk_is_named() throws Exception {
    var place = data.resolve("vault");
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway());
        var vault = Vaults.open(place.toString(), _ -> null)) {
      Centre.open(postgres.database(), Centre.Settings.local(0).keeping(place.toString())).close();
      var all = new ArrayList<String>();
      for (int i = 1; i <= 3; i++) {
        var kept = vault.put(new ByteArrayInputStream(("piece " + i).getBytes(UTF_8)), 100);
        all.add(kept.sha256());
        try (var connection = postgres.database().connect(); var sql = connection.createStatement()) {
          sql.execute("insert into kept (sha256, size, since) values ('" + kept.sha256() + "', 7, now())");
          sql.execute("""
              insert into upload (home, id, dispute, side, subject, person, name, declared, state, length, received,
                sha256, evidence, created_at, touched_at)
              values (1, 'upl_%1$d', 5, 'BUYER', 'buyer-1', '', 'a', '', 'GIVEN', 7, 7, '%2$s', %1$d, now(), now())
              """.formatted(i, kept.sha256()));
        }
      }
      assertThat(typed("check", "--bytes", "--data", data.toString())).as(said.toString()).isZero();
      assertThat(lastLine()).isEqualTo("bytes: files=3 bytes=21 broken=0");
      var changed = file(place, all.get(1));
      Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(changed, "piece 7");
      Files.delete(file(place, all.get(2)));
      assertThat(typed("check", "--data", data.toString())).as("without --bytes").isZero();
      assertThat(typed("check", "--bytes", "--data", data.toString())).isEqualTo(1);
      assertThat(lastLine()).isEqualTo("bytes: files=3 bytes=21 broken=2");
      for (int i : new int[] {2, 3}) {
        assertThat(said.toString())
            .contains("broken: " + all.get(i - 1) + " " + new DisputeId(1, 5) + " evidence " + i);
      }
      assertThat(said.toString()).doesNotContain("broken: " + all.getFirst());
    }
  }

  private static Path file(Path vault, String sha256) throws IOException {
    try (var files = Files.walk(vault)) {
      return files.filter(it -> it.endsWith(sha256)).findFirst().orElseThrow();
    }
  }

  @Test void a_folder_without_a_database_is_named() {
    assertThat(typed("check", "--data", data.resolve("none").toString())).isEqualTo(1);
    assertThat(lastLine()).contains("there is no database in").contains("none");
  }
}
