package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visit.follow;
import static redress.web.Visit.picture;
import static redress.web.Visit.press;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.house.Browser;
import redress.policy.Role;

/** Day 2 in two taps, the result with its papers, what is shown of it, and help from anywhere. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class DayTwoTest {
  private static Server server;
  private static Browser browser;
  private static Visit visit;
  private static String platform;
  private static String buyer;
  private static String merchant;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    server = new Server();
    browser = Browser.open();
    visit = new Visit(server);
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private static void advance(String payment, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  /** A dispute whose refund is agreed, paid and audited: the buyer is asked. */
  private static String asked(String payment) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}""".formatted(payment)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    var id = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "items":["phone"],"description":"It was sold as new."}""".formatted(payment))).json().path("id").asString();
    var at = "/v1/disputes/" + id;
    ok(server.post(merchant, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":129900,\"currency\":\"CNY\"}}"));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}"));
    advance(payment, "PT1H");
    advance(payment, "PT24H");
    return "/disputes/" + id;
  }

  private static Page phone(String language, String leads) {
    var page = visit.speaking(browser.page(language, 390, 844, false), language);
    return visit.of(page, Role.BUYER, "buyer-1", leads);
  }

  @Clicks("AnswerFollowUp")
  @Test void day_two_is_one_tap_after_the_link_and_the_result_can_be_shown() {
    var at = asked("d-two");
    var li = phone("zh-CN", at + "/follow-up");
    picture(li, "buyer-follow-up-zh-phone");
    li.locator("button[value=SATISFIED]").click();
    li.locator(".done[role=status]").waitFor();
    picture(li, "buyer-follow-up-done-zh-phone");
    advance("d-two", "PT24H");
    advance("d-two", "PT24H");
    li.navigate(visit.at(at + "/result"));
    picture(li, "buyer-result-zh-phone");
    assertThat(li.locator(".checks .passed").count()).isEqualTo(3);
    assertThat(li.locator("main").innerText()).doesNotContain("FULL_REFUND", "PASSED", "VERIFIED");
    var paper = li.waitForDownload(() -> follow(li, "中文证书（PDF）"));
    assertThat(paper.suggestedFilename()).endsWith("-zh.pdf");
    press(li, "同意公开结果");
    li.getByText("对方尚未同意").waitFor();
    var shop = visit.of(browser.page("en", 1280, 900, false), Role.MERCHANT_OWNER, "shop-1", at + "/result");
    press(shop, "Agree to show the result");
    shop.locator("a[href^='/certificates/']").waitFor();
    picture(shop, "merchant-result-desktop");
    press(shop, "Take it back");
    shop.getByText("You have not agreed").waitFor();
    assertThat(shop.locator("a[href^='/certificates/']").count()).isZero();
    shop.navigate(visit.at(at));
    assertThat(shop.locator(".timeline").innerText()).contains("A full refund", "The payment's record: confirmed",
        "The buyer answered: satisfied").doesNotContain("FULL_REFUND", "PASSED", "IDENTITY", "SATISFIED");
  }

  @Test void day_two_works_without_scripts_and_the_money_that_did_not_come_is_looked_for() {
    var at = asked("d-none");
    var li = visit.of(browser.plain("en"), Role.BUYER, "buyer-1", at + "/follow-up");
    li.locator("summary").click();
    li.locator("#text").fill("Nothing on my account.");
    li.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("The money did not arrive.*")))
        .click();
    assertThat(li.locator(".timeline").innerText()).contains("The buyer answered: the money did not arrive.",
        "Found: The buyer says that the refund did not arrive.");
    li.navigate(visit.at(at + "/follow-up"));
    assertThat(li.locator(".silence").innerText()).contains("nothing to answer");
  }

  @Test void help_is_asked_for_and_feedback_is_given_from_anywhere() {
    var at = asked("d-help");
    var li = phone("en", "/help");
    picture(li, "buyer-help-phone");
    press(li, "Send");
    li.locator("input[value=SUGGESTION]").check();
    li.getByLabel("Your words").fill("Make it quicker.");
    press(li, "Send");
    li.locator(".done[role=status]").waitFor();
    li.locator("a[href='" + at + "/help']").click();
    li.waitForURL(visit.at(at + "/help"));
    li.locator("summary", new Page.LocatorOptions().setHasText("Ask customer service")).click();
    li.getByLabel("Your question").fill("When does the money come?");
    press(li, "Ask");
    li.locator(".done[role=status]").waitFor();
    assertThat(li.locator(".done[role=status]").innerText()).contains("Customer service has your question");
    li.getByText("Rate how this was handled").click();
    li.locator("input[name=rating][value='5']").check();
    press(li, "Send feedback");
    li.getByText("Thank you for your feedback").waitFor();
    follow(li, "Questions and answers so far");
    li.waitForURL(visit.at(at + "/help"));
    li.getByText("When does the money come?").waitFor();
    picture(li, "buyer-dispute-help-phone");
  }

  @Test void settings_keep_the_language_and_end_other_sessions() {
    var other = phone("en", "/settings");
    var li = phone("en", "/settings");
    picture(li, "buyer-settings-phone");
    li.getByText("中文").first().click();
    press(li, "Save");
    li.locator("h1", new Page.LocatorOptions().setHasText("设置")).waitFor();
    press(li, "退出该设备");
    li.waitForCondition(() -> li.getByText("其他设备").count() == 0);
    assertThat(other.navigate(visit.at("/settings")).status()).isEqualTo(401);
  }
}
