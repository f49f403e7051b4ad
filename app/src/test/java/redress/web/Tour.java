package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Cases.ok;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import redress.api.Courier;
import redress.api.Server;

/** A centre with something in every state, and people who look at all of it; nothing they do there changes it. */
final class Tour implements AutoCloseable {
  static final Path PICTURES = Path.of("target", "pages", "tour");
  static final List<String> LANGUAGES = List.of("en", "zh");
  private static final long LARGE = 650_000;

  private final Guests guests = new Guests();
  private final Server server = guests.server;
  private final Cases cases = guests.cases;
  private final Map<String, String> places = new HashMap<>();

  Tour() {
    negotiations();
    settlements();
    problems();
    mediations();
    desks();
    drafts();
    places.put("certificate", certificate());
    places.put("link", guests.link(Guest.LI, "/disputes"));
  }

  private void negotiations() {
    cases.filed("fresh");
    evidence("fresh");
    cases.say(Guest.LI, "fresh", "messages", "{\"text\":\"Please look at the photo.\\nThe scratch is at the top.\"}");
    cases.offered("offered");
    cases.countered("countered");
    cases.filed("withdrawn");
    cases.say(Guest.LI, "withdrawn", "withdrawal", "");
  }

  private void evidence(String name) {
    try (var courier = new Courier(server.centre.port(), cases.key(Guest.LI))) {
      var photo = Drawn.photo("screen.png");
      var sent = courier.form("/v1" + cases.at(name) + "/uploads",
          new Courier.Sent("screen.png", "image/png", photo), Courier.Sent.text("chat.txt", "We promise it is new."));
      var types = List.of("PHOTO_OF_ITEM", "CHAT_LOG");
      for (int i = 0; i < types.size(); i++) {
        cases.say(Guest.LI, name, "evidence", "{\"evidenceType\":\"%s\",\"upload\":\"%s\",\"text\":\"As it came.\"}"
            .formatted(types.get(i), sent.json().at("/items/" + i + "/id").asString()));
      }
    }
  }

  private void settlements() {
    cases.agreed("agreed");
    cases.auditing("auditing");
    cases.asked("asked");
    cases.asked("answered");
    cases.say(Guest.LI, "answered", "follow-up", "{\"answer\":\"SATISFIED\"}");
    cases.closed("closed");
    cases.closed("shown");
    for (var guest : List.of(Guest.LI, Guest.SHOP)) {
      cases.say(guest, "shown", "certificate/consent", "{\"what\":\"RESULT\"}");
    }
    cases.returning("returning");
    cases.returning("shipped");
    cases.say(Guest.LI, "shipped", "obligations/" + cases.promise("shipped", "RETURN_ITEM") + "/shipment",
        "{\"tracking\":\"SF 1234 5678\"}");
  }

  private void problems() {
    cases.broken("broken", 129_900);
    cases.broken("payout", 900_000);
    cases.advance("payout", "PT25H");
    cases.say(Guest.LI, "broken", "support-questions", "{\"text\":\"When does the money come?\"}");
  }

  private void mediations() {
    cases.queued("queued", LARGE);
    cases.mediating("mediating", LARGE);
    cases.say(Guest.MIA, "mediating", "notes", "{\"text\":\"The shop has three like this.\"}");
    cases.say(Guest.MIA, "mediating", "tags", "{\"tag\":\"repeat-shop\"}");
    cases.requested("requested");
    cases.proposed("proposed");
    cases.decided("approval", 900_000);
    cases.decided("decided", 129_900);
    cases.decided("appealed", 129_900);
    cases.say(Guest.SHOP, "appealed", "appeal", "{\"ground\":\"NEW_EVIDENCE\",\"text\":\"A new picture.\"}");
    cases.say(Guest.LI, "appealed", "appeal-waiver", "");
  }

  private void desks() {
    var finn = server.key(Guest.FAY.role, "finn");
    for (int i = 0; i < 2; i++) {
      ok(server.post(finn, "/v1/deposits/shop-1/" + (i == 0 ? "top-ups" : "withdrawals"),
          "{\"amount\":600000,\"currency\":\"CNY\",\"reference\":\"bank-%d\"}".formatted(i),
          "Idempotency-Key", "desk-" + i));
    }
    cases.stated();
    statement("wechatpay-overlap-1.csv");
    ok(server.post(cases.key(Guest.FAY), "/v1/matches", "{}"));
  }

  private void statement(String name) {
    var page = guests.page(Guest.FAY, "en");
    page.navigate(url("/books/statements"));
    page.locator("#book").fill("WX-1");
    page.locator("#file").setInputFiles(new FilePayload(name, "text/csv", made(name)));
    page.locator("main form[enctype] button").click();
    page.waitForURL("**/books/statements/*");
    places.put("statement", page.url().substring(url("").length()));
  }

  static byte[] made(String name) {
    try (var in = Tour.class.getResourceAsStream("/statements/made/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A filing that waits at each of its steps, a template, and a kept list. */
  private void drafts() {
    for (var name : List.of("begun", "half", "ready")) cases.paid("draft-" + name, 129_900);
    var page = guests.page(Guest.LI, "en");
    for (var name : List.of("begun", "half", "ready")) {
      page.navigate(url("/file?payment=draft-" + name));
      page.locator("button[value='draft-" + name + "']").click();
      page.waitForURL("**/problem");
      places.put("draft-" + name, page.url().substring(url("").length()).replace("/problem", ""));
      if (name.equals("begun")) continue;
      page.locator("input[value=NOT_AS_DESCRIBED]").check();
      page.locator("#description").fill("The screen is scratched.");
      page.locator("main form button.main").first().click();
      page.waitForURL("**/remedy");
      if (name.equals("half")) continue;
      page.locator("input[value=FULL_REFUND]").check();
      page.locator("main form button.main").first().click();
      page.waitForURL("**/evidence");
    }
    var shop = guests.page(Guest.SHOP, "en");
    shop.navigate(url("/answers"));
    shop.locator("#title-new").fill("Sorry");
    shop.locator("#body-new").fill("We are sorry about {items} for {amount}.");
    shop.locator("main form[action='/answers'] button").click();
    shop.locator("h2:has-text('Sorry')").waitFor();
    shop.navigate(url("/disputes?viewState=ACTION_REQUIRED"));
  }

  private String certificate() {
    var there = ok(server.get(cases.key(Guest.LI), "/v1" + cases.at("shown") + "/certificate")).json();
    var address = there.path("address").asString();
    return address.substring(address.indexOf("/certificates/"));
  }

  private String url(String path) {
    return guests.url(path);
  }

  /** The address of a stop, with its scheme and host. */
  String url(Stop stop) {
    var address = cases.filled(stop.address());
    for (var it : places.entrySet()) address = address.replace("{" + it.getKey() + "}", it.getValue());
    assertThat(address).doesNotContain("{");
    return url(address);
  }

  /** Brings the reader of a stop there and has it do what it does there. */
  Page visit(Stop stop, String language) {
    var page = guests.page(stop.guest(), language);
    page.navigate(url(stop));
    stop.act().accept(page);
    return page;
  }

  /** What is looked at on a page; what it throws is wrong with that page. */
  interface Look {
    void at(Stop stop, Page page) throws Exception;
  }

  /** A page somebody stays at for as long as it is looked at: one that is open keeps asking what is new. */
  private record Visited(Page page) implements AutoCloseable {
    @Override public void close() {
      page.navigate("about:blank");
    }
  }

  private Visited visiting(Stop stop, String language) {
    return new Visited(visit(stop, language));
  }

  /** Goes to every stop in a language and looks; what was wrong with which, all of it. */
  List<String> round(String language, Look look) {
    var wrong = new ArrayList<String>();
    for (var stop : Stops.all()) {
      try (var visited = visiting(stop, language)) {
        look.at(stop, visited.page());
      } catch (Exception | AssertionError e) {
        wrong.add(stop + " (" + language + "): " + e.getMessage());
      }
    }
    return wrong;
  }

  @Override public void close() {
    guests.close();
  }
}
