package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.door.Sessions;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** What browsers get that ask for what is no page, and those that listen for what is new. */
class AstrayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Person LI = new Person(Role.BUYER, "buyer-1", "buyer-1", Long.MAX_VALUE, Set.of(), false);
  private Server server;
  private HttpClient li;

  @BeforeEach void open() {
    server = new Server();
    li = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    var link = server.centre.the(Sessions.class).link(LI, "/disputes", Duration.ofHours(1));
    assertThat(send("POST", "/in/" + link.secret(), "guard=").statusCode()).isEqualTo(303);
  }

  @AfterEach void close() {
    li.shutdownNow();
    server.close();
  }

  private HttpRequest.Builder ask(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path)).timeout(PATIENCE)
        .header("Accept", "text/html,*/*;q=0.8");
  }

  private HttpResponse<String> send(String method, String path, String form) {
    try {
      return li.send(ask(path).header("Content-Type", "application/x-www-form-urlencoded")
          .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form)).build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  @Test void where_a_form_is_sent_leads_to_the_page_it_is_on() {
    Map.of("/disputes/dsp_1/offers", "/disputes/dsp_1", "/disputes/dsp_1/offers/3/acceptance", "/disputes/dsp_1",
        "/notices/ntc_1/reading", "/notices", "/settings/sessions/ses_1/end", "/settings", "/out", "/", "/language",
        "/").forEach((form, page) -> {
          var answer = send("GET", form, "");
          assertThat(answer.statusCode()).as(form).isEqualTo(303);
          assertThat(answer.headers().firstValue("Location")).as(form).contains(page);
        });
  }

  @Test void whatever_goes_wrong_for_a_person_is_a_page_and_for_a_program_a_problem() {
    for (var path : List.of("/nowhere", "/disputes/dsp_1/no/such/thing/here/at/all", "/disputes/dsp_none")) {
      var answer = send("GET", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).as(path).startsWith("text/html");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
    }
    assertThat(send("DELETE", "/disputes", "").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/html");
    assertThat(send("POST", "/language", "guard=").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/html");
    for (var path : List.of("/v1/nowhere", "/v1/disputes/dsp_1/offers/1/acceptance")) {
      assertThat(server.get(server.key(Role.AUDITOR, "a-1"), path).header("Content-Type")).as(path)
          .startsWith("application/problem+json");
    }
  }

  private HttpResponse<InputStream> listen() {
    try {
      return li.send(ask("/live").build(), BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test void a_session_is_told_on_few_pages_at_once_and_not_beyond_its_end() throws IOException {
    var streams = server.centre.the(Streams.class);
    var pages = new ArrayList<HttpResponse<InputStream>>();
    for (int n = 0; n < Streams.MOST_OF_SESSION + 1; n++) pages.add(listen());
    until("the oldest has given way", () -> streams.size() == Streams.MOST_OF_SESSION);
    assertThat(new String(pages.getFirst().body().readAllBytes(), UTF_8)).endsWith("event: over\ndata:\n\n");
    var sessions = server.centre.the(Sessions.class);
    sessions.end(LI, sessions.of(LI).getFirst().id());
    until("nobody is told any more", () -> streams.size() == 0);
    assertThat(listen().statusCode()).isEqualTo(401);
  }

  @Test void a_session_that_nobody_uses_ends_although_its_pages_are_open() {
    var streams = server.centre.the(Streams.class);
    listen();
    until("it is told", () -> streams.size() == 1);
    server.wait(Duration.ofDays(8));
    until("nobody is told any more", () -> streams.size() == 0);
  }

  @Test void open_pages_do_not_hold_the_doors_when_they_close() throws IOException {
    var page = listen();
    long began = System.nanoTime();
    server.centre.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
    assertThat(new String(page.body().readAllBytes(), UTF_8)).doesNotContain("event: over");
  }
}
