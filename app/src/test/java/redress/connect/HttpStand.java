package redress.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider's stand-in that really listens, on a free port of the loopback address, with a {@link Till} behind it. */
public abstract class HttpStand implements Stand {
  protected final Till till = new Till();
  /** What becomes of each call, {@code refund} or {@code ask}, about a payment. */
  public volatile Fate.Decision fates = (_, _) -> Fate.FINE;
  private final HttpServer server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final Set<String> losing = ConcurrentHashMap.newKeySet();

  /** An answer before it is sent. */
  public record Sent(int status, Map<String, String> headers, String body) {}

  /** What is done with one request about {@code payment}. */
  protected interface Work {
    Sent answer() throws IOException;
  }

  protected HttpStand() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(hands);
  }

  /** Begins to answer, once the stand is complete. */
  protected final void listen() {
    server.createContext("/", exchange -> {
      try (exchange) {
        serve(exchange);
      }
    });
    server.start();
  }

  /** Answers one request with {@link #reply}. */
  protected abstract void serve(HttpExchange exchange) throws IOException;

  /** Does the work and sends what comes of it, as the {@link #fates} have it. */
  protected final void reply(HttpExchange exchange, String payment, Work work) throws IOException {
    var fate = fate(exchange, payment);
    if (fate == Fate.SILENT) await();
    if (fate == Fate.BROKEN || fate == Fate.BUSY) Fate.answer(exchange, 503, "text/html", "<html>upstream</html>");
    var sent = fate.isDone() ? work.answer() : null;
    if (sent == null || fate != Fate.FINE) return;
    var body = sent.body().getBytes(UTF_8);
    sent.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(sent.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private Fate fate(HttpExchange exchange, String payment) {
    if (!down.isEmpty()) return Fate.DROPPED;
    if (isOrder(exchange) && losing.remove(payment)) return Fate.LOST;
    return fates.of(isOrder(exchange) ? "refund" : "ask", payment);
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this request orders a refund: only such an answer gets lost. */
  protected boolean isOrder(HttpExchange exchange) {
    return true;
  }

  /** Where it listens, without a path. */
  public final String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The fields of a form or a query. */
  protected static Map<String, String> form(String text) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
    }
    return fields;
  }

  @Override public Instant now() {
    return till.now();
  }

  @Override public String payIn(long minor, String currency) {
    return till.payIn(minor, currency).id();
  }

  @Override public void payDirectly(String payment, String reference, long minor) {
    if (till.payBack(till.payment(payment).orElseThrow(), reference, minor) != Till.Outcome.MADE)
      throw new IllegalStateException("not paid");
  }

  @Override public void loseNextAnswer(String payment) {
    losing.add(payment);
  }

  @Override public void down(String payment, boolean isDown) {
    if (isDown) down.add(payment);
    else down.remove(payment);
  }

  @Override public void slowNext(String payment, boolean arrives) {
    till.slowNext(payment, arrives);
  }

  @Override public Instant later() {
    return till.later();
  }

  @Override public long paidBack(String payment) {
    return till.paidBack(payment);
  }

  /** Lives by this clock from now on, with its books and what it sends; its HTTP goes by the machine's. */
  public final void liveBy(InstantSource clock) {
    till.liveBy(clock);
  }

  /** What is on its way arrives or fails now. */
  public final void settle() {
    till.settle();
  }

  /** How many refunds under this reference its own books hold. */
  public final long effects(String reference) {
    return till.effects(reference);
  }

  @Override public void close() {
    closing.countDown();
    server.stop(0);
    hands.close();
  }
}
