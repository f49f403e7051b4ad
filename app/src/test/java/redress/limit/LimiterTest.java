package redress.limit;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.Centre;
import redress.Reach;
import redress.Tls;
import redress.door.Keys;
import redress.limit.Rates.Kind;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.store.RateShares;

/** How often anybody may ask: so often and within ten percent over two servers, and nobody else is touched. */
class LimiterTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final long MOST = 100;
  private static EmbeddedPostgres postgres;
  private static Centre one;
  private static Centre two;
  private static HttpClient http;
  private static volatile Instant now = START;
  private static String platform;
  private static String buyer;

  @BeforeAll static void open() {
    postgres = EmbeddedPostgres.throwaway();
    var rates = new HashMap<Kind, Long>();
    for (var kind : Kind.values()) rates.put(kind, MOST);
    // The rest must not be what stops a caller or what is said about a dispute.
    rates.put(Kind.CALLER, 3 * MOST);
    rates.put(Kind.PLATFORM, 5 * MOST);
    InstantSource time = () -> now;
    var settings = Centre.Settings.local(0).by(time.withZone(ZoneOffset.UTC))
        .reached(new Reach(Tls.NONE, List.of(), new Rates(rates)));
    one = Centre.open(postgres.database(), settings);
    two = Centre.open(postgres.database(), settings);
    http = HttpClient.newHttpClient();
    platform = one.the(Keys.class).issue(Keys.Wish.of(Role.PLATFORM, "platform-1", false)).secret();
    buyer = one.the(Keys.class).issue(Keys.Wish.of(Role.BUYER, "buyer-1", false)).secret();
  }

  @AfterAll static void close() {
    if (http != null) http.close();
    if (two != null) two.close();
    if (one != null) one.close();
    postgres.close();
  }

  private static HttpResponse<String> send(Centre centre, String method, String path, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centre.port() + path))
        .timeout(Duration.ofSeconds(30)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> asked(Centre centre, Kind kind) throws Exception {
    return switch (kind) {
      case ADDRESS -> send(centre, "GET", "/v1/rules");
      case CALLER -> send(centre, "GET", "/v1/disputes", "Authorization", "Bearer " + buyer);
      case PLATFORM -> send(centre, "GET", "/v1/disputes", "Authorization", "Bearer " + platform);
      case DISPUTE -> send(centre, "POST", "/v1/disputes/dsp_0000000000000000000/withdrawal", "Authorization",
          "Bearer " + buyer);
      case SIGN_IN -> send(centre, "POST", "/in/nothing");
      case REFUSED -> send(centre, "GET", "/v1/disputes", "Authorization", "Bearer rk_test_nothing");
    };
  }

  private static long most(Kind kind) {
    return kind == Kind.CALLER ? 3 * MOST : kind == Kind.PLATFORM ? 5 * MOST : MOST;
  }

  private static int let(Kind kind, int tries) throws Exception {
    int let = 0;
    for (int n = 0; n < tries; n++) {
      var answer = asked(n % 2 == 0 ? one : two, kind);
      if (answer.statusCode() != 429) {
        let++;
        continue;
      }
      if (kind != Kind.SIGN_IN) assertThat(answer.body()).contains("TOO_MANY_REQUESTS");
      else assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow())).isBetween(1L, 60L);
    }
    return let;
  }

  @ParameterizedTest
  @EnumSource(Kind.class) void two_servers_together_let_by_what_was_said_and_again_a_minute_later(Kind kind)
      throws Exception {
    now = now.plus(Duration.ofMinutes(10));
    int most = (int) most(kind);
    for (int minute = 0; minute < 2; minute++) {
      assertThat(let(kind, most * 3 / 2)).isBetween(most, most * 11 / 10);
      assertThat(send(one, "GET", "/actuator/health/liveness").statusCode()).as("health is always told").isEqualTo(200);
      now = now.plus(Duration.ofMinutes(1));
    }
  }

  @Test void others_are_not_touched_and_no_header_makes_somebody_another() throws Exception {
    now = now.plus(Duration.ofMinutes(10));
    assertThat(let(Kind.CALLER, 450)).isLessThanOrEqualTo(330);
    assertThat(asked(one, Kind.CALLER).statusCode()).isEqualTo(429);
    assertThat(asked(one, Kind.PLATFORM).statusCode()).isEqualTo(200);
    let(Kind.ADDRESS, 150);
    for (int n = 0; n < 20; n++) {
      var other = "203.0.113." + n;
      var spoofed = send(one, "GET", "/v1/rules", "X-Forwarded-For", other, "Forwarded", "for=" + other, "X-Real-IP",
          other);
      assertThat(spoofed.statusCode()).isEqualTo(429);
    }
  }

  @Test void an_even_trickle_is_let_by_for_ever_and_a_restart_forgets_nothing() {
    var sql = one.the(JdbcClient.class);
    var time = new Instant[] {START};
    var rates = new Rates(Map.of(Kind.CALLER, 50L));
    var limiter = new Limiter(new RateShares(sql), rates, () -> time[0]);
    for (int n = 0; n < 500; n++) {
      assertThat(limiter.ask(Kind.CALLER, "trickle")).isZero();
      time[0] = time[0].plusMillis(1_200);
    }
    int let = 0;
    while (limiter.ask(Kind.CALLER, "burst").isZero()) let++;
    assertThat(let).isEqualTo(52);
    var restarted = new Limiter(new RateShares(sql), rates, () -> time[0]);
    int more = 0;
    while (restarted.ask(Kind.CALLER, "burst").isZero()) more++;
    assertThat(more).as("only what a server lets by on its own account").isEqualTo(2);
    time[0] = time[0].plusSeconds(2);
    assertThat(restarted.ask(Kind.CALLER, "burst")).isZero();
  }

  @Test void a_request_costs_no_write() {
    var sql = one.the(JdbcClient.class);
    long before = sql.sql("select count(*) from rate_share").query(Long.class).single();
    var limiter = new Limiter(new RateShares(sql), new Rates(Map.of(Kind.CALLER, 10_000L)), () -> START);
    for (int n = 0; n < 400; n++) assertThat(limiter.ask(Kind.CALLER, "calm")).isZero();
    assertThat(sql.sql("select count(*) from rate_share").query(Long.class).single())
        .as("a fair caller is never written down").isEqualTo(before);
  }
}
