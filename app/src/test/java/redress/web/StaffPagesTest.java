package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
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
  private static final Set<Page> PLAIN = new HashSet<>();
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
    var page = browser.plain("en");
    PLAIN.add(page);
    return signedIn(page, role, subject, leads);
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

  /** A party is told things in the language it is registered with, until it chooses another. */
  private static Page chinese(Page page) {
    page.locator("button[name=language]").click();
    page.locator("html[lang=zh-CN]").waitFor();
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Presses a button and waits until what came of it is there. */
  private static void press(Page page, String name) {
    press(page, button(page, name).first());
  }

  private static void press(Page page, Locator button) {
    boolean plain = PLAIN.contains(page);
    if (!plain) page.evaluate("document.querySelector('main').dataset.old = 'yes'");
    button.click();
    if (!plain) {
      page.locator("main[data-old]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }
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

  @Clicks({"Assign", "AddNote", "RequestEvidence", "ProposeSettlement", "AcceptProposal"})
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

    var li = chinese(signedIn(browser.page("zh-CN", 390, 844, false), Role.BUYER, "buyer-1", at));
    picture(li, "buyer-proposal-zh-phone");
    press(li, "接受调解方案");
    done(li);
    var shop = staff(Role.MERCHANT_OWNER, "shop-1", at);
    assertThat(shop.locator("body").innerText()).doesNotContain("known");
    press(shop, "Accept the proposal");
    done(shop);
    assertThat(status(at)).isEqualTo("CONFIRMING");
  }

  @Clicks({"Decide", "RejectDecision", "ApproveDecision", "Appeal", "WaiveAppeal", "DecideAppeal"})
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
    press(mia, mia.locator(".preview button"));
    assertThat(mia.locator(".preview").innerText()).contains("A decision waits for a second person");
    assertThat(button(mia, "Approve the decision").count()).isZero();
    approvedAtLast(at, mia);
    disliked(at);
    assertThat(status(at)).isEqualTo("APPEALED");
    appealed(at);
  }

  /** The lead sends the decision back once; the second one is approved. */
  private static void approvedAtLast(String at, Page mia) {
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
  }

  /** The merchant appeals, the buyer accepts. */
  private static void disliked(String at) {
    var shop = plain(Role.MERCHANT_OWNER, "shop-1", at);
    assertThat(shop.locator("#decision ~ .text").first().innerText()).isEqualTo("Both are right in part.");
    open(shop, "Appeal");
    choose(shop, "/appeal", "ground", "NEW_EVIDENCE");
    shop.locator("#appeal-text").fill("A new picture.");
    press(shop, "Send the appeal");
    var li = chinese(signedIn(browser.page("zh-CN", 390, 844, false), Role.BUYER, "buyer-1", at));
    picture(li, "buyer-decision-zh-phone");
    press(li, "接受判定，不申诉");
    done(li);
  }

  private static void decide(Page page, String amount) {
    open(page, "Decide");
    choose(page, "/decision", "outcome", "DECIDED_SPLIT");
    choose(page, "/decision", "liable", "BOTH");
    page.locator("#decide-remedy").selectOption("PARTIAL_REFUND");
    page.locator("#decide-amount").fill(amount);
    page.locator("#reasons").fill("Both are right in part.");
    press(page, "See what it does");
    press(page, page.locator(".preview button"));
  }

  private static void appealed(String at) {
    var leo = staff(Role.MEDIATOR_LEAD, "leo", at);
    open(leo, "Decide the appeal");
    choose(leo, "/appeal-decision", "outcome", "DECIDED_FOR_MERCHANT");
    choose(leo, "/appeal-decision", "liable", "NEITHER");
    leo.locator("#reasons").fill("The new picture shows the phone as it was sold.");
    press(leo, "See what it does");
    picture(leo, "appeal-preview");
    assertThat(leo.locator(".preview").innerText()).contains("final at once").contains("9,000.00");
    press(leo, leo.locator(".preview button"));
    done(leo);
    assertThat(status(at)).isEqualTo("CLOSED");
  }

  @Clicks({"Recuse", "Reassign", "RevealPersonalData", "Tag", "ReturnToNegotiation"})
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
    return settled(payment, 129_900);
  }

  /** Agreed: the merchant pays everything back itself, and does not. */
  private static String settled(String payment, long minor) {
    var at = filed(payment, minor);
    ok(server.post(merchant, "/v1" + at + "/offers", """
        {"terms":{"remedy":"FULL_REFUND","amount":%d,"currency":"CNY","executor":"MERCHANT"}}""".formatted(minor)));
    ok(server.post(buyer, "/v1" + at + "/offers/1/acceptance", ""));
    return at;
  }

  @Clicks({"SignFinding", "SendToMediation"})
  @Test void a_verifier_sees_the_board_signs_and_deals_with_a_problem() {
    var at = settled("p-verify");
    var vera = staff(Role.VERIFIER, "vera", "/board");
    assertThat(vera.locator(".card a[href='" + at + "']").count()).isOne();
    picture(vera, "board");
    vera.navigate(at(at));
    open(vera, "Ask for the facts again");
    press(vera, "The payment");
    done(vera);
    advance("p-verify", "PT25H");
    advance("p-verify", "PT24H");
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

  @Clicks({"RefuteFinding", "ReopenNegotiation"})
  @Test void a_problem_that_is_none_is_struck_out_and_another_goes_back_to_the_two_sides() {
    var at = settled("p-refute");
    advance("p-refute", "PT25H");
    advance("p-refute", "PT24H");
    var vera = plain(Role.VERIFIER, "vera", at);
    open(vera, "It is no problem");
    vera.locator("form[action$='/refutation'] textarea").first().fill("The bank confirms that it was paid in cash.");
    press(vera, "Strike it out");
    assertThat(status(at)).isNotEqualTo("EXCEPTION");
    assertThat(vera.locator(".found.over").first().innerText()).contains("was no problem after all")
        .contains("paid in cash");
    var other = settled("p-again");
    advance("p-again", "PT25H");
    advance("p-again", "PT24H");
    vera.navigate(at(other));
    open(vera, "Let the two sides negotiate again");
    vera.locator("form[action$='/renegotiation'] textarea").fill("They have talked on the phone.");
    press(vera, "Let them negotiate again");
    assertThat(status(other)).isEqualTo("AWAITING_MERCHANT");
  }

  @Clicks({"RejectPayout", "ApprovePayout", "AnswerFollowUp"})
  @Test void a_large_payment_is_approved_by_finance_and_the_buyer_is_asked_on_the_phone() {
    var at = settled("p-payout", 900_000);
    advance("p-payout", "PT25H");
    advance("p-payout", "PT24H");
    advance("p-payout", "PT25H");
    var fay = staff(Role.FINANCE, "fay", "/books");
    picture(fay, "books-payout");
    fay.locator(".line[href='" + at + "']").click();
    fay.waitForURL(at(at));
    picture(fay, "finance-dispute");
    open(fay, "Do not pay");
    fay.locator("form[action$='/payout/rejection'] textarea").fill("Not before the shop was called.");
    press(fay, "Reject the payment");
    advance("p-payout", "PT25H");
    fay.reload();
    press(fay, "Approve the payment");
    done(fay);
    for (int days = 0; days < 4 && !status(at).equals("FOLLOWING_UP"); days++) {
      signAll(at);
      advance("p-payout", "PT24H");
    }
    assertThat(status(at)).isEqualTo("FOLLOWING_UP");
    var vera = signedIn(browser.page("en", 390, 844, false), Role.VERIFIER, "vera", at);
    open(vera, "Record a phone follow-up");
    picture(vera, "verifier-phone-follow-up-phone");
    choose(vera, "/follow-up", "answer", "SATISFIED");
    press(vera, "Record the answer");
    done(vera);
    assertThat(ok(server.get(buyer, "/v1" + at)).json().path("followUp").path("answer").asString())
        .isEqualTo("SATISFIED");
  }

  private static void signAll(String at) {
    var vera = plain(Role.VERIFIER, "vera", at);
    while (vera.locator("form[action$='/signature']").count() > 0) {
      open(vera, "Seen: let it go on");
      press(vera, "Sign");
    }
  }

  @Test void pages_of_staff_speak_chinese_and_fit_a_phone() {
    settled("p-chinese");
    escalated("p-chinese-queue", 650_000);
    for (var start : new Object[][] {{Role.MEDIATOR_LEAD, "lea", "/queue"}, {Role.VERIFIER, "vera", "/board"},
        {Role.FINANCE, "fay", "/books/statements"}}) {
      var page = signedIn(browser.page("zh-CN", 390, 844, false), (Role) start[0], (String) start[1],
          (String) start[2]);
      picture(page, ((String) start[2]).substring(1).replace('/', '-') + "-zh-phone");
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo("zh-CN");
      page.setViewportSize(320, 700);
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= 320"))
          .as(start[2] + " fits 320 pixels").isTrue();
    }
  }

  private static byte[] sample(String name) throws IOException {
    try (var in = StaffPagesTest.class.getResourceAsStream("/statements/made/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static void bring(Page page, String name, byte[] bytes) {
    page.navigate(at("/books/statements"));
    page.locator("#book").fill("WX-1");
    page.locator("#file").setInputFiles(new FilePayload(name, "text/csv", bytes));
    press(page, "Bring it in");
  }

  @Test void finance_brings_in_a_statement_and_explains_a_record() throws IOException {
    stated();
    var fay = staff(Role.FINANCE, "fay", "/books");
    picture(fay, "books");
    bring(fay, "nothing.txt", "This is no statement.".getBytes(UTF_8));
    fay.locator(".problem").waitFor();
    picture(fay, "books-statement-refused");
    bring(fay, "bill.csv", sample("wechatpay-overlap-1.csv"));
    assertThat(fay.locator("h1").innerText()).isEqualTo("bill.csv");
    assertThat(fay.locator(".done").innerText()).contains("in the books");
    picture(fay, "books-statement");
    var paul = plain(Role.FINANCE, "paul", "/books/statements");
    bring(paul, "bill.csv", sample("wechatpay-overlap-1.csv"));
    assertThat(paul.locator(".done").innerText()).contains("imported before");
    bring(paul, "second.csv", sample("wechatpay-overlap-2.csv"));
    assertThat(paul.locator("#flaws").count()).isOne();
    paul.navigate(at("/books/strays"));
    press(paul, "Compare again with what is owed");
    picture(paul, "books-strays");
    assertThat(paul.locator("article.card").count()).isPositive();
    paul.locator("article.card textarea").first().fill("A tip of the shop's <i>own</i>.");
    press(paul, "Keep it");
    assertThat(paul.locator("article.card .text").allInnerTexts()).anyMatch(it -> it.contains("<i>own</i>"));
  }

  /** A payment of which a statement tells a refund that is not the one that was promised. */
  private static void stated() {
    ok(server.put(platform, "/v1/payments/p-stated", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","capturedAt":"2026-03-01T01:00:05Z",
         "provider":"WX-1","atProvider":"order-1"}"""));
    var filed = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"p-stated","reason":"OTHER","wish":"PARTIAL_REFUND","amount":10000,"currency":"CNY",
         "description":"It is not what I ordered."}"""));
    var at = "/v1/disputes/" + filed.json().path("id").asString();
    ok(server.post(merchant, at + "/offers", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":1000,"currency":"CNY","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
  }

  @Test void finance_approves_what_somebody_else_asked_for_and_records_what_is_paid_back() {
    var finn = server.key(Role.FINANCE, "finn");
    money(finn, "/v1/deposits/shop-1/top-ups", 900_000);
    money(finn, "/v1/deposits/shop-1/withdrawals", 600_000);
    money(finn, "/v1/deposits/shop-1/withdrawals", 600_001);
    var own = plain(Role.FINANCE, "finn", "/books");
    press(own, "Approve");
    assertThat(own.locator(".problem").innerText()).contains("second person");
    var fay = staff(Role.FINANCE, "fay", "/books");
    picture(fay, "books-waiting");
    press(fay, "Reject");
    press(fay, "Approve");
    assertThat(fay.locator(".done").innerText()).contains("Approved");
    for (var page : new String[] {"/books/receivables", "/books/clearing"}) {
      fay.navigate(at(page));
      assertThat(fay.locator("h1").count()).isOne();
    }
  }

  private static void money(String who, String path, long amount) {
    ok(server.post(who, path, "{\"amount\":%d,\"currency\":\"USD\",\"reference\":\"bank-%d\"}"
        .formatted(amount, amount), "Idempotency-Key", "m" + path.hashCode() + amount));
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
