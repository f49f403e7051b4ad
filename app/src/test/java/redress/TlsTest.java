package redress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.door.Sessions;
import redress.limit.Rates;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.store.SignIns.Person;

/** What callers over TLS get, which callers get nothing, and whom the server believes about where a call came from. */
class TlsTest {
  /** TLS records: what a server begins its answer with. */
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  /** How long it may take until renewed files are noticed. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private EmbeddedPostgres postgres;

  @BeforeEach void database() {
    postgres = EmbeddedPostgres.throwaway();
  }

  @AfterEach void end() {
    postgres.close();
  }

  /** Certificates are judged by the real time, by browsers too. */
  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private record Proof(X509Certificate certificate, KeyPair pair) {}

  private static Proof proof(int serial, Instant until) {
    try {
      var maker = KeyPairGenerator.getInstance("EC");
      maker.initialize(256);
      var pair = maker.generateKeyPair();
      var name = new X500Name("CN=127.0.0.1");
      var builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(serial),
          Date.from(until.minus(Duration.ofDays(90))), Date.from(until), name, pair.getPublic());
      builder.addExtension(Extension.subjectAlternativeName, false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new Proof(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair);
    } catch (GeneralSecurityException | OperatorException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Proof proof(int serial) {
    return proof(serial, now().plus(Duration.ofDays(30)));
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END " + kind + "-----\n";
  }

  private Path certificate() {
    return folder.resolve("certificate.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private void keep(Proof proof) throws IOException, GeneralSecurityException {
    replace(certificate(), pem("CERTIFICATE", proof.certificate().getEncoded()));
    replace(key(), pem("PRIVATE KEY", ((Key) proof.pair().getPrivate()).getEncoded()));
  }

  private static void replace(Path file, String text) throws IOException {
    var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text, US_ASCII);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Centre open(List<String> proxies, boolean tls) {
    var reach = new Reach(tls ? Tls.of(certificate(), key(), now()) : Tls.NONE, proxies, Rates.OFF);
    return Centre.open(postgres.database(), Centre.Settings.local(0).reached(reach));
  }

  private static SSLContext trusting(Proof... proofs) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (var proof : proofs) {
        store.setCertificateEntry(proof.certificate().getSerialNumber().toString(), proof.certificate());
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> send(HttpClient http, String method, String url, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).method(method,
        BodyPublishers.noBody());
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String link(Centre centre) {
    var person = new Person(Role.MEDIATOR, "mia", "mia", Long.MAX_VALUE, Set.of(), false);
    return "/in/" + centre.the(Sessions.class).link(person, "/notices", Duration.ofHours(1)).secret();
  }

  @Test void pages_and_API_are_served_and_browsers_told_to_come_no_other_way() throws Exception {
    var proof = proof(1);
    keep(proof);
    try (var centre = open(List.of(), true);
        var http = HttpClient.newBuilder().sslContext(trusting(proof)).build()) {
      var url = "https://127.0.0.1:" + centre.port();
      for (var path : List.of("/v1/rules", "/", "/rules", "/v1/disputes")) {
        assertThat(send(http, "GET", url + path).headers().firstValue("Strict-Transport-Security")).as(path)
            .contains("max-age=31536000; includeSubDomains");
      }
      var in = send(http, "POST", url + link(centre));
      assertThat(in.statusCode()).isEqualTo(303);
      assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-redress=")
          .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
    }
  }

  @Test void a_renewed_certificate_is_served_without_a_restart_and_open_connections_go_on() throws Exception {
    var old = proof(1);
    var renewed = proof(2);
    keep(old);
    try (var centre = open(List.of(), true); var open = connect(centre.port(), trusting(old), "TLSv1.3")) {
      assertThat(serial(centre, old, renewed)).isEqualTo(1);
      keep(renewed);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (serial(centre, old, renewed) == 1 && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      assertThat(serial(centre, old, renewed)).isEqualTo(2);
      open.getOutputStream().write("GET /v1/rules HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(open.getInputStream().readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 200");
    }
  }

  private static int serial(Centre centre, Proof... known) throws IOException {
    try (var socket = connect(centre.port(), trusting(known), "TLSv1.3")) {
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber().intValueExact();
    }
  }

  private static SSLSocket connect(int port, SSLContext trusted, String version) throws IOException {
    var socket = (SSLSocket) trusted.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return socket;
  }

  @Test void both_present_versions_work_with_forward_secrecy_and_older_ones_are_refused() throws Exception {
    var proof = proof(1);
    keep(proof);
    try (var centre = open(List.of(), true)) {
      for (var version : List.of("TLSv1.3", "TLSv1.2")) {
        try (var socket = connect(centre.port(), trusting(proof), version)) {
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
          assertThat(Tls.ciphers()).contains(socket.getSession().getCipherSuite());
        }
      }
      for (int minor : new int[] {0, 1, 2}) {
        var answer = hello(centre.port(), minor);
        assertThat(answer).as("3.%d", minor).hasSizeGreaterThanOrEqualTo(7);
        assertThat(answer[0]).isEqualTo((byte) ALERT);
        assertThat(answer[6]).isEqualTo((byte) PROTOCOL_VERSION);
      }
    }
  }

  /** What the server answers to a greeting in an old version: SSL 3.0 is 3.0, TLS 1.0 is 3.1, TLS 1.1 is 3.2. */
  private static byte[] hello(int port, int minor) throws IOException {
    byte[] suites = {(byte) 0xc0, 0x13, (byte) 0xc0, 0x14, 0x00, 0x2f, 0x00, 0x35};
    var body = ByteBuffer.allocate(2 + 32 + 1 + 2 + suites.length + 2);
    body.put((byte) 3).put((byte) minor).put(new byte[32]).put((byte) 0).putShort((short) suites.length).put(suites)
        .put((byte) 1).put((byte) 0);
    var record = ByteBuffer.allocate(5 + 4 + body.capacity());
    record.put((byte) 22).put((byte) 3).put((byte) minor).putShort((short) (4 + body.capacity()));
    record.put((byte) 1).put((byte) 0).putShort((short) body.capacity()).put(body.array());
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(record.array());
      return socket.getInputStream().readNBytes(7);
    }
  }

  @Test void files_that_nobody_can_be_served_with_are_refused_in_a_sentence() throws Exception {
    var proof = proof(1);
    keep(proof);
    var other = Files.writeString(folder.resolve("other.pem"),
        pem("PRIVATE KEY", proof(2).pair().getPrivate().getEncoded()));
    var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nothing");
    var over = folder.resolve("over.pem");
    var ended = proof(3, now().minus(Duration.ofDays(1)));
    Files.writeString(over, pem("CERTIFICATE", ended.certificate().getEncoded()));
    var overKey = Files.writeString(folder.resolve("over-key.pem"),
        pem("PRIVATE KEY", ended.pair().getPrivate().getEncoded()));
    assertThatThrownBy(() -> Tls.of(certificate(), other, now())).hasMessageContaining("is not that of");
    assertThatThrownBy(() -> Tls.of(certificate(), nonsense, now())).isInstanceOf(Tls.Unusable.class);
    assertThatThrownBy(() -> Tls.of(nonsense, key(), now())).isInstanceOf(Tls.Unusable.class);
    assertThatThrownBy(() -> Tls.of(key(), key(), now())).isInstanceOf(Tls.Unusable.class);
    assertThatThrownBy(() -> Tls.of(certificate(), certificate(), now())).isInstanceOf(Tls.Unusable.class);
    assertThatThrownBy(() -> Tls.of(over, overKey, now())).hasMessageContaining("ended on");
    assertThatThrownBy(() -> Tls.of(folder.resolve("none"), key(), now()))
        .hasMessageContaining("cannot be read");
    assertThat(Tls.of(certificate(), key(), now()).isOn()).isTrue();
  }

  @Test void only_a_named_proxy_is_believed_about_TLS() throws Exception {
    var headers = new String[] {"X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.9"};
    try (var http = HttpClient.newHttpClient()) {
      try (var centre = open(List.of(), false)) {
        var url = "http://127.0.0.1:" + centre.port();
        assertThat(cookie(send(http, "POST", url + link(centre), headers))).startsWith("redress=");
      }
      try (var centre = open(List.of("127.0.0.1"), false)) {
        var url = "http://127.0.0.1:" + centre.port();
        assertThat(cookie(send(http, "POST", url + link(centre), headers))).startsWith("__Host-redress=")
            .contains("Secure");
        assertThat(send(http, "GET", url + "/v1/rules").headers().firstValue("Strict-Transport-Security")).isEmpty();
      }
      try (var centre = open(List.of("198.51.100.7"), false)) {
        var url = "http://127.0.0.1:" + centre.port();
        assertThat(cookie(send(http, "POST", url + link(centre), headers))).startsWith("redress=");
      }
    }
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow();
  }
}
