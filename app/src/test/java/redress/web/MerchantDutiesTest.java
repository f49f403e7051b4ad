package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visitors.picture;
import static redress.web.Visitors.press;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server.Reply;
import redress.house.Browser;
import redress.policy.Role;

/** Every step of docs/domain.md, section 3, that a merchant makes on the page of a dispute, made by clicking. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class MerchantDutiesTest {
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

  /** A dispute by a test clock of its own; its address. */
  private static String filed(String payment) {
    ok(visitors.server.post(platform, "/v1/test-clocks",
        "{\"id\":\"clock-%s\",\"now\":\"2026-03-02T08:00:00Z\"}".formatted(payment)));
    ok(visitors.server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET","testClock":"clock-%s"}""".formatted(payment)));
    ok(visitors.server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    return "/disputes/" + ok(visitors.server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"DEFECTIVE_OR_DAMAGED","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It does not turn on."}""".formatted(payment))).json().path("id").asString();
  }

  private static void advance(String payment, String by) {
    ok(visitors.server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  private static void said(String path, String body) {
    ok(visitors.server.post(buyer, "/v1" + path, body));
  }

  private static String status(String at) {
    return ok(visitors.server.get(buyer, "/v1" + at)).json().path("status").asString();
  }

  /** The shop without scripts, so that each press is a page of its own. */
  private static Page shop(String at) {
    return visitors.plain(Role.MERCHANT_OWNER, "shop-1", at);
  }

  private static void offer(Page shop, String remedy) {
    shop.locator("#make-offer").click();
    shop.getByLabel("What would put it right?").selectOption(remedy);
  }

  /** Agreed on what the shop offered, confirmed, and being kept. */
  private static void performing(Page shop, String at, String payment) {
    said(at + "/offers/1/acceptance", "{}");
    shop.reload();
    shop.getByLabel("Say how and when you will keep the agreement").fill("At once.");
    press(shop, "Send statement");
    advance(payment, "PT1H");
    assertThat(status(at)).isEqualTo("PERFORMING");
    shop.navigate(visitors.at(at));
  }

  @Clicks({"MakeOffer", "SubmitStatement", "AcknowledgeReturn", "ReportPerformance"})
  @Test void a_return_is_offered_confirmed_and_paid_by_the_shop_itself() {
    var at = filed("p-return");
    var shop = shop(at);
    picture(shop, "merchant-dispute-checklist");
    assertThat(shop.locator(".helps li").count()).isPositive();
    offer(shop, "RETURN_AND_REFUND");
    shop.getByText("More: a sum on top, who pays").click();
    shop.getByLabel("A sum to make up for the trouble").fill("50");
    shop.getByLabel("Who carries out the payment?").selectOption("MERCHANT");
    press(shop, "Send the offer");
    assertThat(shop.locator(".offer").innerText()).contains("CN¥50.00").contains("CN¥1,299.00");
    performing(shop, at, "p-return");
    var promised = visitors.server.get(buyer, "/v1" + at).json().path("settlement").path("obligations");
    assertThat(promised.get(0).path("kind").asString()).as(promised.toString()).isEqualTo("RETURN_ITEM");
    said(at + "/obligations/" + promised.get(0).path("number").asInt() + "/shipment", "{\"tracking\":\"SF 123\"}");
    shop.reload();
    shop.getByText("Say how the return arrived").click();
    shop.getByText("As it was sent out").click();
    press(shop, "Confirm the return");
    picture(shop, "merchant-dispute-performing");
    for (int promises = 0; promises < 2; promises++) {
      shop.getByText("Report it as done").first().click();
      shop.getByLabel("Where can it be checked?").first().fill("refund-4711");
      press(shop, "Report as done");
    }
    assertThat(status(at)).isEqualTo("AUDITING");
    assertThat(shop.locator(".settled").innerText()).contains("reported as done");
  }

  @Clicks("Cure")
  @Test void a_promise_in_kind_that_was_forgotten_is_found_and_cured() {
    var at = filed("p-cure");
    var shop = shop(at);
    offer(shop, "REPLACEMENT");
    assertThat(shop.getByLabel("Amount of the refund").isVisible()).isFalse();
    shop.getByLabel("What the buyer gets if you do not keep it").fill("1299");
    press(shop, "Send the offer");
    performing(shop, at, "p-cure");
    advance("p-cure", "P5DT1H");
    assertThat(status(at)).isEqualTo("EXCEPTION");
    shop.reload();
    picture(shop, "merchant-dispute-finding");
    var phone = visitors.phone(Role.MERCHANT_OWNER, "shop-1", "zh-CN", at);
    picture(phone, "merchant-dispute-finding-zh-phone");
    assertThat(shop.locator("main").innerText()).contains("The merchant did not keep a promise in time.");
    shop.getByLabel("What proves that you put it right?").fill("Sent with SF 456.");
    press(shop, "It is put right");
    assertThat(status(at)).isNotEqualTo("EXCEPTION");
  }

  @Clicks("WaiveObligation")
  @Test void a_shop_gives_up_its_own_claim_to_a_return() {
    var at = filed("p-waive");
    var shop = shop(at);
    offer(shop, "RETURN_AND_REFUND");
    press(shop, "Send the offer");
    performing(shop, at, "p-waive");
    shop.getByText("Give this claim up").click();
    press(shop, "Give it up");
    assertThat(shop.locator(".settled").innerText()).contains("given up by the side it was owed to");
  }

  @Clicks({"WithdrawOffer", "Escalate", "RefundNow", "AcceptOffer"})
  @Test void a_shop_accepts_withdraws_calls_the_platform_in_and_refunds() {
    var at = filed("p-four");
    var shop = shop(at);
    offer(shop, "PARTIAL_REFUND");
    shop.getByLabel("Amount of the refund").fill("100");
    press(shop, "Send the offer");
    press(shop, "Take the offer back");
    assertThat(shop.locator(".offer").count()).isZero();
    offer(shop, "PARTIAL_REFUND");
    shop.getByLabel("Amount of the refund").fill("200");
    press(shop, "Send the offer");
    said(at + "/offers/2/decline", "{\"reason\":\"Too little.\"}");
    shop.reload();
    shop.locator("summary", new Page.LocatorOptions().setHasText("Call the platform in")).click();
    press(shop, "Call the platform in");
    assertThat(status(at)).isEqualTo("MEDIATION_QUEUED");
    shop.locator("summary", new Page.LocatorOptions().setHasText("Refund everything now")).click();
    press(shop, "Refund CN¥1,299.00");
    assertThat(status(at)).isEqualTo("CONFIRMING");
    var other = filed("p-accept");
    said(other + "/offers",
        "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":60000,\"currency\":\"CNY\"}}");
    shop.navigate(visitors.at(other));
    press(shop, "Accept");
    assertThat(status(other)).isEqualTo("CONFIRMING");
  }
}
