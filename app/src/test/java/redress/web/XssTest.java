package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URLEncoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;

/** No text of a user ever runs: five hundred that would, in every field, on every page that shows it. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class XssTest {
  private static final int ADDRESS = 1_200;
  private static final Map<Guest, Trap> TRAPS = new EnumMap<>(Guest.class);
  private static Guests guests;
  private static Planted planted;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
    planted = new Planted(guests.cases);
  }

  @AfterAll static void close() {
    TRAPS.clear();
    if (guests != null) guests.close();
  }

  private static Page page(Guest guest) {
    var page = guests.page(guest, "en");
    TRAPS.computeIfAbsent(guest, it -> new Trap(page.context(), guests.url("")));
    return page;
  }

  private static Trap trap(Guest guest) {
    page(guest);
    return Objects.requireNonNull(TRAPS.get(guest));
  }

  private static void look(Guest guest, String... addresses) {
    for (var address : addresses) {
      page(guest).navigate(guests.url(address));
      trap(guest).isEmpty(page(guest));
    }
  }

  /** Whether the page shows a text as it was written, so that it is shown at all. */
  private static void shows(Guest guest, String text) {
    var first = text.lines().findFirst().orElseThrow();
    assertThat(page(guest).locator("main").textContent()).contains(first);
  }

  @Test void there_are_five_hundred_and_no_two_are_the_same() {
    assertThat(Payloads.all()).hasSize(Payloads.MANY).doesNotHaveDuplicates();
    assertThat(String.join("\n", Payloads.packed(1_950)).lines()).containsAll(
        Payloads.all().stream().flatMap(String::lines).toList());
  }

  @Test void the_trap_catches_what_is_let_loose() {
    var page = page(Guest.NOBODY);
    page.navigate(guests.url("/"));
    assertThat(trap(Guest.NOBODY).caught(page)).isEmpty();
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')");
    page.waitForCondition(() -> !((List<?>) page.evaluate("window.caught")).isEmpty());
    assertThat(trap(Guest.NOBODY).caught(page)).anyMatch(it -> it.contains("onerror"))
        .anyMatch(it -> it.contains("policy"));
    page.navigate(guests.url("/"));
    page.evaluate("alert(1)");
    assertThat(trap(Guest.NOBODY).caught(page)).containsExactly("alert");
  }

  @Test void every_field_has_its_part_and_messages_have_all_of_them() {
    planted.named(0);
    everywhere(0, Payloads.packed(1_950));
  }

  @Test @Tag("long") void every_field_has_all_of_them() {
    for (int part = 1; part < Planted.parts(); part++) {
      planted.named(part);
      everywhere(part, List.of(Planted.text(part)));
    }
  }

  private static void everywhere(int part, List<String> messages) {
    var talked = planted.talked(part, messages);
    var kept = planted.kept(part);
    var broken = planted.broken(part);
    for (var guest : List.of(Guest.LI, Guest.SHOP, Guest.MIA, Guest.LEA, Guest.SUE)) {
      look(guest, talked);
      shows(guest, Planted.text(part));
      for (var message : messages) shows(guest, message);
    }
    look(Guest.LI, talked + "/help", talked + "/result", kept, kept + "/follow-up", kept + "/help", broken, "/notices",
        "/disputes", "/file");
    look(Guest.SHOP, kept, broken, "/notices", "/disputes", "/purse", "/scorecard",
        "/disputes/bulk?act=MESSAGE&pick=" + kept.substring("/disputes/".length()));
    look(Guest.VERA, kept, broken, "/board", "/disputes");
    look(Guest.LEA, "/queue", "/queue?pile=APPEALS", "/board");
    look(Guest.OLA, talked, "/queue", "/books");
    reveal(broken);
  }

  /** Contacts are shown once, on the page that answers. */
  private static void reveal(String at) {
    var page = page(Guest.VERA);
    page.navigate(guests.url(at));
    Stops.open(page, "form[action$='/reveals']");
    page.locator("#reveal").fill(Planted.text(0));
    page.locator("form[action$='/reveals'] button").click();
    page.locator(".preview[role=status]").waitFor();
    trap(Guest.VERA).isEmpty(page);
    assertThat(page.locator(".preview[role=status]").textContent()).contains("<svg onload=alert(1)>");
  }

  @Test void names_and_templates_of_a_shop_run_nothing() {
    var page = page(Guest.SHOP);
    for (var text : List.of(Planted.text(1), Planted.text(2), Planted.text(3))) {
      page.navigate(guests.url("/answers"));
      send(page, "form[action='/answers']", Map.of("title", text.substring(0, 60), "body", text));
      page.navigate(guests.url("/disputes?q=shop"));
      send(page, "form[action='/views']", Map.of("name", text.substring(0, 60)));
      page.navigate(guests.url("/people"));
      send(page, "form[action='/people']", Map.of("person", text, "limit", text));
      trap(Guest.SHOP).isEmpty(page);
    }
    look(Guest.SHOP, "/answers", "/disputes", "/disputes?q=shop", "/people");
    page.navigate(guests.url("/answers"));
    shows(Guest.SHOP, Planted.text(1));
  }

  /** Fills fields past what a browser would let through, and sends the form. */
  private static void send(Page page, String form, Map<String, String> fields) {
    page.evaluate("document.querySelector('main').dataset.old = 'yes'");
    page.evaluate("""
        ([form, fields]) => {
          const it = document.querySelector(form);
          for (const [name, value] of Object.entries(fields)) {
            const field = it.elements[name];
            field.removeAttribute('maxlength');
            if (field.type === 'date' || field.inputMode === 'decimal') field.type = 'text';
            field.value = value;
          }
          for (const radio of it.querySelectorAll('[type=radio]')) radio.checked = true;
          it.noValidate = true;
          it.requestSubmit();
        }""", List.of(form, fields));
    page.waitForCondition(() -> page.locator("main[data-old]").count() == 0);
  }

  @Test void what_is_refused_is_shown_again_and_runs_nothing() {
    guests.cases.filed("typed");
    guests.cases.mediating("ruled", 129_900);
    var at = guests.cases.at("typed");
    var typed = Planted.text(4);
    var terms = Map.of("terms.amount", typed, "terms.compensation", typed, "text", typed);
    for (var guest : List.of(Guest.LI, Guest.SHOP)) {
      look(guest, at);
      send(page(guest), "form[action$='/offers']", terms);
      trap(guest).isEmpty(page(guest));
      assertThat(page(guest).locator("[name='terms.amount']").inputValue()).startsWith(typed.substring(0, 20));
    }
    look(Guest.MIA, guests.cases.at("ruled"));
    for (var form : Map.of("tags", Map.of("tag", typed), "decision", Map.of("terms.amount", typed, "reasons", typed),
        "proposals", Map.of("terms.amount", typed, "text", typed)).entrySet()) {
      send(page(Guest.MIA), "form[action$='/" + form.getKey() + "']", form.getValue());
      trap(Guest.MIA).isEmpty(page(Guest.MIA));
    }
  }

  @Test void what_stands_in_an_address_runs_nothing() {
    guests.cases.filed("addressed");
    var at = guests.cases.at("addressed");
    for (var text : Payloads.packed(ADDRESS).subList(0, 6)) {
      var it = URLEncoder.encode(text, UTF_8).replace("+", "%20");
      look(Guest.LI, "/file?payment=" + it, at + "?done=" + it, "/help?done=" + it);
      look(Guest.SHOP, "/disputes?q=" + it, "/disputes?amountFrom=" + it, "/disputes?dueBefore=" + it,
          "/disputes?status=" + it, at + "?template=" + it, "/purse?currency=" + it, "/scorecard?days=" + it,
          "/disputes/bulk?act=MESSAGE&pick=" + it);
      look(Guest.LEA, "/queue?pile=" + it, "/queue?skip=" + it);
    }
  }

  @Test void what_finance_writes_and_brings_in_runs_nothing() {
    guests.cases.stated();
    var page = page(Guest.FAY);
    page.navigate(guests.url("/books/statements"));
    page.locator("#book").fill("WX-1");
    page.locator("#file").setInputFiles(new FilePayload("<img src=x onerror=alert(1)>.csv", "text/csv",
        Tour.made("wechatpay-overlap-1.csv")));
    page.locator("main form[enctype] button").click();
    page.waitForURL("**/books/statements/*");
    trap(Guest.FAY).isEmpty(page);
    page.navigate(guests.url("/books/strays"));
    page.locator("#form-match button").click();
    page.locator("article.card textarea").first().waitFor();
    for (int part = 5; part < 8; part++) {
      page.locator("article.card textarea").first().fill(Planted.text(part));
      page.locator("article.card form button").first().click();
      page.locator("article.card .text").first().waitFor();
      trap(Guest.FAY).isEmpty(page);
    }
    look(Guest.FAY, "/books/statements", "/books/strays?all=true");
  }
}
