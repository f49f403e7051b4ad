package redress.stripe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Stripe's own side: its server on the loopback address, moved by hand. */
final class StripeStand implements Stand {
  final StripeServer server = new StripeServer();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final Set<String> losing = ConcurrentHashMap.newKeySet();
  private final Map<String, String> slow = new ConcurrentHashMap<>();
  private final Provider provider;

  StripeStand(Path folder) {
    provider = open(folder, server.address(), "STRIPE-EU");
    server.fates = (call, payment) -> {
      if (down.contains(payment)) return Fate.BROKEN;
      return call.equals("POST /v1/refunds") && losing.remove(payment) ? Fate.LOST : Fate.FINE;
    };
  }

  /** An account on a server that speaks as Stripe does, its secrets kept in {@code folder}. */
  static Provider open(Path folder, String address, String name) {
    try {
      var key = Files.writeString(folder.resolve(name + ".key"), StripeServer.KEY);
      var secret = Files.writeString(folder.resolve(name + ".secret"), StripeServer.WEBHOOK_SECRET + "\n");
      return new StripeConnector().open(new Account(name, "STRIPE", false, Map.of("secretKeyFile", key.toString(),
          "webhookSecretFile", secret.toString(), "address", address, "patience", "PT2S")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override public Provider provider() {
    return provider;
  }

  @Override public List<String> currencies() {
    return List.of("EUR", "JPY", "ISK");
  }

  @Override public Instant now() {
    return server.now;
  }

  @Override public String payIn(long minor, String currency) {
    return server.capture(counted(minor, currency), currency.toLowerCase(java.util.Locale.ROOT));
  }

  /** Of the documentation: a hundred stands for one króna. */
  private static long counted(long minor, String currency) {
    return currency.equalsIgnoreCase("ISK") ? minor * 100 : minor;
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
    server.payment(payment).nextStatus = "pending";
    slow.put(payment, arrives ? "succeeded" : "failed");
  }

  @Override public Instant later() {
    server.now = server.now.plus(Duration.ofDays(3));
    slow.forEach(server::settle);
    slow.clear();
    return server.now;
  }

  @Override public Callback callback(String payment, String reference) {
    return signed(server.event("evt_" + reference, "refund.updated", payment, reference), StripeServer.WEBHOOK_SECRET,
        now());
  }

  static Callback signed(String body, String secret, Instant at) {
    return new Callback(Map.of("Stripe-Signature", StripeServer.signature(body, secret, at)), body);
  }

  @Override public Map<String, Callback> forgeries(String payment, String reference) {
    var genuine = callback(payment, reference);
    var headers = genuine.headers();
    var digits = StripeServer.signature(genuine.body(), StripeServer.WEBHOOK_SECRET, now()).replaceAll(".*v1=", "");
    return Map.of("altered body", new Callback(headers, genuine.body().replace("refund.updated", "refund.failed")),
        "altered signature", new Callback(Map.of("Stripe-Signature", "t=" + now().getEpochSecond() + ",v1="
            + digits.replace('a', 'b').replace('1', '2')), genuine.body()),
        "altered time", new Callback(Map.of("Stripe-Signature", "t=" + (now().getEpochSecond() + 1) + ",v1=" + digits),
            genuine.body()),
        "other key", signed(genuine.body(), "whsec_of_somebody_else", now()),
        "no signature", new Callback(Map.of(), genuine.body()),
        "too old", signed(genuine.body(), StripeServer.WEBHOOK_SECRET, now().minusSeconds(301)),
        "not yet sent", signed(genuine.body(), StripeServer.WEBHOOK_SECRET, now().plusSeconds(301)),
        "no scheme", new Callback(Map.of("Stripe-Signature", "t=" + now().getEpochSecond() + ",v0=" + digits),
            genuine.body()));
  }

  @Override public long paidBack(String payment) {
    long counted = server.refunded(payment);
    return server.payment(payment).currency.equals("isk") ? counted / 100 : counted;
  }

  @Override public void close() {
    server.close();
  }
}
