package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who speaks to a centre over HTTP, with a credential of its own and nothing else. */
final class Visitor {
  private static final String BOUNDARY = "redress-form-boundary";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Lines lines;
  private final Supplier<String> secret;

  Visitor(Lines lines, Supplier<String> secret) {
    this.lines = lines;
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

  /** A file, which must be there. */
  byte[] file(String path) {
    try {
      var answer = lines.ask("GET", path, Map.of("Authorization", "Bearer " + secret.get()), null);
      if (answer.status() == 200) return answer.bytes();
      throw new IllegalStateException("GET " + path + " was answered " + answer.status() + " " + answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("GET " + path + " was not answered: " + e, e);
    }
  }

  /** Sends a file as a form would; the id of the draft it became. */
  String upload(String path, String name, byte[] bytes) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(UTF_8));
    body.writeBytes(bytes);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return send("POST", path, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray(), null, false).done()
        .text("/items/0/id");
  }

  /** Puts, wanting no more than to hear that it is done. */
  Reply put(String path, Map<String, ?> body) {
    return send("PUT", path, body, null, true);
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
    return send(method, path, "application/json", body == null ? null : JSON.writeValueAsBytes(body), key, little);
  }

  private Reply send(String method, String path, String type, byte @Nullable [] body, @Nullable String key,
      boolean little) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Authorization", "Bearer " + secret.get());
    if (body != null) headers.put("Content-Type", type);
    if (key != null) headers.put("Idempotency-Key", key);
    if (little) headers.put("Prefer", "return=minimal");
    try {
      var answer = lines.ask(method, path, headers, body);
      return new Reply(method + " " + path, answer.status(),
          answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
          answer.headers().containsKey("idempotent-replayed"));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " was not answered: " + e, e);
    }
  }
}
