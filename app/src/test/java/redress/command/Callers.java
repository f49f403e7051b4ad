package redress.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who do not give up: each command is repeated under its own idempotency key until it is answered for good. What
 * was answered is kept in a journal outside of every server.
 */
final class Callers implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  /** Where the server listens now. */
  volatile int port;
  private volatile boolean closed;
  /** What was acknowledged, by idempotency key. */
  final Map<String, Ack> journal = new ConcurrentHashMap<>();
  /** The keys of commands that were refused for good: nothing of them may be there. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();
  /** How often nobody answered, or not for good. */
  final AtomicLong repeats = new AtomicLong();
  /** How often a command had been carried out and its first answer was lost. */
  final AtomicLong lostAnswers = new AtomicLong();
  /** Answers that no server should give, whatever was killed. */
  final Queue<String> defects = new ConcurrentLinkedQueue<>();

  /** A command that was acknowledged: by whom, where and with what it was sent, and the answer's status and dispute. */
  record Ack(String secret, String path, String body, int status, String id) {}

  /** An answer. */
  record Reply(int status, boolean replayed, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    /** Not when the first attempt is still at it, or who died at it still holds a clock. */
    boolean isForGood() {
      return status < 500 && !text.contains("IDEMPOTENCY_IN_FLIGHT") && !text.contains("CLOCK_HELD");
    }

    boolean isDone() {
      return status >= 200 && status < 300;
    }
  }

  /** Posts a command until it is answered for good, and keeps the answer. */
  Reply post(String secret, String path, String body, String key) {
    var reply = send("POST", secret, path, body, key);
    if (reply.isDone()) {
      journal.put(key, new Ack(secret, path, body, reply.status(), reply.json().path("id").asString("")));
      if (reply.replayed()) lostAnswers.incrementAndGet();
    } else {
      refused.add(key);
    }
    return reply;
  }

  /** Sends until it is answered for good. */
  Reply send(String method, String secret, String path, String body, String key) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && !closed) {
      var reply = once(method, secret, path, body, key);
      if (reply != null && reply.isForGood()) return reply;
      if (reply != null && reply.status() >= 500 && reply.status() != 503)
        defects.add(method + " " + path + " " + reply);
      repeats.incrementAndGet();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError(method + " " + path + " was not answered within " + PATIENCE);
  }

  /** One attempt; null when no answer came. */
  @Nullable Reply once(String method, String secret, String path, String body, String key) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + secret)
          .header("Content-Type", "application/json")
          .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (!key.isEmpty()) request.header("Idempotency-Key", key);
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers().firstValue("Idempotent-Replayed").isPresent(),
          response.body());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody asks again. */
  @Override public void close() {
    closed = true;
    http.shutdownNow();
  }
}
