package redress.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import redress.connect.Fate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe as its documentation describes it (https://docs.stripe.com/api), on the loopback address and with books of its
 * own: payment intents with their charge, refunds, disputes, idempotency keys, signed events. Amounts are as Stripe
 * counts them.
 */
public final class StripeServer implements AutoCloseable {
  public static final String KEY = "sk_test_only_here";
  public static final String WEBHOOK_SECRET = "whsec_only_here";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Payment> payments = new ConcurrentHashMap<>();
  private final Map<String, Kept> keys = new HashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  public final AtomicInteger calls = new AtomicInteger();
  public volatile Instant now = Instant.parse("2026-03-02T08:00:00Z");
  public volatile Fate.Decision fates = (_, _) -> Fate.FINE;

  /** A refund in Stripe's books. */
  public static final class Refund {
    final String id;
    final long amount;
    final Map<String, String> metadata;
    final long created;
    volatile String status;

    Refund(String id, long amount, Map<String, String> metadata, String status, long created) {
      this.id = id;
      this.amount = amount;
      this.metadata = metadata;
      this.status = status;
      this.created = created;
    }

    boolean isLive() {
      return !status.equals("failed") && !status.equals("canceled");
    }
  }

  /** A captured payment in Stripe's books. */
  static final class Payment {
    final String intent;
    final String charge;
    final long amount;
    final String currency;
    final List<Refund> refunds = new ArrayList<>();
    final List<Map<String, Object>> disputes = new ArrayList<>();
    volatile String nextStatus = "succeeded";

    Payment(String intent, String charge, long amount, String currency) {
      this.intent = intent;
      this.charge = charge;
      this.amount = amount;
      this.currency = currency;
    }

    long refunded() {
      return refunds.stream().filter(Refund::isLive).mapToLong(it -> it.amount).sum();
    }
  }

  /** What an idempotency key was used for, and what was answered. */
  private record Kept(String asked, Said said) {}

  private record Said(int status, String body) {}

  public StripeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/", this::serve);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Captures a payment and gives its PaymentIntent. */
  public String capture(long amount, String currency) {
    int n = numbers.incrementAndGet();
    var payment = new Payment("pi_%08d".formatted(n), "ch_%08d".formatted(n), amount, currency);
    payments.put(payment.intent, payment);
    payments.put(payment.charge, payment);
    return payment.intent;
  }

  Payment payment(String id) {
    var found = payments.get(id);
    if (found == null) throw new IllegalArgumentException(id);
    return found;
  }

  /** What of the payment went back, or is on its way, whoever ordered it. */
  public synchronized long refunded(String payment) {
    return payment(payment).refunds.stream().filter(it -> it.status.equals("succeeded")).mapToLong(it -> it.amount)
        .sum();
  }

  /** How many refunds with this reference are in the books. */
  public synchronized long effects(String payment, String reference) {
    return payment(payment).refunds.stream().filter(it -> reference.equals(it.metadata.get("redress_reference")))
        .filter(Refund::isLive).count();
  }

  /** A refund is made under our reference, of which we never hear. */
  public synchronized void refund(String payment, String reference, long amount) {
    add(payment(payment), amount, Map.of("redress_reference", reference));
  }

  /** The next refund of the payment stays on its way. */
  public void slowNext(String payment) {
    payment(payment).nextStatus = "pending";
  }

  /** A refund is made in the dashboard. */
  synchronized void refundByHand(String payment, long amount) {
    add(payment(payment), amount, Map.of());
  }

  synchronized void dispute(String payment, long amount, String status) {
    var it = payment(payment);
    it.disputes.add(map("id", "dp_" + numbers.incrementAndGet(), "object", "dispute", "amount", amount, "currency",
        it.currency, "charge", it.charge, "payment_intent", it.intent, "status", status, "created",
        now.getEpochSecond()));
  }

  /** Ends what is on its way. */
  public synchronized void settle(String payment, String status) {
    for (var refund : payment(payment).refunds) if (refund.status.equals("pending")) refund.status = status;
  }

  /** Everything that was refunded under a key is forgotten, as Stripe may after 24 hours. */
  public synchronized void forgetKeys() {
    keys.clear();
  }

  /** An event about a refund, as it stands: its body. */
  public synchronized String event(String id, String type, String payment, String reference) {
    var it = payment(payment);
    var refund = it.refunds.stream().filter(one -> reference.equals(one.metadata.get("redress_reference"))).findFirst()
        .orElseThrow();
    return event(id, type, json(it, refund));
  }

  /** An event about the charge itself. */
  String chargeEvent(String id, String type, String payment) {
    return event(id, type, charge(payment(payment)));
  }

  private String event(String id, String type, Map<String, Object> about) {
    return JSON.writeValueAsString(map("id", id, "object", "event", "api_version", "2026-01-28.clover", "created",
        now.getEpochSecond(), "livemode", false, "pending_webhooks", 1, "type", type, "data", map("object", about)));
  }

  /** The header {@code Stripe-Signature} of a body sent at {@code at}: scheme v1 of the documentation. */
  public static String signature(String body, String secret, Instant at) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      var sum = mac.doFinal((at.getEpochSecond() + "." + body).getBytes(UTF_8));
      return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    var query = exchange.getRequestURI().getRawQuery();
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var asked = new LinkedHashMap<String, String>();
    form(query == null ? "" : query, asked);
    form(body, asked);
    var path = exchange.getRequestURI().getPath();
    var fate = fates.of(exchange.getRequestMethod() + " " + path, about(path, asked));
    try {
      switch (fate) {
        case SILENT -> {
          closing.await();
          exchange.close();
        }
        case DROPPED -> Fate.breakOff(exchange);
        case BROKEN -> Fate.answer(exchange, 503, "text/html", "<html>upstream</html>");
        case BUSY -> say(exchange, error(429, "rate_limit_error", "rate_limit", "Too many requests"));
        case LOST -> {
          said(exchange, path, asked, body);
          Fate.breakOff(exchange);
        }
        case FINE -> say(exchange, said(exchange, path, asked, body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String about(String path, Map<String, String> asked) {
    var named =
        asked.getOrDefault("payment_intent", asked.getOrDefault("charge", path.substring(path.lastIndexOf('/') + 1)));
    var it = payments.get(named);
    return it == null ? "" : it.intent;
  }

  private Said said(HttpExchange exchange, String path, Map<String, String> asked, String body) {
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return error(401, "invalid_request_error", "", "Invalid API Key");
    }
    var method = exchange.getRequestMethod();
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (method.equals("POST") && path.equals("/v1/refunds")) return once(String.valueOf(key), body, asked);
    synchronized (this) {
      if (path.startsWith("/v1/payment_intents/")) return found(path, this::intent);
      if (path.startsWith("/v1/charges/")) return found(path, StripeServer::charge);
      if (path.equals("/v1/disputes")) return list(asked, path, payments.get(about(path, asked)));
      return list(asked, path, payments.get(about(path, asked)));
    }
  }

  private interface Shown {
    Map<String, Object> of(Payment payment);
  }

  private Said found(String path, Shown shown) {
    var it = payments.get(path.substring(path.lastIndexOf('/') + 1));
    return it == null ? missing() : new Said(200, JSON.writeValueAsString(shown.of(it)));
  }

  private static Said missing() {
    return error(404, "invalid_request_error", "resource_missing", "No such payment");
  }

  /** Newest first, at most {@code limit}, after {@code starting_after}. */
  private static Said list(Map<String, String> asked, String path, @org.jspecify.annotations.Nullable Payment it) {
    if (it == null) return missing();
    var all = new ArrayList<Map<String, Object>>();
    if (path.equals("/v1/disputes")) all.addAll(it.disputes);
    else for (var refund : it.refunds.reversed()) all.add(json(it, refund));
    var after = asked.get("starting_after");
    int from = after == null ? 0 : all.stream().map(one -> one.get("id")).toList().indexOf(after) + 1;
    int to = Math.min(all.size(), from + Integer.parseInt(asked.getOrDefault("limit", "10")));
    return new Said(200, JSON.writeValueAsString(
        map("object", "list", "data", all.subList(from, to), "has_more", to < all.size(), "url", path)));
  }

  /** Keys are kept with what was asked: the same again gets the same answer, something else none. */
  private synchronized Said once(String key, String body, Map<String, String> asked) {
    var kept = keys.get(key);
    if (kept != null && !kept.asked.equals(body)) {
      return error(400, "idempotency_error", "",
          "Keys can only be used with the same parameters they were first used with");
    }
    if (kept != null) return kept.said;
    var said = refund(asked);
    keys.put(key, new Kept(body, said));
    return said;
  }

  private Said refund(Map<String, String> asked) {
    var it = payments.get(asked.getOrDefault("payment_intent", asked.getOrDefault("charge", "")));
    if (it == null) return missing();
    long left = it.amount - it.refunded();
    long amount = asked.containsKey("amount") ? Long.parseLong(asked.get("amount")) : left;
    if (left == 0) return error(400, "invalid_request_error", "charge_already_refunded", "Has already been refunded");
    if (amount <= 0 || amount > left) return error(400, "invalid_request_error", "", "Greater than unrefunded amount");
    var metadata = new LinkedHashMap<String, String>();
    asked.forEach((name, value) -> {
      if (name.startsWith("metadata[")) metadata.put(name.substring(9, name.length() - 1), value);
    });
    return new Said(200, JSON.writeValueAsString(json(it, add(it, amount, metadata))));
  }

  private Refund add(Payment it, long amount, Map<String, String> metadata) {
    var status = it.nextStatus;
    it.nextStatus = "succeeded";
    var refund = new Refund("re_%08d".formatted(numbers.incrementAndGet()), amount, metadata, status,
        now.getEpochSecond());
    it.refunds.add(refund);
    return refund;
  }

  private Map<String, Object> intent(Payment it) {
    return map("id", it.intent, "object", "payment_intent", "amount", it.amount, "amount_received", it.amount,
        "amount_capturable", 0, "currency", it.currency, "status", "succeeded", "latest_charge", it.charge, "created",
        now.getEpochSecond(), "livemode", false);
  }

  private static Map<String, Object> charge(Payment it) {
    return map("id", it.charge, "object", "charge", "amount", it.amount, "amount_captured", it.amount,
        "amount_refunded", it.refunded(), "captured", true, "paid", true, "status", "succeeded", "currency",
        it.currency,
        "payment_intent", it.intent, "disputed", !it.disputes.isEmpty());
  }

  private static Map<String, Object> json(Payment it, Refund refund) {
    var shown = map("id", refund.id, "object", "refund", "amount", refund.amount, "charge", it.charge,
        "payment_intent", it.intent, "created", refund.created, "currency", it.currency, "metadata", refund.metadata,
        "status", refund.status);
    if (refund.status.equals("failed")) shown.put("failure_reason", "expired_or_canceled_card");
    return shown;
  }

  private static Said error(int status, String type, String code, String message) {
    var error = map("type", type, "message", message);
    if (!code.isEmpty()) error.put("code", code);
    return new Said(status, JSON.writeValueAsString(Map.of("error", error)));
  }

  private static void say(HttpExchange exchange, Said said) throws IOException {
    Fate.answer(exchange, said.status, "application/json", said.body);
  }

  private static void form(String text, Map<String, String> into) {
    for (var part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) into.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
    return map;
  }

  @Override public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
