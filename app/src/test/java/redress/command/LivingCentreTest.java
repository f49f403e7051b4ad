package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.dispute.Status;
import redress.policy.Role;

/** {@code ./redress demo --keep} as somebody meets it who wants to look around. */
class LivingCentreTest {
  private static final Pattern LINK =
      Pattern.compile("^ {2}([A-Z_]+) +(\\S+) +(http://127\\.0\\.0\\.1:\\d+/in/\\S+)$", Pattern.MULTILINE);
  private static final Set<Role> NOBODY = Set.of(Role.PLATFORM, Role.SYSTEM);
  private static final Map<Role, String> SAID = Map.ofEntries(Map.entry(Role.BUYER, "Buyer"),
      Map.entry(Role.MERCHANT_OWNER, "Merchant: owner"), Map.entry(Role.MERCHANT_AGENT, "Merchant: answers disputes"),
      Map.entry(Role.MERCHANT_VIEWER, "Merchant: only looks"), Map.entry(Role.MEDIATOR, "Mediator"),
      Map.entry(Role.MEDIATOR_LEAD, "Head of mediation"), Map.entry(Role.VERIFIER, "Verifier"),
      Map.entry(Role.FINANCE, "Finance"), Map.entry(Role.SUPPORT, "Customer service"),
      Map.entry(Role.AUDITOR, "Auditor"), Map.entry(Role.ADMIN, "Administrator"));

  @TempDir static Path folder;
  private static UpProcess process;

  @BeforeAll static void open() {
    process = UpProcess.of("demo", folder.resolve("demo.log"), "--keep", "--into", folder.toString()).ready();
  }

  @AfterAll static void close() {
    if (process != null) process.close();
  }

  @Test void it_is_what_it_says_and_ends_when_it_is_told_to() {
    var said = process.words();
    assertThat(said).contains("120 disputes").contains("invariants").contains("all hold");
    everyStatusIsThere();
    var roles = new HashSet<Role>();
    var links = LINK.matcher(said);
    while (links.find()) {
      var role = Role.valueOf(links.group(1));
      roles.add(role);
      comeIn(links.group(3), role, links.group(2));
    }
    var expected = new HashSet<>(List.of(Role.values()));
    expected.removeAll(NOBODY);
    assertThat(roles).isEqualTo(expected);
    anotherLinkOpensToo();
    assertThat(process.stop()).isEqualTo(128 + 15);
    assertThat(process.lastLine())
        .matches("demo: disputes=120 statuses=15 merchants=3 links=14 violations=0 seconds=\\d+");
    assertThat(Typed.of("sign-in-link", "--role", "BUYER", "--into", folder.toString()).words())
        .contains("no living centre runs here");
  }

  /** As the API tells it, not as the command does. */
  private static void everyStatusIsThere() {
    var doorman = Doorman.of(folder);
    try (var lines = new Lines(doorman.server())) {
      var admin = new Visitor(lines, doorman::admin);
      var key = admin.post("/v1/keys", Map.of("role", Role.AUDITOR, "subject", "auditor-test"), null).done()
          .text("/secret");
      var auditor = new Visitor(lines, () -> key);
      var merchants = new HashSet<String>();
      int all = 0;
      for (var status : Status.values()) {
        var found = auditor.get("/v1/disputes?limit=100&status=" + status).done().body().path("items");
        if (status != Status.NOT_FILED) assertThat(found.size()).as(status.name()).isPositive();
        all += found.size();
        found.forEach(it -> merchants.add(it.path("merchant").asString()));
      }
      assertThat(all).isEqualTo(120);
      assertThat(merchants).hasSize(3);
    }
  }

  private static void anotherLinkOpensToo() {
    for (var role : List.of(Role.MEDIATOR, Role.MERCHANT_AGENT)) {
      var typed = Typed.of("sign-in-link", "--role", role.name(), "--leads", "/disputes", "--into", folder.toString());
      assertThat(typed.exit()).as(typed.words()).isZero();
      comeIn(typed.lastLine(), role, role == Role.MEDIATOR ? "mediator-chen" : "harbour-cards.agent");
    }
    assertThat(Typed.of("sign-in-link", "--role", "SYSTEM", "--into", folder.toString()).words())
        .contains("nobody comes in with a browser as SYSTEM");
  }

  /** Opens the link, presses its button, and asks the settings who this is. */
  private static void comeIn(String link, Role role, String who) {
    try (var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      assertThat(send(browser, link, "GET", "").statusCode()).isEqualTo(200);
      var first = send(browser, link, "POST", "guard=");
      assertThat(first.statusCode()).as(role + " " + first.uri()).isEqualTo(303);
      var settings = send(browser, first.uri().resolve("/settings").toString(), "GET", "").body();
      assertThat(settings).contains("<strong>" + who + "</strong>");
      if (settings.contains("<html lang=\"en\"")) assertThat(settings).contains(SAID.get(role));
    }
  }

  private static HttpResponse<String> send(HttpClient browser, String address, String method, String form) {
    var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Accept-Language", "en")
        .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form)).build();
    try {
      return browser.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(address, e);
    }
  }
}
