package redress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visit.press;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext.GrantPermissionsOptions;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server;
import redress.house.Browser;
import redress.policy.Role;
import redress.push.Browsers;
import redress.store.Subscriptions.Subscription;

/** Push in a real browser: asking for it, and what its worker shows. Without a window, Chromium has no push service. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class PushPagesTest {
  private static final String CONTACT = "redress.push.contact";
  private static Server server;
  private static Browser browser;
  private static Visit visit;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    System.setProperty(CONTACT, "mailto:operator@example.org");
    try {
      server = new Server();
    } finally {
      System.clearProperty(CONTACT);
    }
    browser = Browser.open();
    visit = new Visit(server);
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static Page buyer() {
    var page = visit.of(browser.page("en", 390, 844, false), Role.BUYER, "buyer-1", "/settings/notices");
    page.context().grantPermissions(List.of("notifications"), new GrantPermissionsOptions().setOrigin(visit.at("")));
    return page;
  }

  @Test void a_browser_that_cannot_be_pushed_to_says_so_and_nothing_is_kept() {
    var page = buyer();
    assertThat(page.locator("[data-blocked]").isHidden()).isTrue();
    press(page, "Show notices on this device");
    page.locator("[data-blocked]:not([hidden])").waitFor();
    assertThat(page.locator("[data-blocked]").innerText()).contains("does not allow it");
    assertThat(page.locator("section[aria-labelledby=push]").innerText()).contains("No device shows notices yet.");
    page.context().close();
  }

  /** What the browser's own service would answer, and what is done with it. */
  @Test void a_browser_that_can_is_kept_and_can_be_let_go() {
    var page = buyer();
    var key = server.centre.the(Browsers.class).key();
    page.evaluate("""
        (point) => { PushManager.prototype.subscribe = async (asked) => ({ toJSON: () => ({
          endpoint: 'https://fcm.googleapis.com/fcm/send/' + asked.applicationServerKey.length,
          keys: { p256dh: point, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }) }); }""", key);
    press(page, "Show notices on this device");
    page.getByText("Devices that show notices: 1").waitFor();
    var kept = server.centre.the(Browsers.class).subscriptions().of("buyer-1", false);
    assertThat(kept).extracting(Subscription::endpoint)
        .containsExactly("https://fcm.googleapis.com/fcm/send/" + key.length());
    press(page, "Stop on all devices");
    page.getByText("No device shows notices yet.").waitFor();
    assertThat(server.centre.the(Browsers.class).subscriptions().of("buyer-1", false)).isEmpty();
    page.context().close();
  }

  @Test void the_worker_shows_what_is_pushed() {
    var page = buyer();
    var registration = new AtomicReference<>("");
    var tools = page.context().newCDPSession(page);
    tools.on("ServiceWorker.workerRegistrationUpdated", event -> event.getAsJsonArray("registrations")
        .forEach(it -> registration.set(it.getAsJsonObject().get("registrationId").getAsString())));
    tools.send("ServiceWorker.enable");
    page.evaluate("async () => { await navigator.serviceWorker.register('/push.js');"
        + " await navigator.serviceWorker.ready; }");
    page.waitForCondition(() -> !registration.get().isEmpty());
    var message = new JsonObject();
    message.addProperty("origin", visit.at(""));
    message.addProperty("registrationId", registration.get());
    message.addProperty("data", "{\"title\":\"已达成\",\"body\":\"Redress: <b>until</b>\",\"tag\":\"t0\","
        + "\"lang\":\"zh-CN\",\"url\":\"/notices\"}");
    tools.send("ServiceWorker.deliverPushMessage", message);
    page.waitForFunction("""
        async () => {
          const all = await (await navigator.serviceWorker.ready).getNotifications();
          return all.length && JSON.stringify(all.map(it => [it.title, it.body, it.tag, it.lang, it.data]))
            === JSON.stringify([['已达成', 'Redress: <b>until</b>', 't0', 'zh-CN', '/notices']]);
        }""");
    page.context().close();
  }
}
