package redress.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path data;

  @Test void killing_postgres_loses_no_row_and_the_pool_finds_it_again() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway());
        var pool = pool(postgres.database())) {
      execute(pool, "create table kept (n int)");
      execute(pool, "insert into kept values (1)");
      for (var kill = 1; kill <= 3; kill++) {
        var times = kill;
        Survivors.signal("KILL", postgres.pid());
        assertThat(Patience.until(LONG, () -> postgres.restarts() == times)).isTrue();
        assertThat(Patience.until(LONG, () -> answers(pool))).isTrue();
      }
      assertThat(Sql.ask(postgres.database(), "select n from kept")).containsExactly("1");
    }
  }

  @Test void killing_one_session_of_postgres_is_survived_as_well() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway());
        var session = postgres.database().connect();
        var statement = session.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      Survivors.signal("KILL", row.getLong(1));
      assertThat(Patience.until(LONG, () -> postgres.restarts() == 1)).isTrue();
      assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
    }
  }

  @Test void ending_postgres_by_hand_does_not_end_it_for_good() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      var first = postgres.pid();
      Survivors.signal("INT", first);
      assertThat(Patience.until(LONG, () -> postgres.restarts() == 1)).isTrue();
      assertThat(postgres.pid()).isNotEqualTo(first);
      assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
    }
  }

  @Test void killing_the_java_process_loses_no_acknowledged_row_and_the_next_start_needs_no_hand() throws Exception {
    var acknowledged = 0;
    for (var kill = 0; kill < 3; kill++) {
      try (var server = ServerProcess.on(data)) {
        server.awaitCommitted(50);
        acknowledged += Math.max(50, server.kill());
      }
    }
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      var rows = Integer.parseInt(Sql.ask(postgres.database(), "select count(*) from kept").getFirst());
      // A kill may fall between a commit and its acknowledgement, once each time.
      assertThat(rows).isBetween(acknowledged, acknowledged + 3);
    }
  }

  @Test void postgres_ends_by_itself_when_its_java_process_is_killed() throws Exception {
    try (var server = ServerProcess.on(data)) {
      server.awaitCommitted(1);
      var survivors = new Survivors(data.toRealPath().resolve("postgres/pgdata"));
      assertThat(survivors.processes()).isNotEmpty();
      server.kill();
      assertThat(survivors.gone(LONG)).isTrue();
    }
  }

  @Test void killing_both_at_once_is_survived_too() throws Exception {
    try (var server = ServerProcess.on(data)) {
      server.awaitCommitted(20);
      var processes = new Survivors(data.toRealPath().resolve("postgres/pgdata")).processes();
      server.kill();
      processes.forEach(pid -> Survivors.signal("KILL", pid));
    }
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      assertThat(Sql.ask(postgres.database(), "select n from kept where n = 20")).containsExactly("20");
    }
  }

  @Test void a_stale_mark_whose_number_another_program_got_does_not_stand_in_the_way() throws Exception {
    EmbeddedPostgres.start(data, Options.throwaway()).close();
    var other = new ProcessBuilder("sleep", "600").start();
    try {
      var folder = data.toRealPath().resolve("postgres/pgdata");
      Files.write(folder.resolve("postmaster.pid"), List.of(Long.toString(other.pid()), folder.toString(),
          "1700000000", "15432", "", "127.0.0.1", "  1 1", "ready   "));
      try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
        assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
      }
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test void a_server_that_outlived_its_launcher_is_ended_before_a_new_one_starts() throws Exception {
    EmbeddedPostgres.start(data, Options.throwaway()).close();
    var home = data.toRealPath().resolve("postgres");
    var orphan = orphan(home);
    try {
      var survivors = new Survivors(home.resolve("pgdata"));
      assertThat(Patience.until(LONG, () -> survivors.processes().contains(orphan.pid()))).isTrue();
      try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
        assertThat(orphan.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
      }
    } finally {
      orphan.destroyForcibly().waitFor();
    }
  }

  /** A server on the folder that nobody keeps. */
  private static Process orphan(Path home) throws Exception {
    var program = List.of(anyBinaries().program("postgres").toString(), "-D", home.resolve("pgdata").toString(),
        "-c", "listen_addresses=", "-c", "unix_socket_directories=" + home);
    return new ProcessBuilder(Footing.on(home).command(program))
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("orphan.log").toFile())
        .start();
  }

  private static Binaries anyBinaries() {
    return Binaries.in(EmbeddedPostgres.cache(new Footing.Ourselves()));
  }

  private static HikariDataSource pool(Database database) {
    var config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(4);
    config.setConnectionTimeout(1_000);
    return new HikariDataSource(config);
  }

  private static void execute(DataSource pool, String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean answers(DataSource pool) {
    try {
      execute(pool, "select 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
