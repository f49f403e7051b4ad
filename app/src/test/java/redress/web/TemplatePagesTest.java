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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Editing;
import redress.notify.Language;
import redress.policy.Role;

/** An administrator changes the words of notices and looks at what went out. */
class TemplatePagesTest {
  private static Server server;
  private static HttpClient http;
  private static String admin;

  @BeforeAll static void open() {
    server = new Server();
    http = HttpClient.newHttpClient();
    admin = comeIn("ADMIN", "admin-2");
  }

  @AfterAll static void close() {
    if (http != null) http.close();
    if (server != null) server.close();
  }

  @Test void words_are_seen_beforehand_saved_as_a_version_and_used_from_then_on() {
    var editing = server.centre.the(Editing.class);
    var before = editing.source(Notice.MESSAGE, Language.EN);
    var page = send("GET", "/templates/MESSAGE/EN", "", admin).body();
    assertThat(page).contains("Save as version 1", "Reading grade", "GSM-7", "New message in dispute dsp_");
    var words = before.replace("There is a new message", "Somebody wrote to you: there is a new message");
    var looked = write(page, words, "look");
    assertThat(looked.statusCode()).isEqualTo(200);
    assertThat(looked.body()).contains("<p class=\"text\">Somebody wrote to you");
    assertThat(editing.source(Notice.MESSAGE, Language.EN)).as("a preview keeps nothing").isEqualTo(before);
    assertThat(write(page, words, "save").statusCode()).isEqualTo(303);
    assertThat(editing.source(Notice.MESSAGE, Language.EN)).isEqualTo(words.strip() + "\n");
    assertThat(editing.versions(Notice.MESSAGE, Language.EN)).hasSize(1)
        .allMatch(it -> it.person().equals("admin-2"));
    assertThat(write(page, before, "save").statusCode()).as("somebody was quicker").isEqualTo(409);
  }

  @Test void words_that_cannot_be_used_or_lose_a_date_are_refused_and_nothing_typed_is_lost() {
    var page = send("GET", "/templates/SETTLED/ZH?as=MERCHANT", "", admin).body();
    assertThat(page).contains("UCS-2", "纠纷");
    var source = server.centre.the(Editing.class).source(Notice.MESSAGE, Language.EN);
    var unknown = write(page, source + "\n\n{unheard.of} <script>", "save");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("no value is called unheard.of", "&lt;script&gt;");
    var lost = send("POST", "/templates/SETTLED/EN", "guard=" + guard(page) + "&act=save&version=1&source="
        + encode("Subject: It is settled: {dispute}\n\nAll is well."), admin);
    assertThat(lost.body()).contains("{confirm.until}", "any more");
  }

  @Test void every_template_has_a_preview_for_everybody_from_samples() {
    var editing = server.centre.the(Editing.class);
    for (var notice : Notice.values()) {
      for (var language : Language.values()) {
        for (var audience : Audience.values()) {
          var words = editing.preview(notice, language, audience, editing.source(notice, language)).words();
          assertThat(words.text()).doesNotContain("{", "}");
          assertThat(words.brief()).startsWith(language == Language.EN ? "Redress: " : "【Redress】");
        }
      }
    }
  }

  @Test void only_administrators_change_words_and_the_outbox_says_that_nothing_leaves() {
    var mediator = comeIn("MEDIATOR", "m-2");
    assertThat(send("GET", "/templates", "", mediator).statusCode()).isEqualTo(403);
    assertThat(send("GET", "/outbox", "", mediator).statusCode()).isEqualTo(403);
    assertThat(send("GET", "/templates", "", admin).body()).contains("FOLLOW_UP");
    assertThat(send("GET", "/outbox", "", admin).body()).contains("nothing leaves this server");
    assertThat(send("GET", "/templates/NOTHING/EN", "", admin).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> write(String page, String words, String act) {
    return send("POST", "/templates/MESSAGE/EN",
        "guard=" + guard(page) + "&version=1&act=" + act + "&source=" + encode(words), admin);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String comeIn(String role, String subject) {
    var made = server.post(server.key(Role.ADMIN, "admin-1"), "/v1/sign-in-links",
        "{\"role\":\"%s\",\"subject\":\"%s\",\"leads\":\"/\"}".formatted(role, subject));
    var in = send("POST", made.json().path("path").asString(), "guard=", "");
    return in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String guard(String page) {
    var found = Pattern.compile("name=\"guard\" value=\"([0-9a-f]{64})\"").matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> send(String method, String path, String form, String cookie) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
        .timeout(Duration.ofSeconds(30)).header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept-Language", "en")
        .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    if (!cookie.isEmpty()) request.setHeader("Cookie", cookie);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }
}
