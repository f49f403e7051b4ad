package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.dispute.Status;
import redress.door.Sessions;
import redress.store.SignIns.Person;

/**
 * In every status and for everybody, the pages of a dispute have a form for all that the rules allow, and for nothing
 * else: what a program may say next, a person may say with a button.
 */
class ButtonsTest {
  private static final List<Guest> PEOPLE =
      List.of(Guest.LI, Guest.SHOP, Guest.VIEWER, Guest.MIA, Guest.LEA, Guest.VERA, Guest.FAY, Guest.SUE, Guest.OLA);
  private static final Pattern FORM = Pattern.compile("<form [^>]*action=\"(/disputes/dsp_[^\"]+)\"");
  /** What a page offers besides: to have something looked at again at once, and to show a result to everybody. */
  private static final Pattern BESIDES =
      Pattern.compile(".*/(audits|confirmations/(identity|transaction)|refunds/\\d+/enquiry|result/consent)");
  private static Server server;
  private static Cases cases;
  private static final Map<Guest, HttpClient> SEATS = new EnumMap<>(Guest.class);
  private static final List<String> NAMES = new ArrayList<>();

  @BeforeAll static void open() {
    server = new Server();
    cases = new Cases(server);
    negotiated();
    mediated();
    settled();
  }

  @AfterAll static void close() {
    SEATS.values().forEach(HttpClient::shutdownNow);
    SEATS.clear();
    NAMES.clear();
    server.close();
  }

  private static String named(String name) {
    NAMES.add(name);
    return name;
  }

  private static void negotiated() {
    cases.filed(named("fresh"));
    cases.offered(named("offered"));
    cases.countered(named("countered"));
    cases.filed(named("withdrawn"));
    cases.say(Guest.LI, "withdrawn", "withdrawal", "");
    cases.filed(named("help"));
    cases.say(Guest.LI, "help", "support-questions", "{\"text\":\"How long does it take?\"}");
    cases.say(Guest.LI, "help", "feedback", "{\"kind\":\"RATING\",\"rating\":4}");
  }

  private static void mediated() {
    cases.queued(named("queued"), 129_900);
    cases.mediating(named("mediating"), 129_900);
    cases.requested(named("requested"));
    cases.proposed(named("proposed"));
    cases.decided(named("approval"), 900_000);
    cases.decided(named("decided"), 129_900);
    cases.decided(named("appealed"), 129_900);
    cases.say(Guest.SHOP, "appealed", "appeal", "{\"ground\":\"NEW_EVIDENCE\",\"text\":\"A new picture.\"}");
    cases.say(Guest.LI, "appealed", "appeal-waiver", "");
    cases.decided(named("appealing"), 129_900);
    cases.say(Guest.SHOP, "appealing", "appeal", "{\"ground\":\"PROCEDURE\",\"text\":\"Too much.\"}");
  }

  private static void settled() {
    cases.agreed(named("agreed"));
    cases.returning(named("returning"));
    cases.auditing(named("auditing"));
    cases.asked(named("asked"));
    cases.asked(named("answered"));
    cases.say(Guest.LI, "answered", "follow-up", "{\"answer\":\"SATISFIED\"}");
    cases.advance("answered", "PT24H");
    cases.closed(named("closed"));
    cases.broken(named("broken"), 129_900);
    cases.broken(named("payout"), 900_000);
    cases.advance("payout", "PT25H");
  }

  private static HttpClient seat(Guest guest) {
    return SEATS.computeIfAbsent(guest, it -> {
      var client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      var person = new Person(it.role, it.subject, it.subject, Long.MAX_VALUE, Set.of(), false);
      var link = server.centre.the(Sessions.class).link(person, "/notices", Duration.ofHours(1));
      assertThat(send(client, "POST", "/in/" + link.secret()).statusCode()).isEqualTo(303);
      return client;
    });
  }

  private static HttpResponse<String> send(HttpClient client, String method, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
        .header("Accept", "text/html").method(method, BodyPublishers.noBody()).build();
    try {
      return client.send(request, BodyHandlers.ofString(UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  /** Where the rules let {@code guest} go from here. */
  private static Set<String> allowed(Guest guest, String name) {
    var ways = new TreeSet<String>();
    var at = server.get(cases.key(guest), "/v1" + cases.at(name));
    assertThat(at.status()).isIn(200, 404);
    for (var it : at.json().path("availableActions")) ways.add(it.path("href").asString().replaceFirst("^/v1", ""));
    return ways;
  }

  /** Where the forms of the pages about this dispute go to. */
  private static Set<String> offered(Guest guest, String name) {
    var ways = new TreeSet<String>();
    for (var page : List.of("", "/help", "/follow-up", "/result")) {
      var forms = FORM.matcher(send(seat(guest), "GET", cases.at(name) + page).body());
      while (forms.find()) ways.add(forms.group(1));
    }
    ways.removeIf(it -> BESIDES.matcher(it).matches());
    return ways;
  }

  @Test void who_only_looks_is_offered_nothing() {
    for (var guest : List.of(Guest.VIEWER, Guest.OLA)) {
      for (var name : NAMES) {
        for (var page : List.of("", "/result")) {
          assertThat(FORM.matcher(send(seat(guest), "GET", cases.at(name) + page).body()).results().count())
              .as(name + page + " " + guest).isZero();
        }
      }
    }
  }

  private static String differs(Set<String> allowed, Set<String> offered) {
    var without = new TreeSet<>(allowed);
    without.removeAll(offered);
    var against = new TreeSet<>(offered);
    against.removeAll(allowed);
    return "without a form " + without + ", against the rules " + against;
  }

  @Test void whatever_is_allowed_has_a_form_and_nothing_else_has() {
    var wrong = new ArrayList<String>();
    var statuses = EnumSet.noneOf(Status.class);
    for (var name : NAMES) {
      statuses.add(Status.valueOf(cases.status(name)));
      for (var guest : PEOPLE) {
        var allowed = allowed(guest, name);
        var offered = offered(guest, name);
        if (!allowed.equals(offered)) wrong.add(name + " " + guest + ": " + differs(allowed, offered));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(statuses).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Status.NOT_FILED)));
  }
}
