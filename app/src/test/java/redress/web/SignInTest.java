package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.door.Sessions;
import redress.policy.Role;

/** Coming in with a link, and what a session is let to do. */
class SignInTest {
  private static Server server;
  private static HttpClient http;
  private static String platform;
  private static String admin;

  @BeforeAll static void open() {
    server = new Server();
    http = HttpClient.newHttpClient();
    platform = server.key(Role.PLATFORM, "platform-1");
    admin = server.key(Role.ADMIN, "admin-1");
  }

  @AfterAll static void close() {
    if (http != null) http.close();
    if (server != null) server.close();
  }

  private static String link(String more) {
    var made = server.post(platform, "/v1/sign-in-links",
        "{\"role\":\"BUYER\",\"subject\":\"buyer-1\",\"leads\":\"/disputes\"%s}".formatted(more));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("path").asString();
  }

  private static HttpResponse<String> send(String method, String path, String form, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
        .timeout(Duration.ofSeconds(30)).header("Content-Type", "application/x-www-form-urlencoded")
        .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  /** The cookie of somebody who has just come in, as browsers send it back. */
  private static String comeIn() {
    var in = send("POST", link(""), "guard=");
    assertThat(in.statusCode()).isEqualTo(303);
    return in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String guard(String page) {
    var found = Pattern.compile("name=\"guard\" value=\"([0-9a-f]{64})\"").matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test void looking_at_a_link_changes_nothing_and_its_button_opens_once() {
    var link = link("");
    for (int n = 0; n < 3; n++) assertThat(send("GET", link, "").statusCode()).isEqualTo(200);
    var in = send("POST", link, "guard=");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/disputes");
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax", "Path=/");
    assertThat(send("POST", link, "guard=").statusCode()).isEqualTo(410);
    assertThat(send("GET", link, "").statusCode()).isEqualTo(410);
  }

  @Test void a_link_is_over_when_its_time_is() {
    var link = link(",\"validFor\":\"PT1H\"");
    server.wait(Duration.ofMinutes(61));
    assertThat(send("GET", link, "").statusCode()).isEqualTo(410);
    assertThat(send("POST", link, "guard=").statusCode()).isEqualTo(410);
    assertThat(send("GET", "/in/nothing", "").statusCode()).isEqualTo(410);
  }

  @Test void links_lead_to_our_own_pages_only() {
    for (var leads : new String[] {"https://evil.example/", "//evil.example", "/\\\\evil.example", "disputes",
        "/a b"}) {
      var made = server.post(platform, "/v1/sign-in-links",
          "{\"role\":\"BUYER\",\"subject\":\"buyer-1\",\"leads\":\"%s\"}".formatted(leads));
      assertThat(made.code()).as(leads).isEqualTo("FIELD_VALUE");
    }
  }

  @Test void the_platform_lets_its_parties_in_and_an_administrator_staff() {
    var wanted = "{\"role\":\"%s\",\"subject\":\"%s\"}";
    assertThat(server.post(platform, "/v1/sign-in-links", wanted.formatted("MEDIATOR", "m-1")).code())
        .isEqualTo("FIELD_VALUE");
    assertThat(server.post(platform, "/v1/sign-in-links", wanted.formatted("BUYER", "shop-1")).code())
        .isEqualTo("PARTY_UNKNOWN");
    assertThat(server.post(admin, "/v1/sign-in-links", wanted.formatted("MEDIATOR", "m-1")).status()).isEqualTo(201);
    assertThat(server.post(admin, "/v1/sign-in-links", wanted.formatted("BUYER", "buyer-1")).code())
        .isEqualTo("FIELD_VALUE");
    assertThat(server.post(admin, "/v1/sign-in-links", wanted.formatted("PLATFORM", "p")).code())
        .isEqualTo("FIELD_VALUE");
    var buyer = server.key(Role.BUYER, "buyer-1");
    assertThat(server.post(buyer, "/v1/sign-in-links", wanted.formatted("BUYER", "buyer-1")).code())
        .isEqualTo("ROLE_MISSING");
  }

  @Test void without_a_session_a_page_says_how_to_come_in() {
    var turned = send("GET", "/disputes", "");
    assertThat(turned.statusCode()).isEqualTo(401);
    assertThat(turned.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(turned.body()).contains("Please sign in");
    assertThat(send("GET", "/disputes", "", "Cookie", "redress=made-up").statusCode()).isEqualTo(401);
  }

  @Test void a_session_ends_when_its_owner_says_so_and_when_nobody_comes_back() {
    var cookie = comeIn();
    var page = send("GET", "/disputes", "", "Cookie", cookie);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(send("POST", "/out", "guard=" + guard(page.body()), "Cookie", cookie).statusCode()).isEqualTo(303);
    assertThat(send("GET", "/disputes", "", "Cookie", cookie).statusCode()).isEqualTo(401);
    var other = comeIn();
    server.wait(Duration.ofDays(8));
    assertThat(send("GET", "/disputes", "", "Cookie", other).statusCode()).isEqualTo(401);
  }

  @Test void nothing_is_posted_from_another_site_or_without_what_our_forms_carry() {
    var cookie = comeIn();
    var guard = guard(send("GET", "/disputes", "", "Cookie", cookie).body());
    assertThat(send("POST", "/out", "guard=", "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(send("POST", "/out", "guard=" + "0".repeat(64), "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(send("POST", "/out", "guard=" + guard, "Cookie", cookie, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", "/out", "guard=" + guard, "Cookie", cookie, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", link(""), "guard=", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(send("GET", "/disputes", "", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test void a_page_tells_the_browser_what_it_may_do() {
    var page = send("GET", "/disputes", "", "Cookie", comeIn());
    var policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
        .doesNotContain("unsafe").doesNotContain("http:");
    var nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
    assertThat(page.body()).contains("nonce=\"" + nonce + "\"");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    var again = send("GET", "/disputes", "", "Cookie", comeIn());
    assertThat(again.headers().firstValue("Content-Security-Policy").orElseThrow()).isNotEqualTo(policy);
  }

  @Test void what_a_page_brings_along_is_kept_by_browsers_and_is_what_it_says() {
    var page = send("GET", "/disputes", "", "Cookie", comeIn());
    var addresses = Pattern.compile("/assets/[0-9a-f]{12}/[a-z.]+").matcher(page.body());
    int seen = 0;
    for (; addresses.find(); seen++) {
      var asset = send("GET", addresses.group(), "");
      assertThat(asset.statusCode()).as(addresses.group()).isEqualTo(200);
      assertThat(asset.headers().allValues("Cache-Control")).singleElement().asString().contains("immutable");
      assertThat(asset.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(seen).isGreaterThanOrEqualTo(4);
    assertThat(send("GET", "/assets/000000000000/site.css", "").statusCode()).isEqualTo(404);
  }

  @Test void what_is_long_over_is_forgotten() {
    var old = link("");
    assertThat(known(old)).isTrue();
    server.wait(Duration.ofDays(32));
    link("");
    assertThat(known(old)).isFalse();
  }

  private static boolean known(String link) {
    return server.centre.the(Sessions.class).link(link.substring("/in/".length())).isPresent();
  }

  @Test void the_language_is_the_one_chosen_then_the_account_s_then_the_browser_s() {
    assertThat(send("GET", "/disputes", "", "Accept-Language", "zh-CN").body()).contains("请先登录");
    var cookie = comeIn();
    assertThat(send("GET", "/disputes", "", "Cookie", cookie, "Accept-Language", "zh-CN").body())
        .contains("lang=\"en\"");
    var guard = guard(send("GET", "/disputes", "", "Cookie", cookie).body());
    var said = send("POST", "/language", "guard=" + guard + "&language=zh&back=%2Fdisputes", "Cookie", cookie);
    assertThat(said.statusCode()).isEqualTo(303);
    var chosen = said.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertThat(send("GET", "/disputes", "", "Cookie", cookie + "; " + chosen).body()).contains("lang=\"zh-CN\"");
    assertThat(send("POST", "/language", "guard=" + guard + "&language=zh&back=%2F%2Fevil.example", "Cookie", cookie)
        .headers().firstValue("Location")).contains("/");
  }
}
