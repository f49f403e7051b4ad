package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;

/**
 * The worked example as three people live it: Li on a phone in Chinese, the shop at a desk in English, the verifier at
 * another. A phone not as described, talked about, settled by a full refund, checked on three days, praised, shown.
 */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class WorkedExampleTest {
  private static final String PAYMENT = "p-example";
  private static Guests guests;
  private static Page li;
  private static Page shop;
  private static Page vera;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
    li = guests.fresh(Guest.LI, "zh", 390, 844);
    shop = guests.fresh(Guest.SHOP, "en", 1280, 900);
    vera = guests.fresh(Guest.VERA, "en", 1280, 900);
  }

  @AfterAll static void close() {
    if (guests != null) guests.close();
  }

  /** Presses a button and waits for the page that answers. */
  private static void press(Page page, String name) {
    page.evaluate("document.querySelector('main').dataset.old = 'yes'");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).first().click();
    page.locator("main[data-old]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  private static void open(Page page, String path) {
    page.navigate(guests.url(path));
  }

  @Clicks({"File", "SendMessage", "MakeOffer", "DeclineOffer", "AcceptOffer", "SubmitStatement",
      "AnswerFollowUp", "GiveFeedback"})
  @Test void li_and_the_shop_settle_and_the_result_is_checked_on_three_days_and_shown() {
    guests.cases.paid(PAYMENT, 129_900);
    var at = filed();
    talked(at);
    agreed(at);
    checked(at);
    shown(at);
  }

  /** Li files on the phone, with a photo; the address of the dispute. */
  private static String filed() {
    open(li, "/file");
    li.locator("button[value='" + PAYMENT + "']").click();
    li.waitForURL(Pattern.compile(".*/problem"));
    li.locator("input[value=NOT_AS_DESCRIBED]").check();
    li.locator("#description").fill("手机与描述不符，屏幕有划痕。");
    press(li, "下一步");
    li.locator("input[value=FULL_REFUND]").check();
    press(li, "下一步");
    li.locator("#files").setInputFiles(new FilePayload("屏幕.png", "image/png", Drawn.photo("li")));
    press(li, "添加");
    li.locator("#added").waitFor();
    li.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("下一步").setExact(true)).click();
    li.waitForURL(Pattern.compile(".*/review"));
    press(li, "提交纠纷单");
    li.waitForURL(Pattern.compile(".*/filed"));
    var url = li.url();
    return url.substring(guests.url("").length(), url.length() - "/filed".length());
  }

  /** The platform tells each side what the other says; a first offer is not enough. */
  private static void talked(String at) {
    guests.cases.advance(PAYMENT, "PT1M");
    open(shop, "/notices");
    assertThat(shop.locator("main").innerText()).contains(at.substring("/disputes/".length()));
    open(shop, at);
    shop.getByLabel("Write a message").fill("We are sorry. Is the box there as well?");
    press(shop, "Send");
    open(li, at);
    assertThat(li.locator(".said .text").last().innerText()).contains("Is the box there as well?");
    li.getByLabel("发送消息").fill("盒子也在。");
    press(li, "发送");
    shop.reload();
    shop.locator("#make-offer").click();
    shop.getByLabel("What would put it right?").selectOption("PARTIAL_REFUND");
    shop.getByLabel("Amount of the refund").fill("300");
    press(shop, "Send the offer");
    li.reload();
    Stops.open(li, "form[action$='/decline']");
    li.locator("form[action$='/decline'] textarea").fill("我要全额退款。");
    press(li, "拒绝方案");
  }

  /** A full refund by the platform is offered, accepted on the phone, and the shop says how. */
  private static void agreed(String at) {
    shop.reload();
    shop.locator("#make-offer").click();
    shop.getByLabel("What would put it right?").selectOption("FULL_REFUND");
    shop.getByLabel("Amount of the refund").fill("1,299.00");
    press(shop, "Send the offer");
    li.reload();
    assertThat(li.locator(".offer .big").first().innerText()).contains("1,299.00");
    press(li, "接受");
    assertThat(li.locator(".settled .big").innerText()).contains("1,299.00");
    shop.reload();
    shop.getByLabel("Say how and when you will keep the agreement").fill("We pay everything back today.");
    press(shop, "Send statement");
    open(vera, "/board");
    assertThat(vera.locator(".card a[href='" + at + "']").count()).isOne();
  }

  /** Day 1 the record, day 2 what Li says, day 3 that it is complete: each seen by the verifier. */
  private static void checked(String at) {
    guests.cases.advance(PAYMENT, "PT1H");
    open(vera, at);
    assertThat(vera.locator("h1").innerText()).isEqualTo("Day 1: records are checked");
    guests.cases.advance(PAYMENT, "PT24H");
    open(li, at + "/follow-up");
    li.locator("button[value=SATISFIED]").click();
    li.locator(".done[role=status]").waitFor();
    vera.reload();
    assertThat(vera.locator(".timeline").innerText()).contains("The buyer answered: satisfied");
    guests.cases.advance(PAYMENT, "PT24H");
    vera.reload();
    assertThat(vera.locator("h1").innerText()).startsWith("Day 3");
    guests.cases.advance(PAYMENT, "PT24H");
    vera.reload();
    assertThat(vera.locator("h1").innerText()).isEqualTo("The agreement was kept.");
  }

  /** Li praises the platform; both let the result be shown; a stranger sees it, and nobody's name. */
  private static void shown(String at) {
    open(li, at);
    Stops.open(li, "form[action$='/feedback']");
    li.locator("input[name=rating][value='5']").check();
    li.locator("#opinion").fill("平台处理又快又公平。");
    press(li, "提交评价");
    open(li, at + "/result");
    assertThat(li.locator(".checks .passed").count()).isEqualTo(3);
    press(li, "同意公开结果");
    open(shop, at + "/result");
    press(shop, "Agree to show the result");
    var certificate = shop.locator("a[href^='/certificates/']").first().getAttribute("href");
    var stranger = guests.page(Guest.NOBODY, "en");
    open(stranger, certificate);
    assertThat(stranger.locator("main").innerText()).contains("1,299.00").doesNotContain("Li Na", "buyer-1");
  }
}
