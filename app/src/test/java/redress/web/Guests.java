package redress.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.api.Server;
import redress.door.Sessions;
import redress.house.Browser;
import redress.store.SignIns.Person;

/** A centre with a Chromium in which everybody is signed in already, in whatever language they like. */
final class Guests implements AutoCloseable {
  private static final int PATIENCE = 10_000;

  final Server server = new Server();
  final Cases cases = new Cases(server);
  private final Browser browser = Browser.open();
  private final Map<String, Page> pages = new HashMap<>();

  String url(String path) {
    return "http://127.0.0.1:" + server.centre.port() + path;
  }

  /** The page {@code guest} has at a desk in this language; always the same one, so that it costs little. */
  Page page(Guest guest, String language) {
    return pages.computeIfAbsent(guest + language, it -> fresh(guest, language, 1280, 900));
  }

  /** A page of its own for {@code guest}, on a screen of this size. */
  Page fresh(Guest guest, String language, int width, int height) {
    return signedIn(browser.page(language.equals("zh") ? "zh-CN" : "en", width, height, false), guest, language);
  }

  /** A page of its own in a browser that runs no scripts. */
  Page plain(Guest guest, String language) {
    return signedIn(browser.plain(language.equals("zh") ? "zh-CN" : "en"), guest, language);
  }

  private Page signedIn(Page page, Guest guest, String language) {
    page.setDefaultTimeout(PATIENCE);
    page.context().addCookies(List.of(new Cookie("language", language).setUrl(url("/"))));
    if (guest != Guest.NOBODY) signIn(page.context(), guest);
    return page;
  }

  private void signIn(BrowserContext context, Guest guest) {
    context.request().post(url(link(guest, "/notices")));
  }

  /** A link that opens once, and where it leads. */
  String link(Guest guest, String leads) {
    var person = new Person(guest.role, guest.subject, guest.subject, Long.MAX_VALUE, Set.of(), false);
    return "/in/" + server.centre.the(Sessions.class).link(person, leads, Duration.ofHours(1)).secret();
  }

  @Override public void close() {
    browser.close();
    server.close();
  }
}
