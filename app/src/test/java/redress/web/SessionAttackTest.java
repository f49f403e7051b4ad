package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import redress.api.Server;
import redress.door.Sessions;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.SignIns.Person;

/**
 * What other sites could have a browser do, and what becomes of a session: on every route of the pages that changes
 * anything, as the server itself lists them, so that a new one is attacked from its first day.
 */
class SessionAttackTest {
  /** Routes that take no session's word, and why that does no harm. */
  private static final Set<String> BY_THEIR_ADDRESS = Set.of(
      // Mail programs post here by themselves (RFC 8058); the token in the address says who wants no more mail.
      "/unsubscribe/{token}",
      // Anybody may have a bundle checked; nothing is kept.
      "/verify/upload");
  private static final String PARTS = "multipart/form-data; boundary=b";
  /** A form with a file that shows no guard. */
  private static final String FILE = String.join("\r\n", "--b",
      "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"", "Content-Type: text/plain", "", "hello",
      "--b--", "");
  private static Server server;
  private static HttpClient http;

  @BeforeAll static void open() {
    server = new Server();
    http = HttpClient.newHttpClient();
  }

  @AfterAll static void close() {
    if (http != null) http.close();
    if (server != null) server.close();
  }

  private record Route(String method, String path) {
    String filled() {
      return path.replaceAll("\\{[^}]+}", "1");
    }
  }

  private static List<Route> changing() {
    var routes = new ArrayList<Route>();
    server.centre.the("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods()
        .forEach((info, _) -> {
          for (var path : info.getPatternValues()) {
            if (path.startsWith("/v1/") || path.startsWith("/error")) continue;
            for (var method : info.getMethodsCondition().getMethods()) {
              if (method != RequestMethod.GET && method != RequestMethod.HEAD)
                routes.add(new Route(method.name(), path));
            }
          }
        });
    return routes;
  }

  private static String link(Role role, String subject) {
    var person = new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false);
    return "/in/" + server.centre.the(Sessions.class).link(person, "/notices", Duration.ofHours(1)).secret();
  }

  private static HttpResponse<String> send(String method, String path, String form, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
        .timeout(Duration.ofSeconds(30)).header("Content-Type", "application/x-www-form-urlencoded")
        .method(method, BodyPublishers.ofString(form));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  /** The cookie of somebody who has just come in. */
  private static String comeIn(Role role, String subject) {
    var in = send("POST", link(role, subject), "");
    assertThat(in.statusCode()).isEqualTo(303);
    return in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  /** What the forms of this session carry. */
  private static String guard(String cookie) {
    return Digest.sha256("guard:" + cookie.substring(cookie.indexOf('=') + 1));
  }

  @Test void nothing_is_taken_that_a_form_of_this_session_did_not_send() {
    var others = guard(comeIn(Role.BUYER, "buyer-2"));
    var mine = List.of(comeIn(Role.BUYER, "buyer-1"), comeIn(Role.MERCHANT_OWNER, "shop-1"), comeIn(Role.ADMIN, "ada"),
        comeIn(Role.MEDIATOR, "mia"));
    var accepted = new TreeMap<String, Integer>();
    int tried = 0;
    for (var route : changing()) {
      if (BY_THEIR_ADDRESS.contains(route.path())) continue;
      for (var cookie : mine) {
        var right = guard(cookie);
        var attacks =
            new String[][] {{"", "none"}, {"guard=" + "0".repeat(64), "wrong"}, {"guard=" + others, "another's"},
                {FILE, "file", "Content-Type", PARTS},
                {"guard=" + right, "cross-site", "Sec-Fetch-Site", "cross-site"},
                {"guard=" + right, "same-site", "Sec-Fetch-Site", "same-site"},
                {"guard=" + right, "origin", "Origin", "https://evil.example"},
                {"guard=" + right, "null origin", "Origin", "null"}};
        for (var attack : attacks) {
          var headers = new ArrayList<>(List.of("Cookie", cookie));
          for (int i = 2; i < attack.length; i++) headers.add(attack[i]);
          // Files are sent by scripts, which show the guard in a header.
          if (attack[0].contains(right)) headers.addAll(List.of("X-Redress-Guard", right));
          var answer = send(route.method(), route.filled(), attack[0], headers.toArray(String[]::new));
          tried++;
          // Forms with files are read once it is known where they belong, and nothing is there.
          boolean refused = answer.statusCode() == 403 || (attack[1].equals("file") && answer.statusCode() == 404);
          if (!refused) accepted.put(route + " " + attack[1], answer.statusCode());
        }
      }
    }
    assertThat(tried).isGreaterThan(1_000);
    assertThat(accepted).isEmpty();
  }

  @Test void nobody_without_a_session_changes_anything_that_is_somebodys() {
    var open = Set.of("/in/{secret}", "/out", "/language", "/certificates/{token}/paper");
    var wrong = new TreeMap<String, Integer>();
    for (var route : changing()) {
      if (BY_THEIR_ADDRESS.contains(route.path()) || open.contains(route.path())) continue;
      var answer = send(route.method(), route.filled(), "");
      boolean away = answer.statusCode() == 401 || answer.statusCode() == 403
          || (answer.statusCode() == 303 && answer.headers().firstValue("Location").orElse("").equals("/"));
      if (!away) wrong.put(route.toString(), answer.statusCode());
    }
    assertThat(wrong).isEmpty();
  }

  @Test void a_link_opened_by_many_at_once_begins_one_session() throws Exception {
    for (int round = 0; round < 10; round++) {
      var link = link(Role.BUYER, "buyer-1");
      try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Integer> open = () -> send("POST", link, "").statusCode();
        var all = crowd.invokeAll(List.of(open, open, open, open, open, open, open, open));
        int begun = 0;
        for (var one : all) if (one.get() == 303) begun++;
        assertThat(begun).isEqualTo(1);
      }
    }
  }

  @Test void coming_in_gives_a_new_session_whatever_cookie_was_brought_along() {
    var planted = "redress=" + "A".repeat(43);
    var in = send("POST", link(Role.BUYER, "buyer-1"), "guard=" + guard(planted), "Cookie", planted);
    assertThat(in.statusCode()).isEqualTo(303);
    var cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("redress=").doesNotContain("AAAAAAAAAA")
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain");
    assertThat(send("GET", "/notices", "", "Cookie", planted).statusCode()).isNotEqualTo(200);
  }

  @Test void an_ended_session_is_over_at_once_and_its_cookie_taken_back() {
    var cookie = comeIn(Role.MEDIATOR, "mia");
    assertThat(send("GET", "/notices", "", "Cookie", cookie).statusCode()).isEqualTo(200);
    var out = send("POST", "/out", "guard=" + guard(cookie), "Cookie", cookie);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(send("GET", "/notices", "", "Cookie", cookie).statusCode()).isNotEqualTo(200);
    assertThat(send("POST", "/queue/next", "guard=" + guard(cookie), "Cookie", cookie).statusCode()).isIn(401, 403);
  }

  @Test void no_page_may_be_framed_kept_or_made_to_lead_elsewhere() {
    var cookie = comeIn(Role.ADMIN, "ada");
    for (var path : List.of("/", "/notices", "/rules", "/accounts", "/nothing-here", "/in/nothing")) {
      var page = send("GET", path, "", "Cookie", cookie, "Accept", "text/html");
      assertThat(page.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).as(path)
          .contains("frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "default-src 'none'")
          .doesNotContain("unsafe-");
      assertThat(page.headers().firstValue("Cache-Control")).as(path).contains("no-store");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(page.headers().firstValue("Cross-Origin-Resource-Policy")).as(path).contains("same-origin");
      assertThat(page.headers().firstValue("Permissions-Policy").orElse("")).as(path).contains("camera=()");
    }
    for (var back : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "/%5cevil.example/..//evil.example", "\t//evil.example", "")) {
      var said = send("POST", "/language",
          "guard=" + guard(cookie) + "&language=en&back=" + URLEncoder.encode(back, UTF_8),
          "Cookie", cookie);
      var leads = URI.create("http://127.0.0.1/").resolve(said.headers().firstValue("Location").orElse("/"));
      assertThat(leads.getHost()).as(back).isEqualTo("127.0.0.1");
    }
  }
}
