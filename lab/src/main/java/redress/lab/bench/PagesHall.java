package redress.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import redress.Centre;
import redress.dispute.DisputeId;
import redress.door.Keys;
import redress.door.Sessions;
import redress.lab.bench.PagesCopier.Model;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.store.Parties;
import redress.store.Party;
import redress.store.SignIns.Person;
import tools.jackson.databind.json.JsonMapper;

/**
 * A centre with very many disputes, 200 in the inbox of each side, and people with browsers in it. Four kinds are lived
 * through the API and copied with all that was said; twenty more are lived in the inbox that is looked at.
 */
final class PagesHall implements AutoCloseable {
  private static final int SEEN = 20;
  private static final String SHOP = "shop-0";
  private static final String BUYER = "buyer-0";
  private static final Pattern ASSET = Pattern.compile("/assets/[0-9a-f]+/[a-z.]+");
  private static final Instant VERIFIED = Instant.parse("2026-01-01T00:00:00Z");

  private final EmbeddedPostgres server = EmbeddedPostgres.throwaway();
  private final Centre centre = Centre.open(server.database(), Centre.Settings.local(0));
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String platform = key(Role.PLATFORM, "platform");
  private final List<String> seen = new ArrayList<>();

  /** Times of many requests, in microseconds, in order of length. */
  record Times(List<Long> micros) {
    Times {
      micros = micros.stream().sorted().toList();
    }

    long at(int percent) {
      return micros.isEmpty() ? 0 : micros.get(Math.min(micros.size() - 1, micros.size() * percent / 100));
    }
  }

  /** Who looks: the cookie of somebody who has come in. */
  record Visitor(String cookie) {}

  private String key(Role role, String subject) {
    return centre.the(Keys.class).issue(Keys.Wish.of(role, subject, false)).secret();
  }

  private void enrol(String id, Party.Kind kind) {
    centre.the(Parties.class).put(new Party(id, kind, "acc-" + id, 2, VERIFIED, ZoneOffset.UTC, "en"),
        Party.Contact.NONE);
  }

  /** Somebody who comes in with a browser. */
  Visitor visitor(Role role, String subject) {
    var sessions = centre.the(Sessions.class);
    var link = sessions.link(new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), "/",
        Duration.ofHours(1));
    return new Visitor("redress=" + sessions.begin(link.secret()).orElseThrow().secret());
  }

  Visitor merchant() {
    return visitor(Role.MERCHANT_OWNER, SHOP);
  }

  Visitor buyer() {
    return visitor(Role.BUYER, BUYER);
  }

  /** Fills the database until there are {@code many} disputes and makes it ready to be asked. */
  void fill(int many) throws SQLException {
    enrol("model-buyer", Party.Kind.BUYER);
    enrol("model-shop", Party.Kind.MERCHANT);
    enrol(BUYER, Party.Kind.BUYER);
    enrol(SHOP, Party.Kind.MERCHANT);
    var models = new ArrayList<Model>();
    for (int kind = 0; kind < PagesCopier.KINDS; kind++) {
      var id = live("model-" + kind, "model-buyer", "model-shop", kind, 1);
      models.add(new Model("model-" + kind, DisputeId.parse(id).orElseThrow()));
    }
    for (int i = 0; i < SEEN; i++) seen.add("/disputes/" + live("seen-" + i, BUYER, SHOP, 1, 3));
    new PagesCopier(server.database(), many).copy(models, many);
  }

  /** One dispute: filed and talked about (0), offered (1), agreed (2) or withdrawn (3), after so much talk. */
  private String live(String payment, String buyer, String shop, int kind, int said) {
    say(platform, "PUT", "/v1/payments/" + payment, """
        {"payer":"%s","merchant":"%s","amount":129900,"currency":"CNY","capturedAt":"%s",
         "provider":"WALLET"}""".formatted(buyer, shop, centre.the(Clock.class).instant().minus(Duration.ofDays(2))));
    say(platform, "PUT", "/v1/wallet/payments/" + payment, "{}");
    var buyers = key(Role.BUYER, buyer);
    var shops = key(Role.MERCHANT_OWNER, shop);
    var id = JsonMapper.shared().readTree(say(buyers, "POST", "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It was sold as new. The box was open and the screen is scratched."}""".formatted(payment)))
        .path("id").asString();
    var at = "/v1/disputes/" + id;
    for (int n = 0; n < said; n++) {
      say(shops, "POST", at + "/messages", "{\"text\":\"We have looked at your pictures, thank you for them.\"}");
      say(buyers, "POST", at + "/messages", "{\"text\":\"Please tell me when I can have my money back.\"}");
    }
    if (kind == 1 || kind == 2) {
      say(shops, "POST", at + "/offers", """
          {"terms":{"remedy":"PARTIAL_REFUND","amount":50000,"currency":"CNY"},"text":"For the scratches."}""");
    }
    if (kind == 2) say(buyers, "POST", at + "/offers/1/acceptance", "{}");
    if (kind == 3) say(buyers, "POST", at + "/withdrawal", "{}");
    return id;
  }

  private String say(String secret, String method, String path, String json) {
    var request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + secret)
        .header("Content-Type", "application/json").header("Idempotency-Key", "k" + System.nanoTime())
        .method(method, BodyPublishers.ofString(json)).build();
    var reply = sent(request);
    var body = new String(reply.body(), UTF_8);
    if (reply.statusCode() >= 300) throw new IllegalStateException(path + " " + reply.statusCode() + " " + body);
    return body;
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + centre.port() + path);
  }

  private HttpResponse<byte[]> sent(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A page as a browser asks for it, compressed as it is sent. */
  private HttpResponse<byte[]> page(Visitor visitor, String path, boolean packed) {
    var ask = HttpRequest.newBuilder(uri(path)).header("Cookie", visitor.cookie()).header("Accept", "text/html")
        .header("Accept-Language", "en");
    if (packed) ask.header("Accept-Encoding", "gzip");
    var reply = sent(ask.build());
    if (reply.statusCode() != 200) throw new IllegalStateException(path + " was answered " + reply.statusCode());
    return reply;
  }

  /** The address of the {@code n}th of the disputes that were lived in the inbox that is looked at. */
  String dispute(int n) {
    return seen.get(n % seen.size());
  }

  /** Bytes on the wire of the first view of this page: its headers and body, and those of everything it brings. */
  long bytes(Visitor visitor, String path) {
    long sum = size(page(visitor, path, true));
    var assets = ASSET.matcher(new String(page(visitor, path, false).body(), UTF_8));
    var all = new TreeSet<String>();
    while (assets.find()) all.add(assets.group());
    for (var asset : all) sum += size(page(visitor, asset, true));
    return sum;
  }

  private static long size(HttpResponse<byte[]> reply) {
    long sum = reply.body().length;
    for (var header : reply.headers().map().entrySet()) {
      for (var value : header.getValue()) sum += header.getKey().length() + value.length() + ": \r\n".length();
    }
    return sum;
  }

  /** Asks for pages one after another; the first {@code warmUps} do not count. */
  Times times(Visitor visitor, int warmUps, int many, IntFunction<String> path) {
    var micros = new ArrayList<Long>(many);
    for (int n = -warmUps; n < many; n++) {
      long began = System.nanoTime();
      var _ = page(visitor, path.apply(n + warmUps), true);
      if (n >= 0) micros.add((System.nanoTime() - began) / 1_000);
    }
    return new Times(micros);
  }

  @Override public void close() {
    http.shutdownNow();
    centre.close();
    server.close();
  }
}
