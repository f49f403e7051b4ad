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
import redress.policy.Role;
import redress.store.Wishes;

/** How somebody says how to be told, in a form and by the API. */
class WishPagesTest {
  private static Server server;
  private static HttpClient http;
  private static String buyer;

  @BeforeAll static void open() {
    server = new Server();
    http = HttpClient.newHttpClient();
    buyer = server.key(Role.BUYER, "buyer-1");
  }

  @AfterAll static void close() {
    if (http != null) http.close();
    if (server != null) server.close();
  }

  @Test void wishes_are_said_by_the_api_and_shown_in_the_form() {
    assertThat(server.get(buyer, "/v1/notice-wishes").json().path("channels").size()).isEqualTo(3);
    var put = server.put(buyer, "/v1/notice-wishes",
        "{\"channels\":[\"SMS\"],\"quietFrom\":22,\"quietTo\":7,\"language\":\"ZH\",\"news\":false,\"digest\":false}");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    var said = server.get(buyer, "/v1/notice-wishes").json();
    assertThat(said.path("channels").path(0).asString()).isEqualTo("SMS");
    assertThat(said.path("quietFrom").asInt()).isEqualTo(22);
    assertThat(said.path("language").asString()).isEqualTo("ZH");
    assertThat(server.put(buyer, "/v1/notice-wishes", "{\"quietFrom\":22}").code()).isEqualTo("FIELD_VALUE");
    assertThat(server.get(server.key(Role.MEDIATOR, "m-1"), "/v1/notice-wishes").code()).isEqualTo("ROLE_MISSING");

    var cookie = comeIn();
    var page = send("GET", "/settings/notices", "", "Cookie", cookie).body();
    assertThat(page).contains("<option value=\"22\" selected>", "value=\"SMS\" checked").doesNotContain(
        "value=\"EMAIL\" checked");
    var saved = send("POST", "/settings/notices", "guard=" + guard(page) + "&channels=EMAIL&channels=PUSH&news=true",
        "Cookie", cookie);
    assertThat(saved.statusCode()).isEqualTo(303);
    said = server.get(buyer, "/v1/notice-wishes").json();
    assertThat(said.path("channels").toString()).isEqualTo("[\"EMAIL\",\"PUSH\"]");
    assertThat(said.path("quietFrom").isNull()).isTrue();
    assertThat(said.path("news").asBoolean()).isTrue();
  }

  @Test void nothing_is_kept_from_another_site_and_no_browser_that_could_not_be_reached() {
    var cookie = comeIn();
    var page = send("GET", "/settings/notices", "", "Cookie", cookie).body();
    assertThat(send("POST", "/settings/notices", "guard=x", "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(send("POST", "/settings/push", "guard=" + guard(page) + "&endpoint=https%3A%2F%2F127.0.0.1%2F&p256dh=A",
        "Cookie", cookie).statusCode()).isEqualTo(422);
    assertThat(send("GET", "/push.js", "").body()).contains("showNotification");
  }

  @Test void what_nobody_must_get_ends_with_one_press_and_looking_ends_nothing() {
    var wishes = server.centre.the(Wishes.class);
    var token = wishes.token("buyer-2");
    assertThat(send("GET", "/unsubscribe/" + token, "").statusCode()).isEqualTo(200);
    assertThat(wishes.of("buyer-2").news()).isTrue();
    assertThat(send("POST", "/unsubscribe/" + token, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
    assertThat(wishes.of("buyer-2").news()).isFalse();
  }

  @Test void a_token_that_is_nobodys_gets_a_page_of_its_own() {
    assertThat(send("GET", "/unsubscribe/nothing", "").statusCode()).isEqualTo(410);
    assertThat(send("POST", "/unsubscribe/nothing", "List-Unsubscribe=One-Click").statusCode()).isEqualTo(410);
  }

  private static String comeIn() {
    var made = server.post(server.key(Role.PLATFORM, "platform-1"), "/v1/sign-in-links",
        "{\"role\":\"BUYER\",\"subject\":\"buyer-1\",\"leads\":\"/settings/notices\"}");
    var in = send("POST", made.json().path("path").asString(), "guard=");
    return in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String guard(String page) {
    var found = Pattern.compile("name=\"guard\" value=\"([0-9a-f]{64})\"").matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
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
}
