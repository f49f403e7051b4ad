package redress.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.Ground;
import redress.postgres.EmbeddedPostgres;
import redress.statement.Importer;
import redress.statement.Progress;
import redress.store.Records;
import redress.store.Statements;

class StatementFileTest {
  private static final int LINES = 2_000;
  @TempDir Path folder;

  @Test void a_long_statement_is_read_as_it_says_of_itself() throws IOException, SQLException {
    var file = folder.resolve("bill.csv");
    StatementFile.write(file, LINES);
    try (var postgres = EmbeddedPostgres.throwaway(); var pool = Ground.open(postgres.database(), 2)) {
      var importer = new Importer(new Statements(pool), Clock.systemUTC());
      var wish = new Importer.Wish("bill.csv", StatementFile.BOOK, null, true, "bench");
      assertThat(importer.take(file, wish, Progress.NONE).summary()).isEqualTo(
          "statement: format=alipay-business lines=2000 new=2000 duplicate=0 broken=0 total_mismatch=0");
      var sql = JdbcClient.create(pool);
      long refunded = IntStream.rangeClosed(1, LINES).filter(StatementFile::isRefund)
          .mapToLong(StatementFile::refunded).sum();
      assertThat(sql.sql("select -sum(minor) from record where kind = 'REFUND'").query(Long.class).single())
          .isEqualTo(refunded);
      int line = StatementFile.REFUND_EVERY * 7;
      assertThat(new Records(sql).ofDispute(StatementFile.dispute(line))).singleElement().satisfies(it -> {
        assertThat(it.minor()).isEqualTo(-StatementFile.refunded(line));
        assertThat(it.called()).isEqualTo(StatementFile.payment(line - 1));
        assertThat(it.reference()).isEqualTo(StatementFile.reference(line));
      });
    }
  }
}
