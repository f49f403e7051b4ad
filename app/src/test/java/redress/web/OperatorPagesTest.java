package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visit.follow;
import static redress.web.Visit.picture;
import static redress.web.Visit.press;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.house.Browser;
import redress.log.Log;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.store.Errands;
import redress.store.RuleSets;
import redress.store.TestClocks;

/** Those who run the centre: errands, deliveries, rules, keys, clocks, log and health, by clicking. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class OperatorPagesTest {
  private static final List<String> PAGES =
      List.of("/health", "/errands", "/deliveries", "/rule-sets", "/accounts", "/clocks", "/log");
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

  private static Page ada(String leads) {
    return visit.of(browser.page("en", 1280, 900, false), Role.ADMIN, "ada", leads);
  }

  private static Page plainAda(String leads) {
    return visit.of(browser.plain("en"), Role.ADMIN, "ada", leads);
  }

  private static void inAllShapes(String path, String name) {
    var zh = visit.of(visit.speaking(browser.page("zh-CN", 390, 844, true), "zh-CN"), Role.ADMIN, "ada", path);
    picture(zh, "operator-" + name + "-zh-phone");
    zh.context().close();
    var en = ada(path);
    picture(en, "operator-" + name + "-en-desktop");
    assertThat(en.locator("main").innerText()).doesNotContain("${", "null");
    en.context().close();
  }

  private static String filed(String payment, String clock) {
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY",
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"%s}""".formatted(clock)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    return ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It does not work."}""".formatted(payment))).json().path("id").asString();
  }

  @Test void an_errand_laid_aside_is_told_with_its_cause_and_tried_again() throws IOException {
    filed("p-aside", "");
    var sql = server.centre.the(JdbcClient.class);
    assertThat(sql.sql("update errand set parked_at = now(), tries = 9, last_error = '=the provider is shut' "
        + "where key = 'deadline' and clock is null").update()).isPositive();
    inAllShapes("/errands", "errands");
    var ada = plainAda("/errands");
    assertThat(ada.locator("article").innerText()).contains("the provider is shut", "tried 9 times");
    var table = ada.waitForDownload(() -> follow(ada, "Save all as a table (CSV)"));
    assertThat(Files.readString(table.path())).contains("'=the provider is shut");
    press(ada, "Try it again");
    assertThat(ada.locator(".done").innerText()).contains("tried again");
    assertThat(ada.locator("main").innerText()).contains("Nothing lies aside.");
    assertThat(server.centre.the(Errands.class).countParked()).isZero();
  }

  @Test void deliveries_are_told_without_words_or_addresses() {
    var id = filed("p-told", "");
    var sql = server.centre.the(JdbcClient.class);
    await(() -> sql.sql("select count(*) from notice").query(Long.class).single() > 0);
    inAllShapes("/deliveries", "deliveries");
    var ada = plainAda("/deliveries");
    assertThat(ada.locator("tbody tr").count()).isPositive();
    assertThat(ada.locator("main").innerText()).contains("shop-1", "On this site", "A dispute was filed")
        .doesNotContain("shop@example.org",
            "It does not work", "Li Na");
    ada.fill("#dispute", id);
    press(ada, "Show");
    assertThat(ada.url()).contains("dispute=" + id);
    for (var row : ada.locator("tbody tr td:nth-child(2)").allInnerTexts()) assertThat(row).contains(id);
    follow(ada, "Failed 0");
    assertThat(ada.locator("main").innerText()).contains("There is nothing of the kind.");
    assertThat(ada.url()).contains("state=FAILED").contains("dispute=" + id);
    var export = ada.request().get(visit.at("/deliveries/export.csv?dispute=" + id));
    assertThat(export.text()).startsWith("id,dispute,notice").contains(id);
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  /** The merchant answers after thirty hours. */
  private static void answeredLate(String payment) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    var at = "/v1/disputes/" + filed(payment, ",\"testClock\":\"clock-" + payment + "\"");
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"PT30H\"}"));
    ok(server.post(merchant, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":129900,\"currency\":\"CNY\"}}"));
  }

  @Test void rules_are_drafted_compared_tried_on_the_past_and_published_with_a_date() {
    for (int n = 0; n < 3; n++) answeredLate("p-late-" + n);
    var ada = plainAda("/rule-sets");
    ada.locator("summary").click();
    ada.fill("#version", "2026-2");
    press(ada, "Begin");
    assertThat(ada.locator("#differs + form + p").innerText()).isEqualTo("Nowhere.");
    ada.fill("[id='f-merchant.reply']", "yesterday");
    press(ada, "Keep the draft");
    assertThat(ada.locator(".problem").innerText()).isNotEmpty();
    assertThat(ada.inputValue("[id='f-merchant.reply']")).isEqualTo("yesterday");
    ada.fill("[id='f-merchant.reply']", "PT24H");
    ada.fill("[id='f-decisionLimit']", "100000");
    press(ada, "Keep the draft");
    assertThat(ada.locator("section[aria-labelledby=differs] tbody tr").allInnerTexts()).hasSize(2);
    assertThat(ada.locator("section[aria-labelledby=differs]").innerText()).contains("The merchant answers", "72 hours",
        "24 hours");
    press(ada, "Try it on them");
    var row = ada.locator("section[aria-labelledby=what-if] tbody tr",
        new Page.LocatorOptions().setHasText("The merchant answers")).innerText().split("\\s+(?=\\d)");
    assertThat(List.of(row).subList(1, 5)).containsExactly("3", "0", "3", "0");
    inAllShapes("/rule-sets/2026-2?try=yes", "rule-set");
    ada.fill("#effectiveFrom", "2020-01-01T00:00");
    press(ada, "Publish");
    assertThat(ada.locator("#form-publish .problem").innerText()).isNotEmpty();
    ada.fill("#effectiveFrom", "2026-04-01T00:00");
    press(ada, "Publish");
    assertThat(ada.locator("section[aria-labelledby=published]").innerText()).contains("2026-2", "to come");
    inAllShapes("/rule-sets", "rule-sets");
    var published = server.centre.the(RuleSets.class).version("2026-2");
    assertThat(published.length(Deadline.MERCHANT_REPLY)).hasHours(24);
    assertThat(published.effectiveFrom()).isEqualTo("2026-04-01T00:00:00Z");
    assertThat(ok(server.get(server.key(Role.AUDITOR, "aud"), "/v1/rule-drafts")).json().path("items")).isEmpty();
    var refused = server.send("PUT", server.key(Role.AUDITOR, "aud"), "/v1/rule-drafts/x", "{}");
    assertThat(refused.code()).isEqualTo("ROLE_MISSING");
  }

  @Test void a_key_is_shown_once_opens_the_api_and_is_ended() {
    var ada = plainAda("/accounts");
    ada.selectOption("#role", "AUDITOR");
    ada.fill("#subject", "aud-1");
    ada.fill("#name", "yearly audit");
    press(ada, "Make it");
    var secret = ada.locator("[role=status] .mono").innerText();
    assertThat(secret).startsWith("rk_test_");
    picture(ada, "operator-key-made-en-desktop");
    assertThat(ada.url()).doesNotContain(secret);
    assertThat(server.get(secret, "/v1/errands").status()).isEqualTo(200);
    inAllShapes("/accounts", "accounts");
    ada.navigate(visit.at("/accounts"));
    assertThat(ada.content()).doesNotContain(secret);
    var line = ada.locator("li", new Page.LocatorOptions().setHasText("yearly audit"));
    line.locator("summary").click();
    line.locator("button.danger").click();
    assertThat(ada.locator(".done").innerText()).contains("opens nothing");
    assertThat(server.get(secret, "/v1/errands").status()).isEqualTo(401);
    assertThat(ada.locator("main").innerText()).doesNotContain("yearly audit");
    follow(ada, "Ever made");
    assertThat(ada.locator("main").innerText()).contains("yearly audit", "ended");
  }

  @Test void a_test_clock_is_set_up_and_advanced_and_the_log_and_health_are_told() {
    var ada = plainAda("/clocks");
    ada.fill("#id", "shop-clock");
    ada.fill("#now", "2026-03-02T08:00:00Z");
    press(ada, "Set it up");
    ada.selectOption("[id='by-shop-clock']", "PT72H");
    press(ada, "Go on shop-clock");
    assertThat(server.centre.the(TestClocks.class).now("shop-clock").orElseThrow()).isEqualTo("2026-03-05T08:00:00Z");
    ada.fill("#id", "shop-clock");
    press(ada, "Set it up");
    assertThat(ada.locator(".problem").innerText()).isNotEmpty();
    inAllShapes("/clocks", "clocks");
    server.centre.the(Log.class).cover(false);
    filed("p-logged", "");
    server.centre.the(Log.class).cover(false);
    inAllShapes("/log", "log");
    ada.navigate(visit.at("/log"));
    assertThat(ada.locator("section[aria-labelledby=test-tree]").innerText()).contains("proved",
        "It is what was signed");
    inAllShapes("/health", "health");
    ada.navigate(visit.at("/"));
    assertThat(ada.url()).endsWith("/health");
    assertThat(ada.locator("main").innerText()).contains("Everything is as it should be.", "Database");
  }

  @Test void who_does_not_run_the_centre_is_not_let_in_and_who_watches_only_looks() {
    var shop = visit.of(browser.plain("en"), Role.MERCHANT_OWNER, "shop-1", "/disputes");
    for (var path : PAGES) {
      assertThat(shop.navigate(visit.at(path)).status()).as(path).isEqualTo(403);
      assertThat(shop.locator("h1").innerText()).isEqualTo("This is not for your account");
    }
    var stranger = browser.plain("en");
    for (var path : PAGES) assertThat(stranger.navigate(visit.at(path)).status()).as(path).isEqualTo(401);
    var watcher = visit.of(browser.plain("en"), Role.AUDITOR, "aud", "/rule-sets");
    assertThat(watcher.locator("summary").count()).isZero();
    assertThat(watcher.navigate(visit.at("/accounts")).status()).isEqualTo(403);
    assertThat(watcher.navigate(visit.at("/log")).status()).isEqualTo(200);
  }
}
