package redress.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.Centre;
import redress.connect.Accounts;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Actor;
import redress.dispute.Command.SubmitEvidence;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceType;
import redress.dispute.Words;
import redress.door.Keys;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Party.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A centre of its own for a test class, spoken to over HTTP as anybody would, at a time the test chooses. */
public final class Server implements AutoCloseable {
  public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EmbeddedPostgres postgres = EmbeddedPostgres.throwaway();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Instant now = MORNING;
  public final Centre centre;
  public final List<Reply> replies = new ArrayList<>();

  public Server() {
    this(Accounts.NONE);
  }

  /** The same with accounts at providers. */
  public Server(Accounts accounts) {
    InstantSource time = () -> now;
    centre = Centre.open(postgres.database(),
        Centre.Settings.local(0).by(time.withZone(ZoneOffset.UTC)).with(accounts));
    centre.the(Parties.class).put(party("buyer-1", Kind.BUYER), new Contact("Li Na", "li@example.org", "+86 1"));
    centre.the(Parties.class).put(party("buyer-2", Kind.BUYER), Contact.NONE);
    centre.the(Parties.class).put(party("shop-1", Kind.MERCHANT), new Contact("Shop", "shop@example.org", "+49 2"));
    centre.the(Parties.class).put(party("shop-2", Kind.MERCHANT), Contact.NONE);
  }

  private static Party party(String id, Kind kind) {
    return new Party(id, kind, "acc-" + id, 2, MORNING, ZoneOffset.ofHours(8), "en");
  }

  /** What the server said. */
  public record Reply(String method, String path, int status, java.net.http.HttpHeaders headers, String text) {
    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(text);
    }

    /** The problem's code. */
    public String code() {
      return json().path("code").asString("");
    }

    /** A header, empty when absent. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** What the server's clock shows. */
  public Instant now() {
    return now;
  }

  public void wait(Duration duration) {
    now = now.plus(duration);
  }

  /** A key for a test caller. */
  public String key(Role role, String subject) {
    return centre.the(Keys.class).issue(Keys.Wish.of(role, subject, false)).secret();
  }

  /** A key for a live caller. */
  public String liveKey(Role role, String subject) {
    return centre.the(Keys.class).issue(Keys.Wish.of(role, subject, true)).secret();
  }

  /** Uploads a text file to {@code dispute} (its path) and gives it as evidence with the same words. */
  public Reply give(String secret, String dispute, String type, String text) {
    try (var courier = new Courier(centre.port(), secret)) {
      var upload = courier.form(dispute + "/uploads", Courier.Sent.text("note.txt", text)).json().at("/items/0/id");
      return post(secret, dispute + "/evidence", "{\"evidenceType\":\"%s\",\"upload\":\"%s\",\"text\":\"%s\"}"
          .formatted(type, upload.asString(), text));
    }
  }

  /** Gives a hash alone as evidence, as it could be done before files came in. */
  public void elsewhere(String dispute, Role role, String subject) {
    var piece = SubmitEvidence.elsewhere(EvidenceType.PHOTO_OF_ITEM, "ab".repeat(32), Words.NONE);
    var given = centre.the(Desk.class).handle(new Request(DisputeId.parse(dispute).orElseThrow(), "",
        new Actor(role, subject), subject, piece, List.of(), null, null, null));
    if (!(given instanceof Answer.Done)) throw new IllegalStateException(given.toString());
  }

  public Reply get(@Nullable String secret, String path, String... headers) {
    return send("GET", secret, path, null, headers);
  }

  public Reply post(@Nullable String secret, String path, String body, String... headers) {
    return send("POST", secret, path, body, headers);
  }

  public Reply put(@Nullable String secret, String path, String body, String... headers) {
    return send("PUT", secret, path, body, headers);
  }

  /** Sends a request; headers alternate name and value. */
  public Reply send(String method, @Nullable String secret, String path, @Nullable String body, String... headers) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centre.port() + path))
          .timeout(Duration.ofSeconds(30))
          .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (secret != null) request.header("Authorization", "Bearer " + secret);
      if (body != null) request.header("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      var reply = new Reply(method, path, response.statusCode(), response.headers(), response.body());
      replies.add(reply);
      return reply;
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  @Override public void close() {
    http.close();
    centre.close();
    postgres.close();
  }
}
