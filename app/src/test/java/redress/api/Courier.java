package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings files to a server and fetches them, as one party's program would. */
public final class Courier implements AutoCloseable {
  private static final String BOUNDARY = "----between-files-7MA4YWxk";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String secret;

  public Courier(int port, String secret) {
    this.port = port;
    this.secret = secret;
  }

  /** A file to be sent. */
  public static final class Sent {
    private final String name;
    private final String type;
    private final byte[] bytes;

    public Sent(String name, String type, byte[] bytes) {
      this.name = name;
      this.type = type;
      this.bytes = bytes;
    }

    public String name() {
      return name;
    }

    public String type() {
      return type;
    }

    public byte[] bytes() {
      return bytes;
    }

    /** A text, harmless. */
    public static Sent text(String name, String text) {
      return new Sent(name, "text/plain", text.getBytes(UTF_8));
    }
  }

  /** What the server said. */
  public static final class Got {
    private final HttpResponse<byte[]> response;

    Got(HttpResponse<byte[]> response) {
      this.response = response;
    }

    public int status() {
      return response.statusCode();
    }

    public byte[] body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(body());
    }

    public String code() {
      return json().path("code").asString("");
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @Override public String toString() {
      return status() + " " + new String(body(), UTF_8);
    }
  }

  /** Sends files as one form. */
  public Got form(String path, Sent... files) {
    return send("POST", path, BodyPublishers.ofByteArray(body(List.of(files))), "Content-Type",
        "multipart/form-data; boundary=" + BOUNDARY);
  }

  static byte[] body(List<Sent> files) {
    var out = new ByteArrayOutputStream();
    for (var file : files) {
      out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.name()
          + "\"\r\nContent-Type: " + file.type() + "\r\n\r\n").getBytes(UTF_8));
      out.writeBytes(file.bytes());
      out.writeBytes("\r\n".getBytes(UTF_8));
    }
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return out.toByteArray();
  }

  static String boundary() {
    return BOUNDARY;
  }

  public Got get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Got post(String path, String json, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    return send("POST", path, BodyPublishers.ofString(json), all.toArray(String[]::new));
  }

  /** Sends anything; headers alternate name and value. */
  public Got send(String method, String path, BodyPublisher body, String... headers) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .timeout(Duration.ofSeconds(60)).method(method, body).header("Authorization", "Bearer " + secret);
      for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
      return new Got(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  @Override public void close() {
    http.close();
  }
}
