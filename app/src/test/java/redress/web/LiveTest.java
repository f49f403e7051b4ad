package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;
import redress.policy.Role;

/** What one does appears at the other without loading anything again, and nobody's own work is touched by it. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class LiveTest {
  private static Visitors people;
  private static String platform;
  private static String buyer;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() throws Exception {
    people = new Visitors();
    platform = people.server.key(Role.PLATFORM, "platform-1");
    buyer = people.server.key(Role.BUYER, "buyer-1");
  }

  @AfterAll static void close() {
    if (people != null) people.close();
  }

  private static String filed(String payment) {
    var server = people.server;
    server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""");
    server.put(platform, "/v1/wallet/payments/" + payment, "{}");
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "items":["phone"],"description":"It was sold as new."}""".formatted(payment));
    assertThat(filed.status()).as(filed.text()).isEqualTo(201);
    return "/disputes/" + filed.json().path("id").asString();
  }

  private static Locator with(Page page, String place, String text) {
    return page.locator(place, new Page.LocatorOptions().setHasText(text));
  }

  @Test void messages_and_offers_appear_and_what_is_being_typed_stays() {
    var at = filed("p-live");
    var shop = people.desk(Role.MERCHANT_OWNER, "shop-1", "en", at);
    var li = people.phone(Role.BUYER, "buyer-1", "en", at);
    shop.evaluate("window.same = true");
    li.evaluate("window.same = true");
    li.getByLabel("Write a message").pressSequentially("I am just wri");
    li.evaluate("document.querySelector('#message').setSelectionRange(5, 9)");
    double scrolled = ((Number) li.evaluate("scrollY")).doubleValue();

    shop.getByLabel("Write a message").fill("We look at it.");
    Visitors.press(shop, "Send");
    with(li, ".said .text", "We look at it.").waitFor();
    shop.locator("#make-offer").click();
    shop.getByLabel("Amount of the refund").fill("1299");
    Visitors.press(shop, "Send the offer");
    li.locator(".offer .big").waitFor();
    assertThat(li.locator(".offer .big").innerText()).contains("1,299.00");

    assertThat(li.getByLabel("Write a message").inputValue()).isEqualTo("I am just wri");
    assertThat(li.evaluate("document.activeElement.id + ' ' + document.activeElement.selectionStart"))
        .isEqualTo("message 5");
    assertThat(((Number) li.evaluate("scrollY")).doubleValue()).isGreaterThanOrEqualTo(scrolled);
    assertThat(li.locator("#news[role=status]").textContent()).contains("New on this page:");
    assertThat(li.evaluate("window.same")).as("nothing was loaded again").isEqualTo(true);
    Visitors.picture(li, "live-buyer-phone");

    li.getByLabel("Write a message").pressSequentially("ting");
    Visitors.press(li, "Send");
    with(shop, ".said .text", "ting").waitFor();
    Visitors.press(li, "Accept");
    shop.locator(".settled").waitFor();
    assertThat(shop.locator("#turn + p").innerText()).isNotEmpty();
  }

  @Test void a_form_that_was_refused_is_left_alone_and_says_that_there_is_something_new() {
    var at = filed("p-live-refused");
    var shop = people.desk(Role.MERCHANT_OWNER, "shop-1", "en", at);
    shop.locator("#make-offer").click();
    shop.getByLabel("Amount of the refund").fill("twelve");
    Visitors.press(shop, "Send the offer");
    shop.locator(".problem").waitFor();
    people.server.post(buyer, "/v1" + at + "/messages", "{\"text\":\"Are you there?\"}");
    with(shop, "#news", "Something has changed here meanwhile.").waitFor();
    assertThat(shop.getByLabel("Amount of the refund").inputValue()).isEqualTo("twelve");
    shop.locator("#news a").click();
    with(shop, ".said .text", "Are you there?").waitFor();
  }

  @Test void the_number_of_notices_and_the_inbox_keep_up() {
    var shop = people.desk(Role.MERCHANT_OWNER, "shop-1", "en", "/disputes");
    int before = Integer.parseInt(shop.locator("[data-unread]").textContent());
    var at = filed("p-live-inbox");
    shop.locator("a[href='" + at + "']").waitFor();
    shop.waitForCondition(() -> Integer.parseInt(shop.locator("[data-unread]").textContent()) > before);
  }

  @Test void a_countdown_ticks_in_words() {
    var page = people.desk(Role.BUYER, "buyer-1", "en", filed("p-live-clock"));
    var left = page.locator("time[data-until]").first();
    assertThat(left.innerText()).matches("in \\d+ (days|h \\d+ min)");
    page.evaluate("document.querySelector('time[data-until]').dateTime = new Date(Date.parse("
        + "document.querySelector('#main').dataset.now) + 540000).toISOString()");
    page.waitForCondition(() -> Pattern.matches("in [89] min \\d+ s", left.innerText()));
    var first = left.innerText();
    page.waitForCondition(() -> !left.innerText().equals(first));
  }

  @Test void a_page_without_a_session_or_a_seat_hears_nothing_and_one_that_is_left_stops_listening() {
    var at = filed("p-live-seat");
    var other = people.desk(Role.BUYER, "buyer-2", "en", "/disputes");
    assertThat(other.request().get(people.at(at + "/live")).status()).isEqualTo(404);
    var page = people.desk(Role.BUYER, "buyer-1", "en", at);
    var streams = people.server.centre.the(Streams.class);
    page.waitForCondition(() -> streams.size() > 0);
    Visitors.press(page, "Sign out");
    page.locator("h1").waitFor();
    assertThat(page.request().get(people.at("/live")).status()).isEqualTo(401);
  }
}
