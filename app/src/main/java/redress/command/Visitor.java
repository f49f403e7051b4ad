package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who speaks to a centre over HTTP, with a credential of its own and nothing else. */
final class Visitor {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http;
  private final String address;
  private final Supplier<String> secret;

  Visitor(HttpClient http, String address, Supplier<String> secret) {
    this.http = http;
    this.address = address;
    this.secret = secret;
  }

  /** What the centre answered; {@code body} is an empty object where nothing was said. */
  record Reply(String asked, int status, JsonNode body, boolean replayed) {
    boolean isDone() {
      return status < 300;
    }

    /** The problem's code, empty for none. */
    String code() {
      return body.path("code").asString("");
    }

    /** This reply, which must be a yes. */
    Reply done() {
      if (isDone()) return this;
      throw new IllegalStateException(asked + " was answered " + status + " " + body);
    }

    /** A text somewhere in the body, empty where there is none. */
    String text(String pointer) {
      return body.at(pointer).asString("");
    }
  }

  Reply get(String path) {
    return send("GET", path, null, null, false);
  }

  Reply put(String path, Map<String, ?> body) {
    return send("PUT", path, body, null, false);
  }

  /** Posts once under {@code key} (null: without one): the same key again gives the same answer. */
  Reply post(String path, Map<String, ?> body, @Nullable String key) {
    return send("POST", path, body, key, false);
  }

  /** The same, wanting no more than a receipt. */
  Reply say(String path, Map<String, ?> body, @Nullable String key) {
    return send("POST", path, body, key, true);
  }

  private Reply send(String method, String path, @Nullable Map<String, ?> body, @Nullable String key, boolean little) {
    var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE)
        .header("Authorization", "Bearer " + secret.get())
        .method(method,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (body != null) request.header("Content-Type", "application/json");
    if (key != null) request.header("Idempotency-Key", key);
    if (little) request.header("Prefer", "return=minimal");
    try {
      var response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
      var text = response.body();
      return new Reply(method + " " + path, response.statusCode(),
          text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text),
          response.headers().firstValue("Idempotent-Replayed").isPresent());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " was not answered: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + path + " was interrupted", e);
    }
  }
}
