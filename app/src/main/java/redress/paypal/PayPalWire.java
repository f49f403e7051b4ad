package redress.paypal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The way to PayPal's REST API (https://developer.paypal.com/api/rest/): an access token for the client's id and
 * secret, kept until shortly before it ends and renewed once when it is refused.
 */
final class PayPalWire {
  private static final Logger log = LoggerFactory.getLogger(PayPalWire.class);
  private static final Duration EARLY = Duration.ofSeconds(60);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LARGEST_CERTIFICATE = 100_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String account;
  private final String base;
  private final String credentials;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
  private volatile @Nullable Token token;

  PayPalWire(String account, String base, String clientId, String secret, Duration timeout) {
    this.account = account;
    this.base = base;
    this.credentials = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(UTF_8));
    this.timeout = timeout;
  }

  /** Good until {@code ends} by the machine's own stopwatch: no clock of a payment has a say in it. */
  private record Token(String text, long ends) {
    boolean isGood() {
      return System.nanoTime() - ends < 0;
    }

    @Override public String toString() {
      return "Token";
    }
  }

  /** What PayPal said. */
  record Said(int status, JsonNode body) {
    boolean isGood() {
      return status / 100 == 2;
    }

    /** The first issue of a refusal, or its name. */
    String issue() {
      var issue = body.path("details").path(0).path("issue").asString("");
      return issue.isEmpty() ? body.path("name").asString("INVALID_REQUEST") : issue;
    }
  }

  /** Nothing that could be relied on came back. */
  static final class Silence extends Exception {
    Silence(String why) {
      super(why, null, false, false);
    }
  }

  /** Reads what is at {@code path} (found or not). */
  Said get(String path) throws Silence {
    return send(path, null, Map.of());
  }

  /** Posts {@code body} under an id that makes a repeat safe. */
  Said post(String path, Object body, String requestId) throws Silence {
    return send(path, JSON.writeValueAsString(body),
        Map.of("PayPal-Request-Id", requestId, "Prefer", "return=representation", "Content-Type", "application/json"));
  }

  /** A small file from anywhere, without credentials; empty when it cannot be had. */
  Optional<byte[]> file(URI address) {
    try {
      var request = HttpRequest.newBuilder(address).timeout(timeout).build();
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var in = response.body()) {
        var bytes = in.readNBytes(LARGEST_CERTIFICATE);
        return response.statusCode() == 200 ? Optional.of(bytes) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Said send(String path, @Nullable String body, Map<String, String> headers) throws Silence {
    var used = current();
    var said = sent(path, body, headers, used);
    if (said.status == 401) {
      if (used.equals(token)) token = null;
      said = sent(path, body, headers, current());
    }
    boolean relied = said.isGood() || said.status == 400 || said.status == 404 || said.status == 422;
    if (relied) return said;
    // Silence is ordinary and counted elsewhere; what is forbidden is for the operator to put right.
    log.atLevel(said.status == 401 || said.status == 403 ? Level.WARN : Level.DEBUG)
        .log("Account {}: PayPal gave no answer: {} {}", account, said.status, said.body.path("name").asString(""));
    throw new Silence("status " + said.status);
  }

  private Said sent(String path, @Nullable String body, Map<String, String> headers, Token by) throws Silence {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout)
        .header("Authorization", "Bearer " + by.text)
        .method(body == null ? "GET" : "POST", body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return said(request.build());
  }

  private Token current() throws Silence {
    var known = token;
    if (known != null && known.isGood()) return known;
    synchronized (this) {
      known = token;
      if (known != null && known.isGood()) return known;
      var fresh = fresh();
      token = fresh;
      return fresh;
    }
  }

  private Token fresh() throws Silence {
    var said = said(HttpRequest.newBuilder(URI.create(base + "/v1/oauth2/token")).timeout(timeout)
        .header("Authorization", "Basic " + credentials).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("grant_type=client_credentials")).build());
    var text = said.body.path("access_token").asString("");
    if (!said.isGood() || text.isEmpty()) {
      log.atLevel(said.status == 401 ? Level.WARN : Level.DEBUG).log("Account {}: PayPal gives no access token: {} {}",
          account, said.status, said.body.path("error").asString(""));
      throw new Silence("no access token");
    }
    var life = Duration.ofSeconds(said.body.path("expires_in").asLong(0)).minus(EARLY);
    return new Token(text, System.nanoTime() + Math.max(0, life.toNanos()));
  }

  private Said said(HttpRequest request) throws Silence {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      var body = response.body();
      return new Said(response.statusCode(),
          body.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body));
    } catch (IOException | JacksonException e) {
      log.debug("Account {}: PayPal gave no answer: {}", account, e.getClass().getSimpleName());
      throw new Silence(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Silence("interrupted");
    }
  }
}
