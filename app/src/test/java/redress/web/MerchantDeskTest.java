package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visitors.picture;
import static redress.web.Visitors.press;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server.Reply;
import redress.house.Browser;
import redress.policy.Role;

/** What merchants do at their desk: look through many disputes, answer several at once, and see how they do. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class MerchantDeskTest {
  private static Visitors visitors;
  private static String platform;
  private static String buyer;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() throws Exception {
    visitors = new Visitors();
    platform = visitors.server.key(Role.PLATFORM, "platform-1");
    buyer = visitors.server.key(Role.BUYER, "buyer-1");
  }

  @AfterAll static void close() {
    if (visitors != null) visitors.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  /** A dispute with {@code shop}, filed a minute after the one before; its id. */
  private static String filed(String shop, String payment, long minor, String reason, String what) {
    ok(visitors.server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"%s","amount":%d,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""".formatted(shop, minor)));
    ok(visitors.server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    visitors.server.wait(Duration.ofMinutes(1));
    return ok(visitors.server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"%s","wish":"FULL_REFUND","amount":%d,"currency":"CNY","description":"%s"}"""
        .formatted(payment, reason, minor, what))).json().path("id").asString();
  }

  private static void offered(String id, long minor) {
    ok(visitors.server.post(buyer, "/v1/disputes/" + id + "/offers",
        "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":%d,\"currency\":\"CNY\"}}".formatted(minor)));
  }

  private static Page owner(String path) {
    return visitors.desk(Role.MERCHANT_OWNER, "shop-1", "en", path);
  }

  @Test void the_inbox_is_by_what_is_due_counted_searched_kept_and_taken_away() {
    var first = filed("shop-2", "p-inbox-1", 50_000, "OTHER", "The purple lamp is dark.");
    filed("shop-2", "p-inbox-2", 129_900, "COUNTERFEIT", "It is a fake.");
    var shop = visitors.desk(Role.MERCHANT_OWNER, "shop-2", "en", "/disputes");
    assertThat(shop.locator(".line").first().getAttribute("href")).isEqualTo("/disputes/" + first);
    assertThat(shop.locator(".tabs").innerText().replaceAll("\\s+", " ")).contains("Open 2", "Your turn 2", "Closed");
    picture(shop, "merchant-inbox");
    shop.getByText("Search and filter").click();
    shop.getByLabel("Amount from").fill("1,000");
    shop.getByLabel("Due on or before").fill("2026-03-06");
    press(shop, "Show");
    shop.waitForCondition(() -> shop.locator(".line").count() == 1);
    assertThat(shop.locator(".line").innerText()).contains("1,299.00");
    shop.getByLabel("Keep this list as").fill("Big ones");
    press(shop, "Keep");
    shop.locator(".views [aria-current]").waitFor();
    picture(shop, "merchant-inbox-filtered");
    shop.getByLabel("Amount from").fill("a lot");
    press(shop, "Show");
    shop.locator(".problem").waitFor();
    assertThat(shop.getByLabel("Amount from").inputValue()).isEqualTo("a lot");
    shop.getByText("Big ones").first().click();
    shop.waitForCondition(() -> shop.locator(".line").count() == 1);
    press(shop, "Forget the list “Big ones”");
    shop.waitForCondition(() -> shop.locator(".views").count() == 0);
    shop.navigate(visitors.at("/disputes?q=purple"));
    assertThat(shop.locator(".line").count()).isEqualTo(1);
    var file = shop.waitForDownload(() -> shop.getByText("Save this list as a table").click());
    assertThat(file.path()).content().startsWith("id,status,viewState,").contains(first).contains(",p-inbox-1,")
        .doesNotContain("p-inbox-2");
    shop.navigate(visitors.at("/disputes?q=nowhere"));
    picture(shop, "merchant-inbox-nothing");
    assertThat(shop.locator(".empty").innerText()).contains("Nothing fits");
  }

  @Test void several_offers_are_declined_at_once_without_scripts_and_each_has_its_result() {
    var one = filed("shop-1", "p-bulk-1", 10_000, "OTHER", "One");
    var two = filed("shop-1", "p-bulk-2", 10_000, "OTHER", "Two");
    var none = filed("shop-1", "p-bulk-3", 10_000, "OTHER", "No offer here");
    offered(one, 4_000);
    offered(two, 5_000);
    var shop = visitors.plain(Role.MERCHANT_OWNER, "shop-1", "/disputes");
    for (var id : new String[] {one, two, none}) shop.locator("input[value='" + id + "']").check();
    press(shop, "Decline offers");
    assertThat(shop.locator(".results").innerText()).contains("40.00").contains("50.00").contains("Left out");
    picture(shop, "merchant-bulk-review");
    // It was taken back while the page was open: the rest is done all the same, and this one says why not.
    ok(visitors.server.post(buyer, "/v1/disputes/" + two + "/offers/1/withdrawal", "{}"));
    shop.getByLabel("Why not?").fill("We cannot do this.");
    press(shop, "Decline 2");
    assertThat(shop.locator("main [role=status]").innerText()).contains("1 of 3 done");
    picture(shop, "merchant-bulk-result");
    assertThat(visitors.server.get(buyer, "/v1/disputes/" + one).json().path("awaited").asString()).isEqualTo("BUYER");
    assertThat(visitors.server.get(buyer, "/v1/disputes/" + none).json().path("awaited").asString())
        .isEqualTo("MERCHANT");
  }

  @Test void a_message_goes_to_several_and_several_are_refunded_once() {
    var one = filed("shop-1", "p-many-1", 7_000, "OTHER", "One");
    var two = filed("shop-1", "p-many-2", 8_000, "OTHER", "Two");
    var shop = owner("/disputes?q=p-many");
    press(shop, "Tick all");
    press(shop, "Send a message");
    shop.getByLabel("Message to each buyer").fill("We are looking into it.");
    press(shop, "Send to 2");
    shop.locator("main [role=status]").waitFor();
    for (var id : new String[] {one, two}) {
      assertThat(visitors.server.get(buyer, "/v1/disputes/" + id + "/messages").text()).contains("looking into it");
    }
    shop.navigate(visitors.at("/disputes/bulk?act=REFUND&pick=" + one + "&pick=" + two + "&pick=nothing"));
    assertThat(shop.locator(".results").innerText()).contains("Refund of CN¥70.00").contains("There is nothing here");
    press(shop, "Refund 2");
    shop.locator("main [role=status]").waitFor();
    assertThat(shop.locator("main [role=status]").innerText()).contains("2 of 3 done");
    for (var id : new String[] {one, two}) {
      assertThat(visitors.server.get(buyer, "/v1/disputes/" + id).json().path("status").asString())
          .isEqualTo("CONFIRMING");
    }
  }

  @Test void ready_made_answers_are_written_once_and_put_into_messages_without_scripts() {
    var id = filed("shop-1", "p-answer", 129_900, "OTHER", "Where is it?");
    var shop = visitors.plain(Role.MERCHANT_AGENT, "shop-1", "/answers");
    shop.getByLabel("Name").fill("Sorry");
    shop.getByLabel("Text").fill("We are sorry about {items} for {amount}.");
    press(shop, "Keep");
    assertThat(shop.locator("h2").allInnerTexts()).contains("Sorry");
    picture(shop, "merchant-answers");
    shop.navigate(visitors.at("/disputes/" + id));
    shop.getByLabel("Begin with a ready-made answer").selectOption(new com.microsoft.playwright.options.SelectOption()
        .setLabel("Sorry"));
    press(shop, "Put it into the message");
    assertThat(shop.getByLabel("Write a message").inputValue()).startsWith("We are sorry about")
        .contains("CN¥1,299.00");
    press(shop, "Send");
    assertThat(visitors.server.get(buyer, "/v1/disputes/" + id + "/messages").text()).contains("CN¥1,299.00");
    var viewer = visitors.plain(Role.MERCHANT_VIEWER, "shop-1", "/answers");
    assertThat(viewer.locator("textarea").count()).isZero();
    shop.navigate(visitors.at("/answers"));
    shop.getByText("Change or delete").first().click();
    press(shop, "Delete");
    assertThat(shop.locator("main").innerText()).contains("There are none yet.");
  }

  private static void gone(Locator what) {
    what.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  @Test void an_owner_lets_an_agent_in_up_to_an_amount_and_shows_it_out_again() {
    var id = filed("shop-1", "p-people", 129_900, "OTHER", "Late");
    var owner = owner("/people");
    owner.getByLabel("Name, without spaces").fill("anna");
    owner.getByText("Answer disputes").click();
    owner.getByLabel("Up to how much in one dispute?").fill("a little");
    press(owner, "Make the link");
    owner.locator(".problem").waitFor();
    assertThat(owner.getByLabel("Name, without spaces").inputValue()).isEqualTo("anna");
    owner.getByText("Answer disputes").click();
    owner.getByLabel("Up to how much in one dispute?").fill("100");
    press(owner, "Make the link");
    owner.locator("main [role=status] a").waitFor();
    picture(owner, "merchant-people");
    var anna = visitors.stranger(owner.locator("main [role=status] a").getAttribute("href"));
    anna.navigate(visitors.at("/disputes/" + id));
    anna.locator("#make-offer").click();
    press(anna, "Send the offer");
    anna.locator(".problem").waitFor();
    anna.getByLabel("What would put it right?").selectOption("PARTIAL_REFUND");
    anna.getByLabel("Amount of the refund").fill("100");
    press(anna, "Send the offer");
    anna.locator(".offer").waitFor();
    anna.navigate(visitors.at("/people"));
    assertThat(anna.locator("h1").innerText()).contains("not for your account");
    owner.navigate(visitors.at("/people"));
    assertThat(owner.locator("#in + ul").innerText()).contains("anna").contains("up to CN¥100.00");
    press(owner, "Sign out anna");
    gone(owner.locator("main button:has-text('anna')"));
    anna.navigate(visitors.at("/disputes"));
    assertThat(anna.locator("h1").innerText()).contains("Please sign in");
  }

  @Test void scorecard_and_money_are_there_in_both_languages_and_fit_the_narrowest_screen() {
    filed("shop-1", "p-score", 129_900, "OTHER", "Late");
    for (var path : new String[] {"/scorecard", "/purse", "/disputes", "/answers", "/people"}) {
      var name = path.substring(1);
      picture(owner(path), "merchant-" + name + "-en");
      picture(visitors.phone(Role.MERCHANT_OWNER, "shop-1", "zh-CN", path), "merchant-" + name + "-zh-phone");
      var narrow = visitors.narrow(Role.MERCHANT_OWNER, "shop-1", path);
      assertThat(narrow.evaluate("document.documentElement.scrollWidth")).as(path).isEqualTo(320);
    }
    var card = owner("/scorecard?days=0");
    assertThat(card.locator("svg[role=img] title").count()).isEqualTo(4);
    assertThat(card.locator("svg[role=img] desc").count()).isEqualTo(4);
    assertThat(card.locator("table").first().innerText()).contains("merchant ever late / disputes");
    var purse = owner("/purse");
    assertThat(purse.locator("#holds + ul").innerText()).contains("CN¥1,299.00");
    assertThat(purse.locator("table").innerText()).contains("Held for a dispute").contains("+CN¥1,299.00");
    var file = purse.waitForDownload(() -> purse.getByText("All of it as a table").last().click());
    assertThat(file.path()).content().startsWith("at,account,more,less,currency,cause,payment,dispute")
        .contains("merchant.hold,129900,0,CNY,hold,p-score,");
    var buyerPage = visitors.plain(Role.BUYER, "buyer-1", "/disputes");
    buyerPage.navigate(visitors.at("/purse"));
    assertThat(buyerPage.locator("h1").innerText()).contains("not for your account");
  }
}
