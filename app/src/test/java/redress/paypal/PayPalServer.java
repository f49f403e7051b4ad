package redress.paypal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import redress.connect.Fate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PayPal as its documentation describes it (https://developer.paypal.com/docs/api/payments/v2/, orders v2, disputes
 * v1),
 * on the loopback address and with books of its own: captures, refunds, request ids, access tokens, certificates.
 * Amounts are in hundredths, or whole in currencies without decimals.
 */
public final class PayPalServer implements AutoCloseable {
  public static final String CLIENT = "client-only-here";
  public static final String SECRET = "secret-only-here";
  public static final String WEBHOOK = "9XL90610J3647323C";
  private static final Set<String> WHOLE = Set.of("JPY", "HUF", "TWD");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Capture> captures = new ConcurrentHashMap<>();
  private final Map<String, Kept> requests = new HashMap<>();
  private final AtomicInteger numbers = new AtomicInteger(1_000_000);
  private volatile String token = "";
  public final Map<String, String> certificates = new ConcurrentHashMap<>();
  public final AtomicInteger tokens = new AtomicInteger();
  public volatile int tokenSeconds = 32_400;
  public volatile Instant now = Instant.parse("2026-03-02T08:00:00Z");
  public volatile Fate.Decision fates = (_, _) -> Fate.FINE;

  /** A refund in PayPal's books. */
  static final class Refund {
    final String id;
    final long amount;
    final String customId;
    final Instant created;
    volatile String status;

    Refund(String id, long amount, String customId, String status, Instant created) {
      this.id = id;
      this.amount = amount;
      this.customId = customId;
      this.status = status;
      this.created = created;
    }

    boolean isLive() {
      return !status.equals("FAILED") && !status.equals("CANCELLED");
    }
  }

  /** A captured payment in PayPal's books. */
  static final class Capture {
    final String id;
    final String order;
    final long amount;
    final String currency;
    final List<Refund> refunds = new ArrayList<>();
    final List<Map<String, Object>> disputes = new ArrayList<>();
    volatile String nextStatus = "COMPLETED";
    volatile boolean related = true;

    Capture(String id, String order, long amount, String currency) {
      this.id = id;
      this.order = order;
      this.amount = amount;
      this.currency = currency;
    }

    long refunded() {
      return refunds.stream().filter(Refund::isLive).mapToLong(it -> it.amount).sum();
    }

    String status() {
      return refunded() == 0 ? "COMPLETED" : refunded() == amount ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }
  }

  private record Said(int status, String body) {}

  private record Kept(JsonNode asked, Said said) {}

  public PayPalServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Captures a payment and gives its capture's id. */
  public String capture(long amount, String currency) {
    int n = numbers.incrementAndGet();
    var it = new Capture("2GG" + n + "K", "5O1" + n + "T", amount, currency);
    captures.put(it.id, it);
    return it.id;
  }

  Capture captured(String id) {
    var found = captures.get(id);
    if (found == null) throw new IllegalArgumentException(id);
    return found;
  }

  /** What of the capture went back, whoever ordered it. */
  public synchronized long refunded(String capture) {
    return captured(capture).refunds.stream().filter(it -> it.status.equals("COMPLETED")).mapToLong(it -> it.amount)
        .sum();
  }

  /** How many refunds with this reference are in the books. */
  public synchronized long effects(String capture, String reference) {
    return captured(capture).refunds.stream().filter(it -> it.customId.equals(reference) && it.isLive()).count();
  }

  synchronized void refundByHand(String capture, long amount) {
    add(captured(capture), amount, "");
  }

  synchronized void settle(String capture, String status) {
    for (var refund : captured(capture).refunds) if (refund.status.equals("PENDING")) refund.status = status;
  }

  public synchronized void forgetRequests() {
    requests.clear();
  }

  void endToken() {
    token = "";
  }

  synchronized void dispute(String capture, long amount, String stage, String outcome) {
    var it = captured(capture);
    var dispute = map("dispute_id", "PP-D-" + numbers.incrementAndGet(), "status",
        outcome.isEmpty() ? "OPEN" : "RESOLVED",
        "dispute_amount", money(amount, it.currency), "dispute_life_cycle_stage", stage, "create_time", now.toString());
    if (!outcome.isEmpty()) dispute.put("dispute_outcome", map("outcome_code", outcome));
    it.disputes.add(dispute);
  }

  /** An event about a refund as it stands. */
  synchronized String event(String id, String type, String capture, String reference) {
    var it = captured(capture);
    var refund = it.refunds.stream().filter(one -> one.customId.equals(reference)).findFirst().orElseThrow();
    return event(id, type, "refund", json(it, refund));
  }

  /** An event about a reversed capture, or a dispute. */
  synchronized String event(String id, String type, String capture) {
    var it = captured(capture);
    return type.startsWith("CUSTOMER.DISPUTE")
        ? event(id, type, "dispute", map("dispute_id", "PP-D-1", "disputed_transactions",
            List.of(map("seller_transaction_id", capture)), "status", "OPEN"))
        : event(id, type, "capture", json(it));
  }

  private String event(String id, String type, String kind, Map<String, Object> about) {
    return JSON.writeValueAsString(map("id", id, "event_version", "1.0", "create_time", now.toString(), "resource_type",
        kind, "event_type", type, "summary", "Something happened — 有变化", "resource", about));
  }

  /** The headers of a transmission: RSA over id, time, webhook and CRC-32 of the body, as the documentation tells. */
  public static Map<String, String> headers(String body, PrivateKey key, String certificate, Instant at) {
    var id = "b2f0a6e0-0000-11f0-8000-" + Integer.toHexString(body.hashCode());
    var sum = new CRC32();
    sum.update(body.getBytes(UTF_8));
    try {
      var rsa = Signature.getInstance("SHA256withRSA");
      rsa.initSign(key);
      rsa.update((id + "|" + at + "|" + WEBHOOK + "|" + sum.getValue()).getBytes(UTF_8));
      return Map.of("PAYPAL-TRANSMISSION-ID", id, "PAYPAL-TRANSMISSION-TIME", at.toString(), "PAYPAL-CERT-URL",
          certificate, "PAYPAL-AUTH-ALGO", "SHA256withRSA", "PAYPAL-TRANSMISSION-SIG",
          Base64.getEncoder().encodeToString(rsa.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var path = exchange.getRequestURI().getPath();
    var capture = about(path);
    var fate = fates.of(exchange.getRequestMethod() + " " + path, capture);
    try {
      switch (fate) {
        case SILENT -> {
          closing.await();
          exchange.close();
        }
        case DROPPED -> Fate.breakOff(exchange);
        case BROKEN -> Fate.answer(exchange, 503, "text/html", "<html>upstream</html>");
        case BUSY -> say(exchange, error(429, "RATE_LIMIT_REACHED", ""));
        case LOST -> {
          said(exchange, path, body);
          Fate.breakOff(exchange);
        }
        case FINE -> say(exchange, said(exchange, path, body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String about(String path) {
    if (path.startsWith("/v2/payments/captures/")) return path.split("/", -1)[4];
    var order = path.substring(path.lastIndexOf('/') + 1);
    return captures.values().stream().filter(it -> it.order.equals(order)).map(it -> it.id).findFirst().orElse("");
  }

  private Said said(HttpExchange exchange, String path, String body) {
    if (path.startsWith("/v1/notifications/certs/")) {
      var pem = certificates.get(path.substring(path.lastIndexOf('/') + 1));
      return pem == null ? error(404, "NOT_FOUND", "") : new Said(200, pem);
    }
    if (path.equals("/v1/oauth2/token")) return token(exchange, body);
    var bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (token.isEmpty() || !("Bearer " + token).equals(bearer)) return error(401, "AUTHENTICATION_FAILURE", "");
    var parts = path.split("/", -1);
    var last = parts[parts.length - 1];
    if (path.endsWith("/refund")) return refundOnce(exchange, parts[4], body);
    synchronized (this) {
      return switch (parts[2] + "/" + parts[3]) {
        case "payments/captures" -> found(captures.get(last));
        case "payments/refunds" -> refund(last);
        case "checkout/orders" -> order(last);
        default -> disputes(exchange.getRequestURI().getRawQuery(), last);
      };
    }
  }

  private Said token(HttpExchange exchange, String body) {
    var basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
    boolean known = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
        && body.equals("grant_type=client_credentials");
    if (!known) return new Said(401, "{\"error\":\"invalid_client\"}");
    if (token.isEmpty()) token = "A21AA-" + tokens.incrementAndGet();
    return new Said(200, write(map("access_token", token, "token_type", "Bearer", "expires_in", tokenSeconds)));
  }

  private static Said found(@Nullable Capture it) {
    return it == null ? error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID") : new Said(200, write(json(it)));
  }

  private Said refund(String id) {
    for (var it : captures.values())
      for (var refund : it.refunds) if (refund.id.equals(id)) return new Said(200, write(json(it, refund)));
    return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
  }

  private Said order(String id) {
    for (var it : captures.values()) if (it.order.equals(id)) {
      var refunds = it.refunds.stream().map(refund -> json(it, refund)).toList();
      return new Said(200, write(map("id", id, "status", "COMPLETED", "purchase_units",
          List.of(map("payments", map("captures", List.of(json(it)), "refunds", refunds))))));
    }
    return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
  }

  /** The list is a summary, as documented: stage and outcome stand in the dispute itself. */
  private Said disputes(@Nullable String query, String last) {
    var all = captures.values().stream().flatMap(it -> it.disputes.stream()).toList();
    if (query == null)
      return all.stream().filter(it -> last.equals(it.get("dispute_id"))).findFirst()
          .map(it -> new Said(200, write(it))).orElse(error(404, "RESOURCE_NOT_FOUND", ""));
    var it = captures.get(query.replaceAll(".*disputed_transaction_id=", ""));
    var items = it == null ? List.of() : it.disputes.stream().map(one -> {
      var summary = new LinkedHashMap<>(one);
      summary.keySet().retainAll(Set.of("dispute_id", "status", "dispute_amount", "create_time"));
      return summary;
    }).toList();
    return new Said(200, write(map("items", items)));
  }

  private synchronized Said refundOnce(HttpExchange exchange, String capture, String body) {
    var id = String.valueOf(exchange.getRequestHeaders().getFirst("PayPal-Request-Id"));
    var asked = JSON.readTree(body);
    var kept = requests.get(id);
    if (kept != null)
      return kept.asked.equals(asked) ? kept.said : error(422, "UNPROCESSABLE_ENTITY", "DUPLICATE_REQUEST_ID");
    var said = refund(captures.get(capture), asked);
    requests.put(id, new Kept(asked, said));
    return said;
  }

  private Said refund(@Nullable Capture it, JsonNode asked) {
    if (it == null) return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
    var value = asked.path("amount").path("value").asString("");
    boolean whole = WHOLE.contains(it.currency);
    if (!it.currency.equals(asked.path("amount").path("currency_code").asString("")))
      return error(422, "UNPROCESSABLE_ENTITY", "REFUND_CAPTURE_CURRENCY_MISMATCH");
    if (whole && value.contains(".")) return error(422, "UNPROCESSABLE_ENTITY", "DECIMALS_NOT_SUPPORTED");
    if (!whole && !value.matches("\\d+\\.\\d\\d")) return error(422, "UNPROCESSABLE_ENTITY", "DECIMAL_PRECISION");
    long amount = Long.parseLong(value.replace(".", ""));
    long left = it.amount - it.refunded();
    if (left == 0) return error(422, "UNPROCESSABLE_ENTITY", "CAPTURE_FULLY_REFUNDED");
    if (amount > left) return error(422, "UNPROCESSABLE_ENTITY", "REFUND_AMOUNT_EXCEEDED");
    return new Said(201, write(json(it, add(it, amount, asked.path("custom_id").asString("")))));
  }

  private Refund add(Capture it, long amount, String customId) {
    var refund = new Refund("1JU" + numbers.incrementAndGet() + "R", amount, customId, it.nextStatus, now);
    it.nextStatus = "COMPLETED";
    it.refunds.add(refund);
    return refund;
  }

  private static Map<String, Object> json(Capture it) {
    var shown = map("id", it.id, "status", it.status(), "amount", money(it.amount, it.currency), "final_capture", true,
        "links", List.of(link("self", "https://api.sandbox.paypal.com/v2/payments/captures/" + it.id),
            link("refund", "https://api.sandbox.paypal.com/v2/payments/captures/" + it.id + "/refund")));
    if (it.related) shown.put("supplementary_data", map("related_ids", map("order_id", it.order)));
    return shown;
  }

  private static Map<String, Object> json(Capture it, Refund refund) {
    var shown =
        map("id", refund.id, "status", refund.status, "amount", money(refund.amount, it.currency), "create_time",
            refund.created.toString(), "update_time", refund.created.toString(), "links",
            List.of(link("self", "https://api.sandbox.paypal.com/v2/payments/refunds/" + refund.id),
                link("up", "https://api.sandbox.paypal.com/v2/payments/captures/" + it.id)));
    if (!refund.customId.isEmpty()) shown.put("custom_id", refund.customId);
    return shown;
  }

  private static Map<String, Object> link(String rel, String href) {
    return map("rel", rel, "href", href, "method", "GET");
  }

  private static Map<String, Object> money(long amount, String currency) {
    var value = WHOLE.contains(currency) ? Long.toString(amount) : amount / 100 + ".%02d".formatted(amount % 100);
    return map("currency_code", currency, "value", value);
  }

  private static Said error(int status, String name, String issue) {
    return new Said(status, write(map("name", name, "message", "No.", "debug_id", "90957fca61718", "details",
        issue.isEmpty() ? List.of() : List.of(map("issue", issue, "description", "No.")))));
  }

  private static void say(HttpExchange exchange, Said said) throws IOException {
    Fate.answer(exchange, said.status, "application/json", said.body);
  }

  private static String write(Map<String, Object> value) {
    return JSON.writeValueAsString(value);
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
