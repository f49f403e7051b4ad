package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.Centre;
import redress.Redress;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;

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

  @Test void a_folder_without_a_database_is_named() {
    assertThat(typed("check", "--data", data.resolve("none").toString())).isEqualTo(1);
    assertThat(lastLine()).contains("there is no database in").contains("none");
  }
}
