package redress.outside;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is named, nothing inside is connected to. */
class SsrfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final InetAddress OPEN = InetAddress.ofLiteral("127.0.0.2");
  private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.1");
  private static final List<String> PRIVATE = List.of("127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0",
      "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "169.254.169.254",
      "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.0.1", "192.168.255.255",
      "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255",
      "240.0.0.1", "255.255.255.255", "168.63.129.16");

  private Stand canary;
  private Stand stand;

  @BeforeEach void open() throws IOException {
    canary = new Stand(INSIDE, 0);
    stand = new Stand(OPEN, canary.port());
  }

  @AfterEach void close() throws IOException {
    stand.close();
    canary.close();
  }

  /** A server that counts who connects, and says what it is told to say. */
  private static final class Stand implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Saying saying = out -> out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII));

    private interface Saying {
      void to(java.io.OutputStream out) throws IOException, InterruptedException;
    }

    Stand(InetAddress address, int port) throws IOException {
      socket.bind(new InetSocketAddress(address, port));
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      try {
        while (true) {
          var caller = socket.accept();
          connections.incrementAndGet();
          Thread.ofVirtual().start(() -> answer(caller));
        }
      } catch (IOException e) {
        // It is closed.
        return;
      }
    }

    private void answer(Socket caller) {
      try (caller; var in = caller.getInputStream(); var out = caller.getOutputStream()) {
        if (in.read() < 0) return;
        saying.to(out);
        out.flush();
        caller.shutdownOutput();
        in.transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException | InterruptedException e) {
        // Whoever asked has gone.
        return;
      }
    }

    @Override public void close() throws IOException {
      socket.close();
    }
  }

  /** Ways in which others write an IPv4 address, by its four numbers. */
  private static List<String> ways(String address) {
    var b = InetAddress.ofLiteral(address).getAddress();
    int a = b[0] & 0xff, c = b[1] & 0xff, d = b[2] & 0xff, e = b[3] & 0xff;
    long all = (long) a << 24 | c << 16 | d << 8 | e;
    var six = "%x:%x".formatted(a << 8 | c, d << 8 | e);
    return List.of(address, Long.toString(all), "0x%08x".formatted(all), "0%o".formatted(all),
        "0x%x.0x%x.0x%x.0x%x".formatted(a, c, d, e), "0%03o.0%03o.0%03o.0%03o".formatted(a, c, d, e),
        "%d.%d".formatted(a, all & 0xffffff), "%d.%d.%d".formatted(a, c, d << 8 | e), address + ".",
        "[::ffff:" + address + "]", "[::ffff:" + six + "]", "[0:0:0:0:0:ffff:" + six + "]", "[::" + six + "]",
        "[64:ff9b::" + six + "]", "[64:ff9b:1::" + six + "]", "[2002:" + six + "::1]", "user:word@" + address,
        "www.example.com@" + address, "%31" + address.substring(1));
  }

  private static List<String> others() {
    return List.of("localhost", "LOCALHOST", "LocalHost", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
        "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%251]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[fdff::1]",
        "[ff02::1]", "[ff0e::1]", "[2001::1]", "[2001:0:7f00:1::]", "[2001:10::1]", "[2001:20::1]", "[2001:db8::1]",
        "[3fff::1]", "[100::1]", "[5f00::1]", "[4000::1]", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1",
        "lоcalhost", "127.0.0.1\r\nHost: x", "127.0.0.1%0d%0aX: y", "127.0.0.1\t", "", "127.0.0.256", "1.2.3", "0",
        "00000", "[::ffff:7f00:1", "a b", "127.0.0.1\\@example.com", "127.0.0.1:0@example.com");
  }

  @Test void no_way_to_write_an_address_leads_inside() throws IOException {
    var places = new ArrayList<String>();
    for (var address : PRIVATE) ways(address).forEach(way -> places.add("http://" + way + ":" + canary.port() + "/x"));
    for (var way : others()) places.add("http://" + way + ":" + canary.port() + "/x");
    for (var scheme : List.of("file", "ftp", "gopher", "dict", "ldap", "jar:http", "unix", "HTTP+unix", "javascript"))
      places.add(scheme + "://127.0.0.1:" + canary.port() + "/x");
    places.addAll(List.of("http://127.0.0.1", "http://127.0.0.1:80", "https://127.0.0.1:443/", "//127.0.0.1/", "/x",
        "http:127.0.0.1", "http:///x", "http://example.com:0/", "http://example.com:65536/", "mailto:a@example.com"));
    assertThat(places).hasSizeGreaterThanOrEqualTo(300);
    try (var outside = new Outside(Set.of())) {
      for (var place : places) assertThat(isBarred(outside, place)).as(place).isTrue();
    }
    assertThat(canary.connections).hasValue(0);
    assertThat(stand.connections).hasValue(0);
  }

  /** What is no URI is never asked for: nothing but a URI can be given. */
  private static boolean isBarred(Outside outside, String place) throws IOException {
    URI uri;
    try {
      uri = URI.create(place);
    } catch (IllegalArgumentException e) {
      return true;
    }
    try {
      outside.post(uri, Map.of(), new byte[0]);
      return false;
    } catch (Barred e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
      "192.167.255.255", "192.169.0.0", "223.255.255.255", "126.255.255.255", "128.0.0.0", "9.255.255.255", "11.0.0.0",
      "2606:4700::1111", "2a00:1450::1", "2400:3200::1", "2001:200::1", "2003::1",
      "3ffe::1"}) void what_everybody_may_have_is_public(String address) {
    assertThat(Networks.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test void a_host_that_the_operator_named_is_reached_and_no_other() throws IOException {
    try (var outside = Outside.to(URI.create("http://127.0.0.1"))) {
      assertThat(outside.post(place("127.0.0.1"), Map.of(), new byte[0]).status()).isEqualTo(204);
      assertThatThrownBy(() -> outside.post(place("127.0.0.2"), Map.of(), new byte[0])).isInstanceOf(Barred.class);
      assertThatThrownBy(() -> outside.post(place("localhost"), Map.of(), new byte[0])).isInstanceOf(Barred.class);
    }
    assertThat(canary.connections).hasValue(1);
    assertThat(stand.connections).hasValue(0);
  }

  @Test void a_name_that_changes_its_mind_leads_nowhere() throws IOException {
    var answers = new ArrayDeque<>(List.of(List.of(OPEN), List.of(INSIDE), List.of(OPEN, INSIDE), List.of(OPEN)));
    try (var outside = new Outside(Set.of(), _ -> answers.removeFirst(), OPEN::equals, PATIENCE)) {
      assertThat(outside.post(place("changes.example"), Map.of(), new byte[0]).status()).isEqualTo(204);
      assertThat(answers).as("asked once, and what was looked at was connected to").hasSize(3);
      for (int n = 0; n < 2; n++) {
        assertThatThrownBy(() -> outside.post(place("changes.example"), Map.of(), new byte[0]))
            .isInstanceOf(Barred.class);
      }
      assertThat(outside.post(place("changes.example"), Map.of(), new byte[0]).status()).isEqualTo(204);
    }
    assertThat(stand.connections).hasValue(2);
    assertThat(canary.connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308}) void no_redirect_is_followed(int status) throws IOException {
    stand.saying = out -> out.write(("HTTP/1.1 " + status + " Elsewhere\r\nLocation: http://127.0.0.1:" + canary.port()
        + "/x\r\nContent-Length: 0\r\n\r\n").getBytes(US_ASCII));
    try (var outside = toStand()) {
      assertThat(outside.post(place("stand.example"), Map.of(), new byte[0]).status()).isEqualTo(status);
    }
    assertThat(stand.connections).hasValue(1);
    assertThat(canary.connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"}) void a_huge_answer_is_given_up(String head) {
    stand.saying = out -> {
      out.write(head.getBytes(US_ASCII));
      var much = new byte[1 << 13];
      while (true) out.write(much);
    };
    try (var outside = toStand()) {
      assertThatThrownBy(() -> outside.post(place("stand.example"), Map.of(), new byte[0]))
          .isInstanceOf(IOException.class).hasMessageContaining("more than 65536 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\r\n\r\n"}) void a_slow_answer_is_given_up_however_steadily_it_drips(String head) {
    stand.saying = out -> {
      out.write(head.getBytes(US_ASCII));
      while (true) {
        out.write('x');
        out.flush();
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    };
    try (var outside = toStand()) {
      assertThatThrownBy(() -> outside.post(place("stand.example"), Map.of(), new byte[0]))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test void nothing_is_unpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      for (int n = 0; n < 1_000; n++) zip.write(new byte[1 << 14]);
    }
    assertThat(packed.size()).isLessThan(Outside.LARGEST);
    stand.saying = out -> {
      out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
          .getBytes(US_ASCII));
      packed.writeTo(out);
    };
    try (var outside = toStand()) {
      assertThat(outside.post(place("stand.example"), Map.of(), new byte[0]).body())
          .isEqualTo(ByteBuffer.wrap(packed.toByteArray()));
    }
  }

  private static Outside toStand() {
    return new Outside(Set.of(), _ -> List.of(OPEN), OPEN::equals, PATIENCE);
  }

  private URI place(String host) {
    return URI.create("http://" + host + ":" + canary.port() + "/x");
  }
}
