package redress.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import redress.api.Server;
import redress.door.Sessions;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** What people do on pages in a test: come in by a link, press buttons, have a picture taken. */
final class Visit {
  private static final Path PICTURES = Path.of("target", "pages");
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
  private static final String NAMELESS = """
      [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href], img')].filter(it => {
        const label = it.labels && it.labels.length ? it.labels[0].textContent : '';
        return !(label + it.textContent + (it.getAttribute('aria-label') || '') + (it.alt || '')).trim();
      }).map(it => it.outerHTML)""";

  private final Server server;

  Visit(Server server) {
    this.server = server;
  }

  String at(String path) {
    return "http://127.0.0.1:" + server.centre.port() + path;
  }

  /** Somebody with this page who has come in by a link and pressed its button. */
  Page of(Page page, Role role, String subject, String leads) {
    var link = server.centre.the(Sessions.class).link(
        new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), leads, Duration.ofHours(1));
    page.navigate(at("/in/" + link.secret()));
    page.locator("main button").click();
    page.waitForURL(at(leads) + "**");
    return page;
  }

  /** The same page where its reader has chosen this language before. */
  Page speaking(Page page, String language) {
    page.context().addCookies(List.of(new Cookie("language", language.startsWith("zh") ? "zh" : "en").setUrl(at("/"))));
    return page;
  }

  /** Takes a picture, and looks at what every page must keep to: nothing to the side, no field without a name. */
  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    if (!Boolean.TRUE.equals(page.evaluate(FITS))) throw new AssertionError(name + " is wider than its screen");
    var nameless = page.evaluate(NAMELESS).toString();
    if (!nameless.equals("[]")) throw new AssertionError(name + " has fields without a name: " + nameless);
  }

  /** Presses the button with this very name. */
  static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
  }

  /** Follows the link with this very name. */
  static void follow(Page page, String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).first().click();
  }
}
