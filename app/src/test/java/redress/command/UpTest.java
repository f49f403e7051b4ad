package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.Centre;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.postgres.EmbeddedPostgres;

/** {@code ./redress up} as an operator meets it: a process that starts, refuses, serves and stops. */
class UpTest {
  /** How a JVM ends that was told to by SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final List<UpProcess> servers = new ArrayList<>();
  private final Callers callers = new Callers();

  @AfterEach void clearAway() {
    servers.forEach(UpProcess::close);
    callers.close();
  }

  private UpProcess begin(Map<String, String> environment, String... options) {
    var server = UpProcess.begin(folder.resolve("up-" + servers.size() + ".log"), environment, options);
    servers.add(server);
    return server;
  }

  private UpProcess on(Path data) {
    return begin(Map.of(), "--port", "0", "--data", data.toString()).ready();
  }

  private Callers.Reply send(UpProcess server, String method, String secret, String path, String body) {
    callers.port = server.port();
    return callers.send(method, secret, path, body, "");
  }

  /** A key of this role, made with the first one. */
  private String key(UpProcess server, String first, String role, String subject) {
    var made = send(server, "POST", first, "/v1/keys", """
        {"role":"%s","subject":"%s"}""".formatted(role, subject));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("secret").asString();
  }

  @Test void the_first_start_leaves_one_key_that_only_its_owner_can_read_and_that_opens_everything_else()
      throws Exception {
    var data = folder.resolve("data");
    var file = data.resolve("first-admin-key");
    var server = on(data);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    var first = Files.readString(file).strip();
    assertThat(server.words()).contains(file.toString()).doesNotContain(first);
    var platform = key(server, first, "PLATFORM", "platform-1");
    assertThat(send(server, "GET", platform, "/v1/disputes", "").status()).isEqualTo(200);
    server.stop();

    // The next start makes no other, and the first still opens.
    Files.delete(file);
    var again = on(data);
    assertThat(file).doesNotExist();
    assertThat(send(again, "GET", first, "/v1/keys", "").status()).isEqualTo(200);
  }

  @Test void whoever_is_killed_while_the_first_key_is_made_gets_one_at_the_next_start() throws Exception {
    var data = folder.resolve("data");
    var file = data.resolve("first-admin-key");
    var server = begin(Map.of(), "--port", "0", "--data", data.toString());
    UpProcess.until("the key is there", PATIENCE, () -> Files.exists(file));
    server.kill();
    var again = on(data);
    var first = Files.readString(file).strip();
    assertThat(send(again, "GET", first, "/v1/keys", "").status()).isEqualTo(200);
  }

  @Test void a_second_server_on_the_same_data_is_told_who_has_it_and_disturbs_nobody() {
    var data = folder.resolve("data");
    var first = on(data);
    var second = begin(Map.of(), "--port", "0", "--data", data.toString());
    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.words()).contains("redress: The data folder " + data + " is in use by process " + first.pid())
        .contains("give another folder with --data").doesNotContain("\tat ");
    assertThat(send(first, "GET", "", "/actuator/health", "").status()).isEqualTo(200);
  }

  @Test void a_port_that_is_taken_is_named_and_nothing_is_left_running() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var data = folder.resolve("data");
      var server = begin(Map.of(), "--port", Integer.toString(taken.getLocalPort()), "--data", data.toString());
      assertThat(server.awaitEnd()).isEqualTo(1);
      assertThat(server.words()).contains("redress: port " + taken.getLocalPort() + " is in use").contains("--port")
          .doesNotContain("\tat ");
      assertThat(EmbeddedPostgres.running(data)).isEmpty();
    }
  }

  @Test void what_cannot_be_is_refused_in_a_sentence() {
    assertThat(refused("--port", "70000")).contains("--port").contains("65535");
    assertThat(refused("--database-url", "mysql://db/redress")).contains("postgresql://");
    assertThat(refused("--database-url", "postgresql://127.0.0.1:1/redress")).contains("cannot be reached")
        .contains("--database-url");
    assertThat(refused("--address", "no.such.host.invalid", "--data", folder.resolve("data").toString()))
        .contains("--address");
  }

  @Test void keys_that_cannot_be_read_or_are_damaged_are_told_in_a_sentence() throws Exception {
    var keys = folder.resolve("keys");
    var file = keys.resolve("log-0001.key");
    Keyring.in(keys, Keyring.ORIGIN, Clock.systemUTC()).current(Purpose.LOG);
    var whole = Files.readString(file);
    Files.writeString(file, whole.replace("number 1", "number 2"));
    assertThat(refused("--port", "0", "--data", folder.resolve("data").toString(), "--keys", keys.toString()))
        .contains("redress: the keys: ").contains(keys.toString()).contains("--keys").doesNotContain("\tat ");
    Files.writeString(file, whole);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refused("--port", "0", "--data", folder.resolve("data").toString(), "--keys", keys.toString()))
        .contains("redress: the keys: ").contains("only its owner may read a key").doesNotContain("\tat ");
  }

  @Test void accounts_at_providers_that_cannot_be_opened_are_told_in_a_sentence() throws Exception {
    var data = folder.resolve("data").toString();
    assertThat(refused("--data", data, "--providers", folder.resolve("none").toString())).contains("cannot be read");
    var file = Files.writeString(folder.resolve("providers.json"), """
        [{"name":"SHOP","kind":"ALIPAY","live":true}]""");
    assertThat(refused("--port", "0", "--data", data, "--providers", file.toString()))
        .contains("redress: the accounts at providers: account SHOP: appPrivateKeyFile is missing");
  }

  private String refused(String... options) {
    var server = begin(Map.of(), options);
    assertThat(server.awaitEnd()).as(server.words()).isIn(1, 2);
    assertThat(server.words()).contains("redress: ").doesNotContain("\tat ");
    return server.words();
  }

  @Test void told_to_stop_it_ends_with_a_summary_and_leaves_no_process_behind() {
    var server = on(folder.resolve("data"));
    var children = server.children();
    assertThat(children).isNotEmpty();
    assertThat(server.stop()).isEqualTo(TERMINATED);
    assertThat(server.lastLine()).matches("up: port=\\d+ commands=0 refused=0 database_restarts=0 seconds=\\d+");
    // Whoever inherits the last of them has to bury it.
    UpProcess.until("all are gone", Duration.ofSeconds(20), () -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(server.words()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  @Test void told_to_stop_while_people_are_served_it_finishes_what_it_has_begun() throws Exception {
    var data = folder.resolve("data");
    Crowd crowd;
    try (var premises = Premises.in(data, Centre.Settings.local(0))) {
      crowd = Crowd.registered(premises.centre(), callers);
    }
    var server = on(data);
    callers.port = server.port();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = crowd.begin(6, people);
      UpProcess.until("people are served", PATIENCE, () -> callers.journal.size() > 100);
      long began = System.nanoTime();
      assertThat(server.stop()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
      assertThat(server.words()).doesNotContain("ERROR");
      callers.port = on(data).port();
      crowd.end();
      for (var one : work) one.get(2, TimeUnit.MINUTES);
    } catch (Exception | Error failed) {
      callers.close();
      throw failed;
    }
    assertThat(callers.defects).isEmpty();
    // Whatever had begun was finished and answered: nobody was told only on a second try.
    assertThat(callers.lostAnswers).hasValue(0);
    assertThat(server.lastLine()).startsWith("up: port=");
  }

  @Test void two_servers_on_one_database_of_somebody_else_serve_the_same_dispute() throws Exception {
    try (var postgres = EmbeddedPostgres.throwaway()) {
      var database = postgres.database();
      var environment = Map.of("PGUSER", database.user(), "PGPASSWORD", database.password());
      var options = new String[] {"--port", "0", "--data", folder.toString(), "--database-url",
          database.url().substring("jdbc:".length())};
      // Both find the database empty and set it up at once.
      var one = begin(environment, options);
      var two = begin(environment, options);
      one.ready();
      two.ready();
      assertThat(Stream.of(one, two).filter(it -> it.words().contains("This is the first start"))).hasSize(1);
      var first = Files.readString(folder.resolve("first-admin-key")).strip();
      var platform = key(one, first, "PLATFORM", "platform-1");
      var buyer = key(two, first, "BUYER", "buyer-1");
      register(one, platform);
      var filed = send(two, "POST", buyer, "/v1/disputes", """
          {"payment":"p-1","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"CNY","items":["phone"],
           "description":"It does not ring."}""");
      assertThat(filed.status()).as(filed.text()).isEqualTo(201);
      var at = "/v1/disputes/" + filed.json().path("id").asString();
      for (int n = 1; n <= 4; n++) {
        var said =
            send(n % 2 == 0 ? one : two, "POST", buyer, at + "/messages", "{\"text\":\"message %d\"}".formatted(n));
        assertThat(said.status()).as(said.text()).isEqualTo(200);
      }
      for (var server : List.of(one, two)) {
        assertThat(send(server, "GET", buyer, at + "/messages", "").json().path("items").valueStream()
            .map(it -> it.path("text").asString("")))
            .containsExactly("message 1", "message 2", "message 3", "message 4");
      }
      assertThat(one.stop()).isEqualTo(TERMINATED);
      assertThat(send(two, "GET", buyer, at, "").status()).isEqualTo(200);
      assertThat(two.stop()).isEqualTo(TERMINATED);
      try (var connection = database.connect()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test void while_its_database_is_away_it_says_so_and_can_still_be_stopped() throws Exception {
    UpProcess server;
    String first;
    try (var postgres = EmbeddedPostgres.throwaway()) {
      var database = postgres.database();
      server = begin(Map.of("PGUSER", database.user(), "PGPASSWORD", database.password()), "--port", "0", "--data",
          folder.toString(), "--database-url", database.url().substring("jdbc:".length())).ready();
      first = Files.readString(folder.resolve("first-admin-key")).strip();
      assertThat(send(server, "GET", first, "/v1/keys", "").status()).isEqualTo(200);
    }
    var health = callers.once("GET", "", "/actuator/health", "", "");
    assertThat(health).isNotNull();
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.json().path("status").asString("")).isEqualTo("DOWN");
    var asked = callers.once("GET", first, "/v1/keys", "", "");
    assertThat(asked).isNotNull();
    assertThat(asked.status()).isEqualTo(503);
    assertThat(asked.json().path("code").asString("")).isEqualTo("BUSY");
    long began = System.nanoTime();
    assertThat(server.stop()).isEqualTo(TERMINATED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
  }

  @Test void while_its_database_went_away_under_what_people_said_it_can_still_be_stopped() throws Exception {
    try (var postgres = EmbeddedPostgres.throwaway(); var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var database = postgres.database();
      var url = database.url().substring("jdbc:".length())
          .replace("//", "//" + database.user() + ":" + database.password() + "@");
      Crowd crowd;
      try (var premises = Premises.on(url, Centre.Settings.local(0))) {
        crowd = Crowd.registered(premises.centre(), callers);
      }
      var options = new String[] {"--port", "0", "--data", folder.toString(), "--database-url", url};
      var server = begin(Map.of(), options).ready();
      callers.port = server.port();
      var work = crowd.begin(6, people);
      UpProcess.until("people are served", PATIENCE, () -> callers.journal.size() > 100);
      postgres.stop();
      long began = System.nanoTime();
      assertThat(server.stop()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
      callers.close();
      work.forEach(one -> one.cancel(true));
    }
  }

  private void register(UpProcess server, String platform) {
    for (var party : List.of("buyer-1", "shop-1")) {
      var put = send(server, "PUT", platform, "/v1/parties/" + party, """
          {"kind":"%s","account":"acc-%s","level":2,"verifiedAt":"2026-01-01T00:00:00Z","zone":"Asia/Shanghai",
           "language":"ZH"}""".formatted(party.startsWith("buyer") ? "BUYER" : "MERCHANT", party));
      assertThat(put.status()).as(put.text()).isEqualTo(201);
    }
    var paid = send(server, "PUT", platform, "/v1/payments/p-1", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","items":["phone"],
         "capturedAt":"%s","provider":"WALLET"}""".formatted(Clock.systemUTC().instant().minusSeconds(60)));
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
  }
}
