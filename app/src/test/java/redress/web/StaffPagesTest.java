package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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
import redress.api.Server.Reply;
import redress.door.Sessions;
import redress.house.Browser;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** What the platform's own people do with their pages, in a real browser: every step of theirs is made by a click. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class StaffPagesTest {
  private static final Path PICTURES = Path.of("target", "pages");
  private static Server server;
  private static Browser browser;
  private static String platform;
  private static String buyer;
  private static String merchant;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() throws Exception {
    server = new Server();
    browser = Browser.open();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    Files.createDirectories(PICTURES);
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static String at(String path) {
    return "http://127.0.0.1:" + server.centre.port() + path;
  }

  private static Page signedIn(Page page, Role role, String subject, String leads) {
    var link = server.centre.the(Sessions.class).link(
        new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), leads, Duration.ofHours(1));
    page.navigate(at("/in/" + link.secret()));
    page.locator("main button").click();
    page.waitForURL(at(leads) + "**");
    return page;
  }

  private static Page staff(Role role, String subject, String leads) {
    return signedIn(browser.page("en", 1280, 900, false), role, subject, leads);
  }

  private static Page plain(Role role, String subject, String leads) {
    return signedIn(browser.plain("en"), role, subject, leads);
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private static void advance(String payment, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  /** A dispute about a payment of {@code minor} units that lives by a test clock of its own. */
  private static String filed(String payment, long minor) {
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":%d,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}""".formatted(minor, payment)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    var filed = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"FULL_REFUND","amount":%d,"currency":"CNY",
         "items":["phone"],"description":"The phone is not the one in the picture."}""".formatted(payment, minor)));
    return "/disputes/" + filed.json().path("id").asString();
  }

  /** The same, which the merchant left without an answer. */
  private static String escalated(String payment, long minor) {
    var at = filed(payment, minor);
    advance(payment, "PT73H");
    assertThat(status(at)).isEqualTo("MEDIATION_QUEUED");
    return at;
  }

  private static String status(String at) {
    return ok(server.get(buyer, "/v1" + at)).json().path("status").asString();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void press(Page page, String name) {
    button(page, name).first().click();
    page.waitForLoadState();
  }

  private static void open(Page page, String summary) {
    page.locator("summary", new Page.LocatorOptions().setHasText(summary)).first().click();
  }

  private static void done(Page page) {
    page.locator(".done[role=status]").waitFor();
  }

  private static void choose(Page page, String form, String name, String value) {
    page.locator("form[action$='" + form + "'] input[name='" + name + "'][value='" + value + "']").first().check();
  }

  @Test void a_mediator_takes_the_next_asks_proposes_and_both_sides_accept() {
    var at = escalated("p-mediate", 129_900);
    var mia = staff(Role.MEDIATOR, "mia", "/queue");
    picture(mia, "queue");
    assertThat(mia.locator(".tabs").innerText()).contains("Nobody has it");
    mia.navigate(at(at));
    press(mia, "Take it");
    done(mia);
    assertThat(status(at)).isEqualTo("MEDIATING");
    picture(mia, "mediator-dispute");
    open(mia, "Write a note");
    mia.getByLabel("Note", new Page.GetByLabelOptions().setExact(true)).fill("The shop is <b>known</b> for this.");
    press(mia, "Keep the note");
    done(mia);
    assertThat(mia.locator(".said .text").allInnerTexts()).contains("The shop is <b>known</b> for this.");
    open(mia, "Ask for evidence");
    choose(mia, "/evidence-requests", "requests.MERCHANT", "LISTING_SNAPSHOT");
    press(mia, "Ask for it");
    done(mia);
    assertThat(status(at)).isEqualTo("AWAITING_EVIDENCE");
    advance("p-mediate", "PT49H");
    mia.reload();
    open(mia, "Propose a settlement");
    mia.locator("#propose-remedy").selectOption("PARTIAL_REFUND");
    mia.locator("#propose-amount").fill("600");
    mia.locator("#propose-text").fill("Keep the phone and get a part of the money back.");
    press(mia, "Send the proposal");
    done(mia);
    assertThat(status(at)).isEqualTo("PROPOSED");

    var li = signedIn(browser.page("zh-CN", 390, 844, false), Role.BUYER, "buyer-1", at);
    picture(li, "buyer-proposal-zh-phone");
    press(li, "接受调解方案");
    done(li);
    var shop = staff(Role.MERCHANT_OWNER, "shop-1", at);
    assertThat(shop.locator("body").innerText()).doesNotContain("known");
    press(shop, "Accept the proposal");
    done(shop);
    assertThat(status(at)).isEqualTo("CONFIRMING");
  }

  @Test void a_decision_shows_what_it_does_waits_for_a_second_person_and_is_appealed() {
    var at = escalated("p-decide", 900_000);
    var mia = plain(Role.MEDIATOR, "mia", at);
    press(mia, "Take it");
    open(mia, "Decide");
    choose(mia, "/decision", "outcome", "DECIDED_SPLIT");
    choose(mia, "/decision", "liable", "BOTH");
    mia.locator("#decide-remedy").selectOption("PARTIAL_REFUND");
    mia.locator("#decide-amount").fill("99,999.00");
    mia.locator("#reasons").fill("Both are right in part.");
    press(mia, "See what it does");
    assertThat(mia.locator(".problem").innerText()).isNotEmpty();
    assertThat(mia.locator("#reasons").inputValue()).isEqualTo("Both are right in part.");
    mia.locator("#decide-amount").fill("6000");
    press(mia, "See what it does");
    assertThat(mia.locator(".preview").innerText()).contains("6,000.00").contains("A second person has to approve")
        .contains("Each side can appeal until").contains("3,000.00");
    assertThat(status(at)).isEqualTo("MEDIATING");
    picture(mia, "decision-preview");
    mia.locator(".preview button").click();
    assertThat(mia.locator(".preview").innerText()).contains("A decision waits for a second person");
    assertThat(button(mia, "Approve the decision").count()).isZero();

    var lea = plain(Role.MEDIATOR_LEAD, "lea", "/queue?pile=APPROVALS");
    picture(lea, "queue-approvals");
    lea.locator(".line[href='" + at + "']").click();
    open(lea, "Send it back");
    lea.locator("form[action$='/rejection'] textarea").fill("Say what the picture shows.");
    press(lea, "Send it back");
    mia.reload();
    decide(mia, "6000");
    lea.reload();
    press(lea, "Approve the decision");
    assertThat(status(at)).isEqualTo("DECIDED");

    var shop = plain(Role.MERCHANT_OWNER, "shop-1", at);
    assertThat(shop.locator("#decision ~ .text").first().innerText()).isEqualTo("Both are right in part.");
    open(shop, "Appeal");
    choose(shop, "/appeal", "ground", "NEW_EVIDENCE");
    shop.locator("#appeal-text").fill("A new picture.");
    press(shop, "Send the appeal");
    var li = signedIn(browser.page("zh-CN", 390, 844, false), Role.BUYER, "buyer-1", at);
    picture(li, "buyer-decision-zh-phone");
    press(li, "接受判定，不申诉");
    done(li);
    assertThat(status(at)).isEqualTo("APPEALED");
    appealed(at);
  }

  private static void decide(Page page, String amount) {
    open(page, "Decide");
    choose(page, "/decision", "outcome", "DECIDED_SPLIT");
    choose(page, "/decision", "liable", "BOTH");
    page.locator("#decide-remedy").selectOption("PARTIAL_REFUND");
    page.locator("#decide-amount").fill(amount);
    page.locator("#reasons").fill("Both are right in part.");
    press(page, "See what it does");
    page.locator(".preview button").click();
  }

  private static void appealed(String at) {
    var leo = staff(Role.MEDIATOR_LEAD, "leo", at);
    open(leo, "Decide the appeal");
    choose(leo, "/appeal-decision", "outcome", "DECIDED_FOR_MERCHANT");
    choose(leo, "/appeal-decision", "liable", "NEITHER");
    leo.locator("#reasons").fill("The new picture shows the phone as it was sold.");
    press(leo, "See what it does");
    leo.locator(".preview[aria-labelledby=foresight]").waitFor();
    assertThat(leo.locator(".preview").innerText()).contains("final at once").contains("9,000.00");
    picture(leo, "appeal-preview");
    leo.locator(".preview button").click();
    done(leo);
    assertThat(status(at)).isEqualTo("CLOSED");
  }

  @Test void a_mediator_steps_back_a_lead_gives_it_to_somebody_and_it_goes_back_to_the_two_sides() {
    var at = escalated("p-back", 129_900);
    var mia = plain(Role.MEDIATOR, "mia", at);
    press(mia, "Take it");
    open(mia, "Step back");
    mia.locator("form[action$='/recusal'] textarea").fill("I know the shop.");
    press(mia, "Step back");
    assertThat(status(at)).isEqualTo("MEDIATION_QUEUED");
    var lea = plain(Role.MEDIATOR_LEAD, "lea", at);
    open(lea, "Give it to a mediator");
    lea.locator("#mediator").fill("max");
    press(lea, "Give it to them");
    var max = plain(Role.MEDIATOR, "max", "/queue?pile=MINE");
    max.locator(".line[href='" + at + "']").click();
    open(max, "See contacts");
    max.locator("#reveal").fill("She asked to be called.");
    press(max, "See them");
    assertThat(max.locator(".preview").innerText()).contains("li@example.org");
    max.navigate(at(at));
    assertThat(max.locator("main").innerText()).doesNotContain("li@example.org");
    open(max, "Add a tag");
    max.locator("#tag").fill("repeat-shop");
    press(max, "Add it");
    assertThat(max.locator(".tag").allInnerTexts()).contains("repeat-shop");
    open(max, "Give it back to the two sides");
    press(max, "Give it back");
    assertThat(status(at)).isEqualTo("AWAITING_MERCHANT");
  }

  private static String settled(String payment) {
    var at = filed(payment, 129_900);
    ok(server.post(merchant, "/v1" + at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":129900,\"currency\":\"CNY\",\"executor\":\"MERCHANT\"}}"));
    ok(server.post(buyer, "/v1" + at + "/offers/1/acceptance", ""));
    return at;
  }

  @Test void a_verifier_sees_the_board_signs_and_deals_with_a_problem() {
    var at = settled("p-verify");
    var vera = staff(Role.VERIFIER, "vera", "/board");
    assertThat(vera.locator("#pile-CONFIRMATIONS").innerText()).contains("1");
    picture(vera, "board");
    vera.navigate(at(at));
    open(vera, "Ask for the facts again");
    press(vera, "The payment");
    done(vera);
    advance("p-verify", "PT25H");
    advance("p-verify", "P2D");
    assertThat(status(at)).isEqualTo("EXCEPTION");
    vera.navigate(at(at));
    picture(vera, "verifier-exception");
    open(vera, "Seen: let it go on");
    press(vera, "Sign");
    done(vera);
    var shop = plain(Role.MERCHANT_OWNER, "shop-1", at);
    assertThat(shop.locator("h2[id^=finding-]").count()).isPositive();
    open(vera, "Hand it to mediation");
    vera.locator("form[action$='/mediation'] textarea").fill("The shop does not pay.");
    press(vera, "Hand it over");
    done(vera);
    assertThat(status(at)).isEqualTo("MEDIATION_QUEUED");
  }

  @Test void finance_brings_in_a_statement_explains_a_record_and_looks_at_what_is_owed() {
    var fay = staff(Role.FINANCE, "fay", "/books");
    picture(fay, "books");
    fay.navigate(at("/books/statements"));
    fay.locator("#file").setInputFiles(new com.microsoft.playwright.options.FilePayload("nothing.txt", "text/plain",
        "This is no statement.".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    press(fay, "Bring it in");
    fay.locator(".problem").waitFor();
    picture(fay, "books-statement-refused");
    for (var page : new String[] {"/books/strays", "/books/receivables", "/books/clearing"}) {
      fay.navigate(at(page));
      assertThat(fay.locator("h1").count()).isOne();
    }
  }

  @Test void everybody_begins_where_their_work_is_and_nobody_sees_anothers() {
    for (var start : new Object[][] {{Role.MEDIATOR, "mia", "/queue"}, {Role.MEDIATOR_LEAD, "lea", "/queue"},
        {Role.VERIFIER, "vera", "/board"}, {Role.FINANCE, "fay", "/books"}, {Role.BUYER, "buyer-1", "/disputes"}}) {
      var page = plain((Role) start[0], (String) start[1], "/notices");
      page.navigate(at("/"));
      assertThat(page.url()).isEqualTo(at((String) start[2]));
    }
    var li = plain(Role.BUYER, "buyer-1", "/notices");
    for (var page : new String[] {"/queue", "/board", "/books", "/books/strays", "/books/statements"}) {
      assertThat(li.navigate(at(page)).status()).as(page).isEqualTo(403);
    }
  }
}
