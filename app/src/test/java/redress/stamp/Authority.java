package redress.stamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * A time stamp authority on the loopback address, with a key and a certificate of its own, by a clock of the test's.
 */
public final class Authority implements AutoCloseable {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final String POLICY = "1.3.6.1.4.1.99999.1";

  private final HttpServer server;
  private final InstantSource clock;
  private final KeyPair pair;
  private final AtomicInteger serial = new AtomicInteger();
  /** Its certificate, which it signed itself. */
  public final X509Certificate certificate;
  /** How it behaves; by default as it should. */
  public volatile Manner manner = Manner.PROPER;
  /** What happens while somebody waits for the answer. */
  public volatile Runnable meanwhile = () -> {};

  /** What it does with a request. */
  public enum Manner {
    PROPER, REFUSING, BROKEN, RUBBISH, ABOUT_SOMETHING_ELSE
  }

  /** Opens one that lives by this clock, and whose certificate is valid for a year around now. */
  public Authority(InstantSource clock) {
    this.clock = clock;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      pair = generator.generateKeyPair();
      certificate = certificate(clock.instant());
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", exchange -> {
      try (exchange) {
        answer(exchange);
      }
    });
    server.start();
  }

  private X509Certificate certificate(Instant now) throws IOException, GeneralSecurityException, OperatorException {
    var name = new X500Name("CN=Time Stamp Authority of the tests");
    var builder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(now.minus(YEAR)),
        Date.from(now.plus(YEAR)), name, pair.getPublic());
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  /** Where requests are posted. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
  }

  /** How many stamps it gave. */
  public int given() {
    return serial.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestBody().readAllBytes();
    meanwhile.run();
    if (manner == Manner.BROKEN) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    if (manner == Manner.RUBBISH) {
      reply(exchange, "<html>Please sign in to use this network.</html>".getBytes(StandardCharsets.UTF_8));
      return;
    }
    try {
      var request = new TimeStampRequest(query);
      var responses = new TimeStampResponseGenerator(tokens(), TSPAlgorithms.ALLOWED);
      var reply = manner == Manner.REFUSING ? responses.generateRejectedResponse(new TSPException("not today"))
          : responses.generate(manner == Manner.PROPER ? request : another(request),
              BigInteger.valueOf(serial.incrementAndGet()), Date.from(clock.instant()));
      reply(exchange, reply.getEncoded());
    } catch (TSPException | GeneralSecurityException | OperatorException e) {
      throw new IOException(e);
    }
  }

  private static void reply(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static TimeStampRequest another(TimeStampRequest request) throws IOException {
    var asking = new TimeStampRequestGenerator();
    asking.setCertReq(true);
    return asking.generate(TSPAlgorithms.SHA256, new byte[32], request.getNonce());
  }

  private TimeStampTokenGenerator tokens() throws TSPException, GeneralSecurityException, OperatorException {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    var signer = new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", pair.getPrivate(), certificate);
    var tokens = new TimeStampTokenGenerator(signer, digests.get(
        new AlgorithmIdentifier(TSPAlgorithms.SHA256)), new ASN1ObjectIdentifier(POLICY));
    tokens.addCertificates(new JcaCertStore(List.of(certificate)));
    return tokens;
  }

  @Override public void close() {
    server.stop(0);
  }
}
