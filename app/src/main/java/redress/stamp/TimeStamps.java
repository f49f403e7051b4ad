package redress.stamp;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.jspecify.annotations.Nullable;

/**
 * A time stamp authority spoken to over HTTP (RFC 3161 §3.4): it is told a SHA-256 and says, signed, when it saw it.
 */
public final class TimeStamps implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LARGEST = 1 << 16;
  private static final int NONCE_BITS = 64;
  private static final int OK = 200;

  private final URI authority;
  private final List<X509Certificate> trusted;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param authority where requests are posted, http or https
   * @param trusted certificates of which one must be, or have issued, the one that signs; none: any authority counts
   */
  public TimeStamps(URI authority, List<X509Certificate> trusted) {
    this.authority = authority;
    this.trusted = List.copyOf(trusted);
  }

  /**
   * The authority that the settings name: {@code redress.tsa}, its address (from the environment REDRESS_TSA), and
   * {@code redress.tsa.certificate}, a file with the PEM certificates it is trusted by. Empty when there is none.
   * Throws IllegalArgumentException with a sentence for the operator.
   */
  public static Optional<TimeStamps> read(Function<String, @Nullable String> settings) {
    var address = settings.apply("redress.tsa");
    if (address == null || address.isBlank()) return Optional.empty();
    var file = settings.apply("redress.tsa.certificate");
    try {
      var uri = URI.create(address.strip());
      if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
        throw new IllegalArgumentException("not an http address");
      }
      return Optional.of(new TimeStamps(uri, file == null || file.isBlank() ? List.of() : certificates(file)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("redress.tsa: " + address + " is no address of a time stamp authority", e);
    }
  }

  private static List<X509Certificate> certificates(String file) {
    try (var in = Files.newInputStream(Path.of(file))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast).toList();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("redress.tsa.certificate: " + file + " holds no certificates", e);
    }
  }

  /**
   * Asks for a stamp on this hash and verifies what comes back. Blocks; never inside a database transaction. Throws
   * IOException when the authority does not answer, refuses, or answers with what does not hold.
   */
  public Stamp stamp(byte[] sha256) throws IOException {
    var asking = new TimeStampRequestGenerator();
    asking.setCertReq(true);
    try {
      var request = asking.generate(TSPAlgorithms.SHA256, sha256, new BigInteger(NONCE_BITS, random));
      var response = new TimeStampResponse(post(request.getEncoded()));
      response.validate(request);
      var token = response.getTimeStampToken();
      if (token == null) throw new IOException("the authority refuses: " + response.getStatusString());
      return Stamp.read(token.getEncoded(), sha256, trusted);
    } catch (TSPException e) {
      throw new IOException("the authority's answer does not hold: " + e.getMessage(), e);
    }
  }

  private byte[] post(byte[] query) throws IOException {
    var request = HttpRequest.newBuilder(authority).timeout(PATIENCE)
        .header("Content-Type", "application/timestamp-query").POST(BodyPublishers.ofByteArray(query)).build();
    var answer = sent(request);
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != OK) throw new IOException("the authority answers " + answer.statusCode());
      return body.readNBytes(LARGEST);
    }
  }

  private HttpResponse<InputStream> sent(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      // What the client throws often says nothing of its own.
      throw new IOException("the authority " + authority + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override public void close() {
    http.close();
  }
}
