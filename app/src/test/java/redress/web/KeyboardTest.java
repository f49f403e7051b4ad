package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;

/** Whole journeys by keys alone: Tab, Enter, Space and arrows, and wherever one is can be seen. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class KeyboardTest {
  private static final int MOST = 120;
  private static final String SEEN = """
      () => {
        const it = document.activeElement;
        if (it === document.body || it.id === 'main') return true;
        const style = getComputedStyle(it), box = it.getBoundingClientRect();
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0;
      }""";
  private static Guests guests;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
  }

  @AfterAll static void close() {
    if (guests != null) guests.close();
  }

  private static Page at(Guest guest, String path) {
    var page = guests.fresh(guest, "en", 1280, 900);
    page.navigate(guests.url(path));
    return page;
  }

  /** Presses Tab until the focus is on what {@code selector} finds first; every place on the way can be seen. */
  private static void reach(Page page, String selector) {
    for (int tabs = 0; tabs < MOST; tabs++) {
      page.keyboard().press("Tab");
      assertThat(page.evaluate(SEEN)).as("the focus can be seen").isEqualTo(true);
      if (Boolean.TRUE.equals(page.evaluate("it => document.activeElement.matches(it)", selector))) return;
    }
    throw new AssertionError("no way by keys to " + selector);
  }

  private static void type(Page page, String selector, String text) {
    reach(page, selector);
    page.keyboard().press("ControlOrMeta+a");
    page.keyboard().type(text);
  }

  private static void press(Page page, String selector) {
    reach(page, selector);
    page.evaluate("document.querySelector('main').dataset.old = 'yes'");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.locator("main[data-old]").count() == 0);
  }

  /** Opens what is folded: the focus is on its line, Space opens it. */
  private static void unfold(Page page, String inside) {
    reach(page, "details:has(" + inside + ") > summary");
    page.keyboard().press("Space");
  }

  /** Chooses one of several with arrows. */
  private static void choose(Page page, String name, String value) {
    reach(page, "input[name='" + name + "']");
    for (int steps = 0; steps < MOST; steps++) {
      var it = page.evaluate("document.activeElement.value");
      if (value.equals(it)) {
        page.keyboard().press("Space");
        return;
      }
      page.keyboard().press("ArrowDown");
    }
    throw new AssertionError("no " + value + " by keys");
  }

  @Clicks("File") @Test void a_buyer_files_by_keys() {
    guests.cases.paid("k-file", 129_900);
    var li = at(Guest.LI, "/file");
    press(li, "button[value='k-file']");
    choose(li, "reason", "NOT_AS_DESCRIBED");
    type(li, "#description", "The screen is scratched.");
    press(li, "form button.main");
    choose(li, "wish", "FULL_REFUND");
    press(li, "form button.main");
    li.waitForURL(Pattern.compile(".*/evidence"));
    press(li, "main a.main");
    li.waitForURL(Pattern.compile(".*/review"));
    press(li, "main form button.main");
    li.waitForURL(Pattern.compile(".*/filed"));
  }

  @Clicks({"MakeOffer", "AcceptOffer"}) @Test void an_offer_is_made_and_accepted_by_keys() {
    guests.cases.filed("k-offer");
    var shop = at(Guest.SHOP, guests.cases.at("k-offer"));
    unfold(shop, "form[action$='/offers']");
    reach(shop, "[name='terms.remedy']");
    shop.keyboard().type("A part");
    type(shop, "[name='terms.amount']", "600");
    press(shop, "form[action$='/offers'] button.main");
    var li = at(Guest.LI, guests.cases.at("k-offer"));
    press(li, "form[action$='/acceptance'] button");
    assertThat(guests.cases.status("k-offer")).isEqualTo("CONFIRMING");
  }

  @Test void a_shop_answers_several_by_keys() {
    guests.cases.filed("k-one");
    guests.cases.filed("k-two");
    var shop = at(Guest.SHOP, "/disputes?q=k-");
    for (var name : new String[] {"k-one", "k-two"}) {
      shop.navigate(guests.url("/disputes"));
      assertThat(shop.locator("input[value='" + guests.cases.at(name).substring(10) + "']").count()).isOne();
    }
    reach(shop, "[data-all]");
    shop.keyboard().press("Enter");
    shop.navigate(guests.url("/disputes"));
    reach(shop, "button[value=MESSAGE]");
    reach(shop, "input[name=pick]");
    shop.keyboard().press("Space");
    shop.keyboard().press("Shift+Tab");
    shop.keyboard().press("Shift+Tab");
    shop.keyboard().press("Enter");
    shop.waitForURL(Pattern.compile(".*/bulk.*"));
    type(shop, "#text", "We look into it.");
    press(shop, "form[action='/disputes/bulk'] button");
    assertThat(shop.locator("main [role=status]").innerText()).contains("1 of 1 done");
  }

  @Clicks("Decide") @Test void a_mediator_decides_by_keys() {
    guests.cases.mediating("k-decide", 129_900);
    var mia = at(Guest.MIA, guests.cases.at("k-decide"));
    unfold(mia, "form[action$='/decision']");
    choose(mia, "outcome", "DECIDED_FOR_BUYER");
    reach(mia, "#decide-remedy");
    mia.keyboard().type("A full");
    type(mia, "#decide-amount", "1299");
    choose(mia, "liable", "MERCHANT");
    type(mia, "#reasons", "The picture shows it.");
    press(mia, "form[action$='/decision'] button.main");
    press(mia, ".preview button");
    assertThat(guests.cases.status("k-decide")).isEqualTo("DECIDED");
  }

  @Test void the_first_key_leads_past_the_menu() {
    var li = at(Guest.LI, "/disputes");
    li.keyboard().press("Tab");
    assertThat(li.evaluate("document.activeElement.className")).isEqualTo("skip");
    li.keyboard().press("Enter");
    li.keyboard().press("Tab");
    assertThat(li.evaluate("document.activeElement.closest('main') !== null")).isEqualTo(true);
  }
}
