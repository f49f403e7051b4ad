package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.Redress;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;

class ImportStatementTest {
  @TempDir Path data;
  private final StringWriter said = new StringWriter();

  private int typed(String... args) {
    var out = new PrintWriter(said);
    return Terminal.of(Redress.class).setOut(out).setErr(out).execute(args);
  }

  private static String sample(String name) throws URISyntaxException {
    var found = ImportStatementTest.class.getResource("/statements/made/" + name);
    assertThat(found).isNotNull();
    return Path.of(found.toURI()).toString();
  }

  @Test void files_are_taken_in_while_the_folders_server_runs_and_when_it_does_not() throws URISyntaxException {
    var folder = data.toString();
    try (var _ = EmbeddedPostgres.start(data, Options.throwaway())) {
      assertThat(typed("import-statement", "--data", folder, "--book", "WX", sample("wechatpay-overlap-1.csv")))
          .as(said.toString()).isZero();
      assertThat(said.toString()).endsWith(
          "statement: format=wechatpay-bill lines=3 new=3 duplicate=0 broken=0 total_mismatch=0\n");
    }
    var code = typed("import-statement", "--data", folder, "--book", "WX", sample("wechatpay-overlap-1.csv"),
        sample("wechatpay-overlap-2.csv"), sample("german-bank.mapping.json"));
    assertThat(code).as(said.toString()).isEqualTo(1);
    assertThat(said.toString()).contains("imported before, nothing is new", "BROKEN  AMOUNT",
        "refused, FORMAT_UNKNOWN");
    assertThat(said.toString()).endsWith(
        "statement: format=several lines=8 new=2 duplicate=4 broken=2 total_mismatch=3 refused=1\n");
  }

  @Test void a_folder_without_a_database_is_named() throws URISyntaxException {
    var none = data.resolve("none").toString();
    assertThat(typed("import-statement", "--data", none, sample("stripe-balance.csv"))).isEqualTo(1);
    assertThat(said.toString()).contains("there is no database in").contains("none");
  }
}
