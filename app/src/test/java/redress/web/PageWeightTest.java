package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.door.Sessions;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** Pages stay light, and ask the database as often for much as for little. */
class PageWeightTest {
  private static final int MOST_BYTES = 60_000;
  private static final int MOST_QUERIES = 20;
  private static final Pattern ASSET = Pattern.compile("/assets/[0-9a-f]+/[a-z.]+");
  private static Server server;
  private static HttpClient http;
  private static Queries queries;
  private static String platform;
  private static String buyer;
  private static String shop;

  /** What the database's driver says of its doing, counted for requests that are being answered. */
  private static final class Queries extends Handler implements AutoCloseable {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final AtomicInteger count = new AtomicInteger();

    Queries() {
      DRIVER.setLevel(Level.FINEST);
      DRIVER.setUseParentHandlers(false);
      DRIVER.addHandler(this);
    }

    @Override public void publish(LogRecord said) {
      if (!Thread.currentThread().getName().startsWith("tomcat-handler")) return;
      if (said.getMessage().contains("FE=> Execute(")) count.incrementAndGet();
    }

    @Override public void flush() {}

    @Override public void close() {
      DRIVER.removeHandler(this);
      DRIVER.setLevel(null);
      DRIVER.setUseParentHandlers(true);
    }
  }

  @BeforeAll static void open() {
    server = new Server();
    http = HttpClient.newHttpClient();
    queries = new Queries();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    shop = server.key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() {
    if (queries != null) queries.close();
    if (http != null) http.close();
    if (server != null) server.close();
  }

  private static String filed(String payment) {
    server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY",
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""");
    server.put(platform, "/v1/wallet/payments/" + payment, "{}");
    var made = server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It was sold as new. The box was open."}""".formatted(payment));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return "/disputes/" + made.json().path("id").asString();
  }

  /** Much is said in it, on both sides. */
  private static void talk(String dispute) {
    for (int n = 0; n < 6; n++) {
      for (var who : List.of(buyer, shop)) {
        assertThat(server.post(who, "/v1" + dispute + "/messages", "{\"text\":\"Please look at it again.\"}").status())
            .isEqualTo(200);
      }
      assertThat(server.post(n % 2 == 0 ? shop : buyer, "/v1" + dispute + "/offers", """
          {"terms":{"remedy":"PARTIAL_REFUND","amount":%d,"currency":"CNY"}}""".formatted(50_000 + n)).status())
          .isEqualTo(200);
    }
  }

  private static String cookie(Role role, String subject) {
    var sessions = server.centre.the(Sessions.class);
    var link =
        sessions.link(new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), "/", Duration.ofHours(1));
    return "redress=" + sessions.begin(link.secret()).orElseThrow().secret();
  }

  private static HttpResponse<byte[]> get(String cookie, String path, String encoding) {
    var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
        .timeout(Duration.ofSeconds(30)).header("Cookie", cookie).header("Accept", "text/html")
        .header("Accept-Encoding", encoding).build();
    try {
      var reply = http.send(ask, BodyHandlers.ofByteArray());
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      return reply;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  /** How often the database is asked for a page that has been asked for before. */
  private static int asked(String cookie, String path) {
    get(cookie, path, "gzip");
    int before = queries.count.get();
    get(cookie, path, "gzip");
    return queries.count.get() - before;
  }

  private static int size(HttpResponse<byte[]> reply) {
    int sum = reply.body().length;
    for (var header : reply.headers().map().entrySet()) {
      for (var value : header.getValue()) sum += header.getKey().length() + value.length() + 4;
    }
    return sum;
  }

  @Test void the_first_view_of_a_dispute_is_light_with_all_that_it_brings() {
    var dispute = filed("p-light");
    talk(dispute);
    for (var it : List.of(cookie(Role.BUYER, "buyer-1"), cookie(Role.MERCHANT_OWNER, "shop-1"),
        cookie(Role.MEDIATOR_LEAD, "lead-1"))) {
      int bytes = size(get(it, dispute, "gzip"));
      var assets = ASSET.matcher(new String(get(it, dispute, "identity").body(), UTF_8));
      var all = new TreeSet<String>();
      while (assets.find()) all.add(assets.group());
      assertThat(all).as("styles, scripts, icon").hasSizeGreaterThanOrEqualTo(4);
      for (var asset : all) {
        var reply = get(it, asset, "gzip");
        boolean large = reply.body().length > 2_048;
        if (large) assertThat(reply.headers().firstValue("Content-Encoding")).as(asset).contains("gzip");
        bytes += size(reply);
      }
      assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  @Test void a_long_dispute_asks_the_database_no_more_often_than_a_short_one() {
    var little = filed("p-little");
    var much = filed("p-much");
    talk(much);
    for (var it : List.of(cookie(Role.BUYER, "buyer-1"), cookie(Role.MERCHANT_OWNER, "shop-1"),
        cookie(Role.MEDIATOR_LEAD, "lead-1"))) {
      int few = asked(it, little);
      assertThat(few).isBetween(1, MOST_QUERIES);
      assertThat(asked(it, much)).isLessThanOrEqualTo(few + 1);
    }
  }

  @Test void a_long_inbox_asks_the_database_no_more_often_than_a_short_one() {
    var cookie = cookie(Role.MERCHANT_OWNER, "shop-1");
    filed("p-first");
    int few = asked(cookie, "/disputes");
    assertThat(few).isBetween(1, MOST_QUERIES);
    for (int n = 0; n < 15; n++) filed("p-many-" + n);
    assertThat(asked(cookie, "/disputes")).isEqualTo(few);
    assertThat(asked(cookie, "/disputes?q=open")).isLessThanOrEqualTo(few);
  }
}
