package redress.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

  @TempDir Path data;

  @Test void a_second_process_on_a_folder_is_told_which_process_has_it() throws Exception {
    try (var server = ServerProcess.on(data)) {
      server.awaitCommitted(1);
      assertThatThrownBy(() -> EmbeddedPostgres.start(data, Options.throwaway()))
          .isInstanceOf(PostgresException.class)
          .hasMessageContaining("in use by process " + server.pid())
          .hasMessageContaining("give another folder with --data");
      server.awaitCommitted(100); // and is not disturbed
    }
  }

  @Test void a_second_start_in_one_process_is_refused_and_does_not_let_go_of_the_lock() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data, Options.throwaway()))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      try (var other = ServerProcess.on(data)) {
        assertThatThrownBy(() -> other.awaitCommitted(1)).hasMessageContaining("ended before");
      }
      assertThat(Files.readString(data.resolve("errors")))
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
    }
  }

  @Test void a_folder_that_cannot_be_written_is_named() throws Exception {
    var file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(file, Options.lasting()))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(file + " cannot be written");
  }

  @Test void a_data_directory_of_another_version_is_left_alone() throws Exception {
    EmbeddedPostgres.start(data, Options.throwaway()).close();
    Files.writeString(data.resolve("postgres/pgdata/PG_VERSION"), "16\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(data, Options.throwaway()))
        .hasMessageContaining("was made by PostgreSQL 16");
  }

  @Test void a_taken_port_is_told_from_other_troubles_so_that_another_is_tried() throws Exception {
    EmbeddedPostgres.start(data, Options.throwaway()).close();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var folder = DataFolder.take(data)) {
      var footing = Footing.on(folder.home());
      var binaries = Binaries.in(EmbeddedPostgres.cache(footing));
      var port = taken.getLocalPort();
      assertThatThrownBy(() -> Postmaster.start(folder, binaries, footing, Options.throwaway(), port))
          .isInstanceOf(Postmaster.PortTaken.class);
    }
  }

  @Test void a_setting_that_postgresql_does_not_take_is_reported_in_its_own_words() {
    assertThatThrownBy(() -> EmbeddedPostgres.start(data, Options.throwaway().withSetting("shared_buffers", "much")))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("shared_buffers");
  }

  @Test void an_external_database_is_given_by_a_postgresql_url() {
    assertThatThrownBy(() -> Database.external("jdbc:mysql://db/redress", "redress", "secret"))
        .hasMessageContaining("jdbc:postgresql://");
    var nowhere = Database.external("jdbc:postgresql://127.0.0.1:1/redress?password=secret", "redress", "secret");
    assertThat(nowhere.toString()).doesNotContain("secret");
    assertThatThrownBy(nowhere::check)
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test void an_unfit_database_is_refused_and_a_weak_one_warned_about() throws SQLException {
    try (var postgres = EmbeddedPostgres.start(data, Options.throwaway())) {
      Sql.run(postgres.database(),
          "create database ascii encoding 'SQL_ASCII' locale 'C' template template0",
          "create database letters locale 'C' template template0",
          "create role careless superuser login password 'x'",
          "alter role careless set synchronous_commit = off");
      assertThatThrownBy(() -> other(postgres, "ascii").check()).hasMessageContaining("ENCODING 'UTF8'");
      assertThat(other(postgres, "letters").check()).singleElement().asString().contains("LC_CTYPE is C");
      assertThat(postgres.database().as("careless", "x").check())
          .singleElement().asString().contains("synchronous_commit is off");
    }
  }

  private static Database other(EmbeddedPostgres postgres, String name) {
    var database = postgres.database();
    return Database.external(database.url().replace("/redress?", "/" + name + "?"), database.user(),
        database.password());
  }
}
