package redress.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir static Path data;

  static EmbeddedPostgres postgres;

  @BeforeAll static void start() {
    postgres = EmbeddedPostgres.start(data, Options.lasting());
  }

  @AfterAll static void stop() {
    postgres.close();
  }

  @Test void what_is_acknowledged_is_on_the_disk() throws SQLException {
    for (var setting : new String[] {"fsync", "full_page_writes", "synchronous_commit", "data_checksums"}) {
      assertThat(Sql.ask(postgres.database(), "show " + setting)).as(setting).containsExactly("on");
    }
    assertThat(postgres.database().check()).isEmpty();
  }

  @Test void no_file_can_weaken_what_is_durable() throws SQLException {
    Sql.run(postgres.database(), "alter system set fsync = off", "select pg_reload_conf()");
    assertThat(Sql.ask(postgres.database(), "show fsync")).containsExactly("on");
    assertThatThrownBy(() -> Options.lasting().withSetting("fsync", "off"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test void it_listens_on_loopback_only_and_on_no_socket_file() throws Exception {
    assertThat(Sql.ask(postgres.database(), "show unix_socket_directories")).containsExactly("");
    assertThat(Sql.ask(postgres.database(), "show listen_addresses")).containsExactly("127.0.0.1");
    for (var address : otherAddresses()) {
      assertThatThrownBy(() -> new Socket(address, postgres.port()).close()).isInstanceOf(IOException.class);
    }
  }

  @Test void a_wrong_password_is_refused() {
    var database = postgres.database();
    assertThatThrownBy(() -> database.as(database.user(), "guess").connect())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test void the_password_is_its_owners_alone() throws IOException {
    var file = data.resolve("postgres/password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).isEqualTo(postgres.database().password()).hasSize(32);
    assertThat(postgres.database().toString()).doesNotContain(postgres.database().password());
  }

  @Test void the_port_is_written_beside_the_data_while_it_runs() throws IOException {
    assertThat(Files.readString(data.resolve("postgres/port"))).isEqualTo(postgres.port() + "\n");
  }

  @Test void a_chinese_phrase_is_found_through_the_trigram_index() throws SQLException {
    Sql.run(postgres.database(),
        "create extension pg_trgm",
        "create table plea (words text)",
        "insert into plea select '与此无关的第' || n || '句话' from generate_series(1, 20000) n",
        "insert into plea values ('我要求商家全额退款，谢谢')",
        "create index on plea using gin (words gin_trgm_ops)",
        "analyze plea");
    var search = "select words from plea where words like '%全额退款%'";
    assertThat(Sql.ask(postgres.database(), search)).containsExactly("我要求商家全额退款，谢谢");
    assertThat(String.join("\n", Sql.ask(postgres.database(), "explain " + search))).contains("Bitmap Index Scan");
  }

  @Test void errors_with_somebodys_words_in_them_are_not_logged() throws IOException {
    assertThatThrownBy(() -> Sql.run(postgres.database(), "select 'zhang@example.org'::int"))
        .isInstanceOf(SQLException.class);
    try (var logs = Files.list(data.resolve("postgres/log"))) {
      for (var log : logs.toList()) {
        assertThat(Files.readString(log)).contains("ready to accept").doesNotContain("zhang");
      }
    }
  }

  @Test void many_start_at_once_each_on_its_own_port() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<EmbeddedPostgres> start = EmbeddedPostgres::throwaway;
      var started = threads.invokeAll(Stream.generate(() -> start).limit(4).toList());
      var ports = new TreeSet<Integer>();
      for (var one : started) {
        try (var server = one.get()) {
          ports.add(server.port());
          // The thread that called start is not the one the server's life hangs on.
          assertThat(Sql.ask(server.database(), "select 1")).containsExactly("1");
        }
      }
      assertThat(ports).hasSize(4);
    }
  }

  @Test void a_server_outlives_the_thread_that_asked_for_it() throws Exception {
    var server = new CompletableFuture<EmbeddedPostgres>();
    Thread.ofPlatform().start(() -> server.complete(EmbeddedPostgres.throwaway())).join();
    try (var running = server.join()) {
      assertThat(Sql.ask(running.database(), "select 1")).containsExactly("1");
      assertThat(running.restarts()).isZero();
    }
  }

  @Test void stopping_leaves_no_process_and_closing_no_throwaway_file() throws Exception {
    var server = EmbeddedPostgres.throwaway();
    var folder = Path.of(Sql.ask(server.database(), "show data_directory").getFirst());
    var survivors = new Survivors(folder);
    assertThat(survivors.processes()).contains(server.pid());
    server.stop();
    assertThat(survivors.processes()).isEmpty();
    assertThat(folder).exists();
    server.close();
    assertThat(folder.resolve("../..").normalize()).doesNotExist();
  }

  @Test void a_folder_is_opened_again_with_all_its_rows(@TempDir Path folder) throws SQLException {
    try (var first = EmbeddedPostgres.start(folder, Options.throwaway())) {
      Sql.run(first.database(), "create table kept (n int)", "insert into kept values (7)");
    }
    try (var second = EmbeddedPostgres.start(folder, Options.throwaway())) {
      assertThat(Sql.ask(second.database(), "select n from kept")).containsExactly("7");
    }
  }

  @Test void a_lost_password_file_is_made_anew(@TempDir Path folder) throws Exception {
    EmbeddedPostgres.start(folder, Options.throwaway()).close();
    Files.delete(folder.resolve("postgres/password"));
    try (var again = EmbeddedPostgres.start(folder, Options.throwaway())) {
      assertThat(Sql.ask(again.database(), "select 1")).containsExactly("1");
    }
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }
}
