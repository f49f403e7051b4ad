package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server;
import redress.door.Sessions;
import redress.house.Browser;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** The page of a dispute, as both sides use it in a real browser. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class DisputePageTest {
  private static final Path PICTURES = Path.of("target", "pages");
  private static Server server;
  private static Browser browser;
  private static String platform;
  private static String buyer;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() throws Exception {
    server = new Server();
    browser = Browser.open();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    Files.createDirectories(PICTURES);
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static String at(String path) {
    return "http://127.0.0.1:" + server.centre.port() + path;
  }

  /** Somebody who has come in by a link and pressed its button. */
  private static Page signedIn(Role role, String subject, String language, boolean phone, String leads) {
    var page = phone ? browser.page(language, 390, 844, false) : browser.page(language, 1280, 900, false);
    return signedIn(page, role, subject, leads);
  }

  private static Page signedIn(Page page, Role role, String subject, String leads) {
    var link = server.centre.the(Sessions.class).link(
        new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), leads, Duration.ofHours(1));
    page.navigate(at("/in/" + link.secret()));
    page.locator("main button").click();
    page.waitForURL(at(leads) + "**");
    return page;
  }

  private static String filed(String payment) {
    server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""");
    server.put(platform, "/v1/wallet/payments/" + payment, "{}");
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "items":["phone"],"description":"It was sold as new.\\nThe box was open and the screen is scratched."}"""
        .formatted(payment));
    assertThat(filed.status()).as(filed.text()).isEqualTo(201);
    return "/disputes/" + filed.json().path("id").asString();
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
  }

  @Test void a_long_talk_shows_its_newest_part_and_leads_back_to_the_beginning() {
    var at = filed("p-long");
    for (int n = 1; n <= 130; n++) {
      assertThat(server.post(buyer, "/v1" + at + "/messages", "{\"text\":\"message %d.\"}".formatted(n)).status())
          .isLessThan(300);
    }
    var shop = signedIn(Role.MERCHANT_OWNER, "shop-1", "en", false, at);
    assertThat(shop.locator(".said").last().innerText()).contains("message 130.");
    assertThat(shop.locator(".said .text").allInnerTexts()).doesNotContain("message 30.").contains("message 31.");
    assertThat(shop.locator(".timeline").innerText()).doesNotContain("filed this dispute");
    shop.locator("section[aria-labelledby=thread] a", new Page.LocatorOptions().setHasText("Show earlier")).click();
    shop.getByText("message 30.", new Page.GetByTextOptions().setExact(true)).waitFor();
    assertThat(shop.locator(".said .text").allInnerTexts()).contains("message 1.").doesNotContain("message 31.");
    assertThat(shop.locator(".timeline").innerText()).contains("filed this dispute");
    shop.locator("section[aria-labelledby=timeline] a").click();
    shop.getByText("message 130.", new Page.GetByTextOptions().setExact(true)).waitFor();
  }

  @Clicks({"SendMessage", "MakeOffer", "AcceptOffer"})
  @Test void both_sides_talk_offer_and_accept_with_buttons() {
    var at = filed("p-talk");
    var shop = signedIn(Role.MERCHANT_OWNER, "shop-1", "en", false, "/disputes");
    picture(shop, "merchant-list");
    shop.locator("a[href='" + at + "']").click();
    shop.waitForURL(at(at));
    picture(shop, "merchant-dispute");
    shop.getByLabel("Write a message").fill("We are sorry. <b>Let us</b> make it right.");
    shop.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send").setExact(true)).click();
    shop.locator(".said .text", new Page.LocatorOptions().setHasText("<b>Let us</b>")).waitFor();
    shop.locator("#make-offer").click();
    shop.getByLabel("Amount of the refund").fill("12999999");
    shop.getByText("Send the offer").click();
    shop.locator(".problem").waitFor();
    picture(shop, "merchant-offer-too-high");
    assertThat(shop.getByLabel("Amount of the refund").inputValue()).isEqualTo("12999999");
    shop.getByLabel("Amount of the refund").fill("1,299.00");
    shop.getByText("Send the offer").click();
    shop.locator(".offer").waitFor();

    var li = signedIn(Role.BUYER, "buyer-1", "zh-CN", true, at);
    picture(li, "buyer-offer-zh-phone");
    assertThat(li.locator(".offer .big").innerText()).contains("1,299.00");
    li.locator(".offer button.main").click();
    li.locator(".settled").waitFor();
    picture(li, "buyer-settled-zh-phone");
    shop.reload();
    picture(shop, "merchant-settled");
    assertThat(shop.locator(".settled .big").innerText()).contains("1,299.00");
  }

  @Clicks({"SendMessage", "MakeOffer", "DeclineOffer"})
  @Test void everything_a_party_needs_works_without_scripts() {
    var at = filed("p-plain");
    var shop = signedIn(browser.plain("en"), Role.MERCHANT_OWNER, "shop-1", at);
    shop.getByLabel("Write a message").fill("Hello");
    press(shop, "Send");
    assertThat(shop.locator(".said .text").allInnerTexts()).contains("Hello");
    shop.locator("#make-offer").click();
    shop.getByLabel("Amount of the refund").fill("twelve");
    press(shop, "Send the offer");
    assertThat(shop.locator(".problem").innerText()).contains("Write the amount in digits");
    assertThat(shop.getByLabel("Amount of the refund").inputValue()).isEqualTo("twelve");
    shop.getByLabel("Amount of the refund").fill("1299");
    press(shop, "Send the offer");
    var li = signedIn(browser.plain("en"), Role.BUYER, "buyer-1", at);
    li.getByText("Decline", new Page.GetByTextOptions().setExact(true)).click();
    li.getByLabel("Why not?").fill("I want a new one");
    press(li, "Decline the offer");
    assertThat(li.locator(".timeline").innerText()).contains("Offer 1 was declined");
    press(li, "Sign out");
    assertThat(li.locator("h1").innerText()).contains("Something went wrong with a payment?");
  }

  @Test void notices_wait_until_they_are_read() {
    filed("p-notices");
    var shop = signedIn(browser.page("en", 390, 844, false), Role.MERCHANT_OWNER, "shop-1", "/notices");
    picture(shop, "merchant-notices-phone");
    int before = shop.locator(".tag").count();
    assertThat(before).isPositive();
    shop.locator("main button").first().click();
    shop.waitForCondition(() -> shop.locator(".tag").count() == before - 1);
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
  }
}
