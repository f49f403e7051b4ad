package redress.paypal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redress.connect.Account;
import redress.connect.Callback;
import redress.connect.Fate;
import redress.connect.Provider;
import redress.connect.Stand;

/** PayPal's own side: its server on the loopback address and its certificates, moved by hand. */
final class PayPalStand implements Stand {
  static final String NAME = "messageverificationcerts.sandbox.paypal.com";

  final PayPalServer server = new PayPalServer();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final Set<String> losing = ConcurrentHashMap.newKeySet();
  private final Map<String, String> slow = new ConcurrentHashMap<>();
  private final Certificates theirs;
  private final Certificates others;
  private final Provider provider;

  PayPalStand(Path folder) {
    theirs = new Certificates(folder, "theirs");
    others = new Certificates(folder, "others");
    try {
      theirs.root("root");
      theirs.leaf("signer", NAME, "root", 3_650);
      theirs.leaf("shop", "shop.example.org", "root", 3_650);
      theirs.leaf("expired", NAME, "root", 20);
      others.root("root");
      others.leaf("signer", NAME, "root", 3_650);
      server.certificates.put("CERT-1", theirs.pem("signer"));
      server.certificates.put("CERT-shop", theirs.pem("shop"));
      server.certificates.put("CERT-old", theirs.pem("expired"));
      server.certificates.put("CERT-others", others.pem("signer"));
      provider = open(folder, server.address(), "PAYPAL-EU", theirs.pem("root"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.fates = (call, capture) -> {
      if (down.contains(capture)) return Fate.BROKEN;
      return call.endsWith("/refund") && losing.remove(capture) ? Fate.LOST : Fate.FINE;
    };
  }

  /** An account on a server that speaks as PayPal does, its secret and its root kept in {@code folder}. */
  static Provider open(Path folder, String address, String name, String root) throws IOException {
    var secret = Files.writeString(folder.resolve(name + ".secret"), PayPalServer.SECRET + "\n");
    var roots = Files.writeString(folder.resolve(name + ".pem"), root);
    return new PayPalConnector().open(new Account(name, "PAYPAL", false,
        Map.of("clientId", PayPalServer.CLIENT, "clientSecretFile", secret.toString(), "webhookId",
            PayPalServer.WEBHOOK,
            "address", address, "certificatesAt", address, "rootFile", roots.toString(), "patience", "PT2S")));
  }

  @Override public Provider provider() {
    return provider;
  }

  @Override public List<String> currencies() {
    return List.of("EUR", "JPY");
  }

  @Override public Instant now() {
    return server.now;
  }

  @Override public String payIn(long minor, String currency) {
    return server.capture(minor, currency);
  }

  @Override public void payDirectly(String payment, String reference, long minor) {
    server.refundByHand(payment, minor);
  }

  @Override public void loseNextAnswer(String payment) {
    losing.add(payment);
  }

  @Override public void down(String payment, boolean isDown) {
    if (isDown) down.add(payment);
    else down.remove(payment);
  }

  @Override public void slowNext(String payment, boolean arrives) {
    server.captured(payment).nextStatus = "PENDING";
    slow.put(payment, arrives ? "COMPLETED" : "FAILED");
  }

  @Override public Instant later() {
    server.now = server.now.plus(Duration.ofDays(3));
    slow.forEach(server::settle);
    slow.clear();
    return server.now;
  }

  @Override public Callback callback(String payment, String reference) {
    return signed(server.event("WH-" + reference, "PAYMENT.CAPTURE.REFUNDED", payment, reference), "CERT-1");
  }

  /** A letter signed by the key of this certificate. */
  Callback signed(String body, String certificate) {
    return new Callback(headers(body, certificate, now()), body);
  }

  private Map<String, String> headers(String body, String certificate, Instant at) {
    return PayPalServer.headers(body, key(certificate), at(certificate), at);
  }

  private String at(String certificate) {
    return server.address() + "/v1/notifications/certs/" + certificate;
  }

  private PrivateKey key(String certificate) {
    try {
      return switch (certificate) {
        case "CERT-1" -> theirs.key("signer");
        case "CERT-shop" -> theirs.key("shop");
        case "CERT-old" -> theirs.key("expired");
        default -> others.key("signer");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override public Map<String, Callback> forgeries(String payment, String reference) {
    var body = callback(payment, reference).body();
    var mine = PayPalServer.headers(body, key("CERT-others"), at("CERT-1"), now());
    return Map.ofEntries(
        Map.entry("altered body", new Callback(headers(body, "CERT-1", now()), body.replace("COMPLETED", "FAILED"))),
        Map.entry("altered signature", with(body, "PAYPAL-TRANSMISSION-SIG", "AAAA")),
        Map.entry("altered time", with(body, "PAYPAL-TRANSMISSION-TIME", now().plusSeconds(1).toString())),
        Map.entry("no base64", with(body, "PAYPAL-TRANSMISSION-SIG", "-no-")),
        Map.entry("other key", new Callback(mine, body)),
        Map.entry("no signature", new Callback(Map.of(), body)),
        Map.entry("another root", signed(body, "CERT-others")),
        Map.entry("a certificate for something else", signed(body, "CERT-shop")),
        Map.entry("a certificate that is over", signed(body, "CERT-old")),
        Map.entry("a certificate from elsewhere",
            with(body, "PAYPAL-CERT-URL", at("CERT-1").replace("127.0.0.1", "localhost"))),
        Map.entry("a certificate from another path", with(body, "PAYPAL-CERT-URL", server.address() + "/mine/CERT-1")),
        Map.entry("a certificate behind a name", with(body, "PAYPAL-CERT-URL",
            at("CERT-1").replace("http://", "http://127.0.0.1@"))),
        Map.entry("no certificate", with(body, "PAYPAL-CERT-URL", "not an address")),
        Map.entry("another algorithm", with(body, "PAYPAL-AUTH-ALGO", "MD5withRSA")),
        Map.entry("too old", new Callback(headers(body, "CERT-1", now().minus(Duration.ofDays(5))), body)));
  }

  private Callback with(String body, String header, String value) {
    var headers = new java.util.HashMap<>(headers(body, "CERT-1", now()));
    headers.put(header, value);
    return new Callback(headers, body);
  }

  @Override public long paidBack(String payment) {
    return server.refunded(payment);
  }

  @Override public void close() {
    server.close();
  }
}
