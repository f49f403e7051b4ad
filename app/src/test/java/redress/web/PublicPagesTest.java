package redress.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visit.follow;
import static redress.web.Visit.picture;
import static redress.web.Visit.press;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.house.Browser;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.store.RuleSets;

/** What anybody may see without signing in: rules, figures, certificates, the check of a bundle, the style. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class PublicPagesTest {
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

  private static Page desk(String language, String path) {
    var page = browser.page(language, 1280, 900, false);
    page.navigate(visit.at(path));
    return page;
  }

  private static Page phone(String language, String path) {
    var page = browser.page(language, 390, 844, language.equals("zh-CN"));
    page.navigate(visit.at(path));
    return page;
  }

  /** The page on both sizes in both languages, each looked at for what every page must keep to. */
  private static void pictures(String path, String name) {
    for (var language : List.of("en", "zh-CN")) {
      var desk = desk(language, path);
      picture(desk, name + "-" + desk.locator("html").getAttribute("lang") + "-desktop");
      assertThat(desk.locator("main").innerText()).doesNotContain("${", "null");
      desk.context().close();
      var phone = phone(language, path);
      picture(phone, name + "-" + phone.locator("html").getAttribute("lang") + "-phone");
      phone.context().close();
    }
  }

  private static String filed(String payment, String clock) {
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"%s}""".formatted(clock)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    return ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "items":["phone"],"description":"It was sold as new."}""".formatted(payment))).json().path("id").asString();
  }

  private static void advance(String payment, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  /** A dispute that ended well; the address of the API for it. */
  private static String fulfilled(String payment) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    var at = "/v1/disputes/" + filed(payment, ",\"testClock\":\"clock-" + payment + "\"");
    ok(server.post(merchant, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":129900,\"currency\":\"CNY\"}}"));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}"));
    advance(payment, "PT25H");
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\",\"text\":\"Thank you.\"}"));
    advance(payment, "P2DT1H");
    return at;
  }

  private static byte[] file(String secret, String path) {
    var request = HttpRequest.newBuilder(URI.create(visit.at(path))).timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + secret).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  @Test void the_start_page_and_the_rules_tell_the_figures_of_the_rule_set_in_force() {
    pictures("/", "start");
    pictures("/rules", "rules");
    var page = desk("en", "/rules");
    assertThat(page.locator("main").innerText()).contains("The merchant answers 72 hours", "2026-1");
    var faster =
        new RuleSet("quick-1", server.now().minusSeconds(1), Map.of(Deadline.MERCHANT_REPLY, Duration.ofHours(30)),
            RuleSet.STANDARD.offerMin(), RuleSet.STANDARD.offerMax(), RuleSet.STANDARD.evidenceMin(),
            RuleSet.STANDARD.breachAfter(), RuleSet.STANDARD.followUpSpacing(), 9, 20, RuleSet.STANDARD.escalateAfter(),
            RuleSet.STANDARD.limits());
    assertThat(server.centre.the(RuleSets.class).publish(faster)).isTrue();
    page.reload();
    assertThat(page.locator("main").innerText()).contains("The merchant answers 30 hours", "quick-1")
        .doesNotContain("answers 72 hours");
    for (var deadline : Deadline.values()) assertThat(page.locator("main").innerText()).contains(deadline.english);
    page.navigate(visit.at("/"));
    assertThat(page.locator("section[aria-labelledby=merchant]").innerText()).contains("30 hours");
    follow(page, "All rules and deadlines");
    page.waitForURL("**/rules");
    page.locator("summary").first().click();
    assertThat(page.locator("details[open]").innerText()).contains("An offer is made").contains("Merchant");
  }

  @Test void figures_are_told_but_none_so_small_that_it_could_be_about_somebody() {
    for (int n = 0; n < 6; n++) filed("p-figure-" + n, "");
    var id = filed("p-figure-withdrawn", "");
    ok(server.post(buyer, "/v1/disputes/" + id + "/withdrawal", "", "Idempotency-Key", "figures"));
    pictures("/statistics?payments=test&days=0", "statistics");
    var page = desk("en", "/statistics?payments=test&days=0");
    var outcomes = page.locator("section[aria-labelledby=ended]");
    assertThat(outcomes.locator("tbody tr").count()).isPositive();
    assertThat(outcomes.innerText()).contains("–").doesNotContain("100");
    assertThat(page.locator(".tiles").innerText()).contains("Disputes filed");
    assertThat(page.locator("svg[role=img]").count()).isEqualTo(4);
    page.navigate(visit.at("/statistics"));
    assertThat(page.locator("main").innerText()).contains("Nothing was filed in this span of time.");
    picture(page, "statistics-empty-en-desktop");
    assertThat(ok(server.get(platform, "/v1/statistics/outcomes")).json().at("/outcomes/WITHDRAWN").asInt()).isOne();
  }

  @Test void a_certificate_is_shown_until_it_is_taken_back_and_a_paper_can_be_compared() throws Exception {
    var at = fulfilled("p-shown");
    ok(server.post(buyer, at + "/certificate/consent", "{\"what\":\"RESULT\"}"));
    var paper = file(buyer, at + "/result.pdf?language=en");
    var agreed = ok(server.post(merchant, at + "/certificate/consent", "{\"what\":\"RESULT\"}"));
    var address = agreed.json().path("address").asString().substring("/v1".length());
    pictures(address, "certificate");
    var page = browser.plain("en");
    page.navigate(visit.at(address));
    assertThat(page.locator("main").innerText()).contains("The agreement was kept.", "1,299.00",
        "in time").doesNotContain("p-shown", "buyer-1", "shop-1");
    assertThat(page.locator(".checks .passed").count()).isEqualTo(2);
    var code = page.locator("img.code").evaluate("it => it.complete && it.naturalWidth > 0");
    assertThat(code).isEqualTo(true);
    var saved = page.waitForDownload(() -> follow(page, "Certificate (PDF)"));
    assertThat(Files.readString(saved.path(), ISO_8859_1)).startsWith("%PDF");
    page.setInputFiles("#paper", new FilePayload("result.pdf", "application/pdf", paper));
    press(page, "Compare it");
    assertThat(page.locator(".done").innerText()).contains("byte for byte", "English");
    paper[paper.length / 2] ^= 1;
    page.setInputFiles("#paper", new FilePayload("result.pdf", "application/pdf", paper));
    press(page, "Compare it");
    assertThat(page.locator(".problem").innerText()).contains("not a paper of this result");
    ok(server.send("DELETE", buyer, at + "/certificate/consent", null));
    var gone = page.navigate(visit.at(address));
    assertThat(gone.status()).isEqualTo(410);
    assertThat(page.locator("h1").innerText()).isEqualTo("This is not shown any more");
    picture(page, "certificate-withdrawn-en-desktop");
    assertThat(page.navigate(visit.at("/certificates/" + "A".repeat(32))).status()).isEqualTo(404);
  }

  @Test void a_bundle_is_checked_without_scripts_and_a_changed_byte_is_told() {
    var at = fulfilled("p-bundled");
    var bundle = file(buyer, at + "/bundle");
    for (var language : List.of("en", "zh-CN")) {
      var page = browser.plain(language);
      page.navigate(visit.at("/verify"));
      page.locator("noscript a, a[href='/verify/upload']").first().click();
      page.setInputFiles("#file", new FilePayload("bundle.zip", "application/zip", bundle));
      press(page, language.equals("en") ? "Check it" : "核验");
      assertThat(page.locator("#verdict").innerText())
          .isEqualTo(language.equals("en") ? "Everything in it holds" : "全部核验通过");
      assertThat(page.locator("main").innerText()).contains(language.equals("en") ? "log of test payments" : "测试交易日志");
      assertThat(page.locator(".helps .there").count()).isGreaterThan(6);
      if (!language.equals("en")) {
        for (var said : page.locator(".helps li").allInnerTexts()) assertThat(said).containsPattern("\\p{IsHan}");
      }
      picture(page, "verify-upload-" + language);
    }
    var page = browser.plain("en");
    page.navigate(visit.at("/verify/upload"));
    int text = new String(bundle, ISO_8859_1).indexOf("sold as new");
    bundle[text]++;
    page.setInputFiles("#file", new FilePayload("bundle.zip", "application/zip", bundle));
    press(page, "Check it");
    assertThat(page.locator("#verdict").innerText()).isEqualTo("Something in it does not hold");
    assertThat(page.locator(".problem").innerText()).contains("texts.json");
    picture(page, "verify-upload-broken-en");
    page.setInputFiles("#file", new FilePayload("letter.txt", "text/plain", "no bundle".getBytes(UTF_8)));
    press(page, "Check it");
    assertThat(page.locator("main").innerText()).doesNotContain("/tmp").contains("too short to be a bundle");
    page.fill("#known", "nonsense");
    page.setInputFiles("#file", new FilePayload("bundle.zip", "application/zip", bundle));
    press(page, "Check it");
    assertThat(page.locator("#verdict").innerText()).isEqualTo("There is nothing to check");
  }

  @Test void the_style_page_shows_every_token_and_class_and_every_text_can_be_read() {
    pictures("/style", "style");
    var page = desk("en", "/style");
    var sheet = Stylesheet.ours();
    var text = page.locator("main").innerText();
    assertThat(sheet.tokens()).hasSizeGreaterThan(20).allSatisfy(it -> assertThat(text).contains(it.name()));
    assertThat(sheet.classes()).hasSizeGreaterThan(80).allSatisfy(it -> assertThat(text).contains(it));
    assertThat(sheet.contrasts()).allSatisfy(it -> assertThat(it.suffices()).as(it.toString()).isTrue());
    var swatch = page.locator("svg rect[fill='var(--brand)']").evaluate("it => getComputedStyle(it).fill").toString();
    assertThat(swatch).isEqualTo("rgb(11, 93, 77)");
  }
}
