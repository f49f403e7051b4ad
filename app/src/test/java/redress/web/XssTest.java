package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
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
  private static Guests guests;
  private static Hunt hunt;
  private static Planted planted;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
    hunt = new Hunt(guests);
    planted = new Planted(guests.cases);
  }

  @AfterAll static void close() {
    if (guests != null) guests.close();
  }

  @Test void there_are_five_hundred_and_no_two_are_the_same() {
    assertThat(Payloads.all()).hasSize(Payloads.MANY).doesNotHaveDuplicates();
    assertThat(String.join("\n", Payloads.packed(1_950)).lines()).containsAll(
        Payloads.all().stream().flatMap(String::lines).toList());
  }

  @Test void the_trap_catches_what_is_let_loose() {
    var page = hunt.page(Guest.NOBODY);
    page.navigate(guests.url("/"));
    assertThat(hunt.trap(Guest.NOBODY).caught(page)).isEmpty();
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')");
    page.waitForCondition(() -> !((List<?>) page.evaluate("window.caught")).isEmpty());
    assertThat(hunt.trap(Guest.NOBODY).caught(page)).anyMatch(it -> it.contains("onerror"))
        .anyMatch(it -> it.contains("policy"));
    page.navigate(guests.url("/"));
    page.evaluate("alert(1)");
    assertThat(hunt.trap(Guest.NOBODY).caught(page)).containsExactly("alert");
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
      hunt.look(guest, talked);
      hunt.shows(guest, Planted.text(part));
      for (var message : messages) hunt.shows(guest, message);
    }
    hunt.look(Guest.LI, talked + "/help", talked + "/result", kept, kept + "/follow-up", kept + "/help", broken,
        "/notices",
        "/disputes", "/file");
    hunt.look(Guest.SHOP, kept, broken, "/notices", "/disputes", "/purse", "/scorecard",
        "/disputes/bulk?act=MESSAGE&pick=" + kept.substring("/disputes/".length()));
    hunt.look(Guest.VERA, kept, broken, "/board", "/disputes");
    hunt.look(Guest.LEA, "/queue", "/queue?pile=APPEALS", "/board");
    hunt.look(Guest.OLA, talked, "/queue", "/books");
    reveal(broken);
  }

  /** Contacts are shown once, on the page that answers. */
  private static void reveal(String at) {
    var page = hunt.page(Guest.VERA);
    page.navigate(guests.url(at));
    Stops.open(page, "form[action$='/reveals']");
    page.locator("#reveal").fill(Planted.text(0));
    page.locator("form[action$='/reveals'] button").click();
    page.locator(".preview[role=status]").waitFor();
    hunt.trap(Guest.VERA).isEmpty(page);
    assertThat(page.locator(".preview[role=status]").textContent()).contains("<svg onload=alert(1)>");
  }

  @Test void names_and_templates_of_a_shop_run_nothing() {
    var page = hunt.page(Guest.SHOP);
    for (var text : List.of(Planted.text(1), Planted.text(2), Planted.text(3))) {
      page.navigate(guests.url("/answers"));
      hunt.send(page, "form[action='/answers']", Map.of("title", text.substring(0, 60), "body", text));
      page.navigate(guests.url("/disputes?q=shop"));
      hunt.send(page, "form[action='/views']", Map.of("name", text.substring(0, 60)));
      page.navigate(guests.url("/people"));
      hunt.send(page, "form[action='/people']", Map.of("person", text, "limit", text));
      hunt.trap(Guest.SHOP).isEmpty(page);
    }
    hunt.look(Guest.SHOP, "/answers", "/disputes", "/disputes?q=shop", "/people");
    page.navigate(guests.url("/answers"));
    hunt.shows(Guest.SHOP, Planted.text(1));
  }

  @Test void what_is_refused_is_shown_again_and_runs_nothing() {
    guests.cases.filed("typed");
    guests.cases.mediating("ruled", 129_900);
    var at = guests.cases.at("typed");
    var typed = Planted.text(4);
    var terms = Map.of("terms.amount", typed, "terms.compensation", typed, "text", typed);
    for (var guest : List.of(Guest.LI, Guest.SHOP)) {
      hunt.look(guest, at);
      hunt.send(hunt.page(guest), "form[action$='/offers']", terms);
      hunt.trap(guest).isEmpty(hunt.page(guest));
      assertThat(hunt.page(guest).locator("[name='terms.amount']").inputValue()).startsWith(typed.substring(0, 20));
    }
    hunt.look(Guest.MIA, guests.cases.at("ruled"));
    for (var form : Map.of("tags", Map.of("tag", typed), "decision", Map.of("terms.amount", typed, "reasons", typed),
        "proposals", Map.of("terms.amount", typed, "text", typed)).entrySet()) {
      hunt.send(hunt.page(Guest.MIA), "form[action$='/" + form.getKey() + "']", form.getValue());
      hunt.trap(Guest.MIA).isEmpty(hunt.page(Guest.MIA));
    }
  }

  @Test void what_stands_in_an_address_runs_nothing() {
    guests.cases.filed("addressed");
    var at = guests.cases.at("addressed");
    for (var text : Payloads.packed(ADDRESS).subList(0, 6)) {
      var it = URLEncoder.encode(text, UTF_8).replace("+", "%20");
      hunt.look(Guest.LI, "/file?payment=" + it, at + "?done=" + it, "/help?done=" + it);
      hunt.look(Guest.SHOP, "/disputes?q=" + it, "/disputes?amountFrom=" + it, "/disputes?dueBefore=" + it,
          "/disputes?status=" + it, at + "?template=" + it, "/purse?currency=" + it, "/scorecard?days=" + it,
          "/disputes/bulk?act=MESSAGE&pick=" + it);
      hunt.look(Guest.LEA, "/queue?pile=" + it, "/queue?skip=" + it);
    }
  }

  @Test void what_finance_writes_and_brings_in_runs_nothing() {
    guests.cases.stated();
    var page = hunt.page(Guest.FAY);
    page.navigate(guests.url("/books/statements"));
    page.locator("#book").fill("WX-1");
    page.locator("#file").setInputFiles(new FilePayload("<img src=x onerror=alert(1)>.csv", "text/csv",
        Tour.made("wechatpay-overlap-1.csv")));
    page.locator("main form[enctype] button").click();
    page.waitForURL("**/books/statements/*");
    hunt.trap(Guest.FAY).isEmpty(page);
    page.navigate(guests.url("/books/strays"));
    page.locator("#form-match button").click();
    page.locator("article.card textarea").first().waitFor();
    for (int part = 5; part < 8; part++) {
      page.locator("article.card textarea").first().fill(Planted.text(part));
      page.locator("article.card form button").first().click();
      page.locator("article.card .text").first().waitFor();
      hunt.trap(Guest.FAY).isEmpty(page);
    }
    hunt.look(Guest.FAY, "/books/statements", "/books/strays?all=true");
  }
}
