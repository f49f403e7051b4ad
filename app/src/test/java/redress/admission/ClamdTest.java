package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file comes in only when the scanner that is configured has said that it may. */
class ClamdTest {
  private static final Map<String, String> SIGNATURES = Map.of("the worm of the tests", "Worm.Test-1");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(300);

  @TempDir Path folder;
  private ScannerServer server;

  @BeforeEach void start() throws IOException {
    server = new ScannerServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SIGNATURES);
  }

  @AfterEach void stop() throws IOException {
    server.close();
  }

  private String address() throws IOException {
    return "127.0.0.1:" + ((InetSocketAddress) server.address()).getPort();
  }

  private Verdict inspect(String address, Duration patience, String text) throws IOException {
    var file = Files.writeString(folder.resolve("file"), text, UTF_8);
    return new Admission(Limits.STANDARD, Clamd.at(address, patience)).inspect(file, "a.txt", "");
  }

  @Test void a_clean_file_is_sent_whole_and_admitted() throws IOException {
    var text = "clean ".repeat(100_000);
    assertThat(inspect(address(), PATIENCE, text)).isInstanceOf(Verdict.Admitted.class);
    assertThat(server.scanned()).containsExactly(text.length());
  }

  @Test void what_the_scanner_knows_is_refused_by_the_name_it_has_for_it() throws IOException {
    assertThat(inspect(address(), PATIENCE, "beware of the worm of the tests")).isEqualTo(new Verdict.Refused(
        Reason.MALWARE, "Worm.Test-1"));
    assertThat(inspect("", PATIENCE, "beware of the worm of the tests")).isInstanceOf(Verdict.Admitted.class);
  }

  @ParameterizedTest
  @EnumSource(names = "WELL", mode = EnumSource.Mode.EXCLUDE) void a_scanner_in_trouble_admits_nothing(
      ScannerServer.Mood mood) throws IOException {
    server.is(mood);
    var verdict = inspect(address(), LITTLE_PATIENCE, "clean");
    assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, it -> {
      assertThat(it.reason()).isEqualTo(Reason.SCANNER_AWAY);
      assertThat(it.reason().status).isEqualTo(503);
      assertThat(it.reason().isTemporary()).isTrue();
    });
    server.is(ScannerServer.Mood.WELL);
    assertThat(inspect(address(), PATIENCE, "clean")).isInstanceOf(Verdict.Admitted.class);
  }

  @Test void a_scanner_that_is_not_there_admits_nothing() throws IOException {
    var gone = address();
    server.close();
    for (var address : new String[] {gone, folder.resolve("none.sock").toString()}) {
      assertThat(inspect(address, LITTLE_PATIENCE, "clean")).isInstanceOfSatisfying(Verdict.Refused.class,
          it -> assertThat(it.reason()).isEqualTo(Reason.SCANNER_AWAY));
    }
  }

  @Test void it_may_listen_on_a_unix_socket() throws IOException {
    var socket = Files.createTempDirectory("clamd").resolve("s");
    try (var local = new ScannerServer(UnixDomainSocketAddress.of(socket), SIGNATURES)) {
      assertThat(inspect(socket.toString(), PATIENCE, "clean ".repeat(200_000))).isInstanceOf(Verdict.Admitted.class);
      assertThat(inspect("unix:" + socket, PATIENCE, "the worm of the tests")).isEqualTo(new Verdict.Refused(
          Reason.MALWARE, "Worm.Test-1"));
      assertThat(local.scanned()).containsExactly(1_200_000, 21);
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(socket.getParent());
    }
  }

  @Test void a_file_that_is_refused_anyway_is_not_sent() throws IOException {
    assertThat(inspect(address(), PATIENCE, "<script>alert(1)</script>")).isInstanceOf(Verdict.Refused.class);
    assertThat(server.scanned()).isEmpty();
  }

  @Test void an_address_that_is_none_is_said_at_once() {
    for (var address : new String[] {"clamd", "clamd:", ":3310", "clamd:port"}) {
      assertThatThrownBy(() -> Clamd.at(address, PATIENCE)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host:port");
    }
    assertThat(Clamd.at(" ", PATIENCE)).isSameAs(Scanner.NONE);
  }
}
