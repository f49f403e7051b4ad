package redress.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import redress.api.Server;
import redress.door.Sessions;
import redress.house.Browser;
import redress.policy.Role;
import redress.store.SignIns.Person;

/** A centre and a Chromium, and people who come in by a link and look at its pages. */
final class Visitors implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "pages");

  final Server server = new Server();
  private final Browser browser = Browser.open();

  Visitors() throws IOException {
    Files.createDirectories(PICTURES);
  }

  String at(String path) {
    return "http://127.0.0.1:" + server.centre.port() + path;
  }

  /** Somebody at a desk. */
  Page desk(Role role, String subject, String language, String leads) {
    return in(browser.page(language, 1280, 900, false), role, subject, leads);
  }

  /** Somebody with a phone in a dark room. */
  Page phone(Role role, String subject, String language, String leads) {
    var page = in(browser.page(language, 390, 844, true), role, subject, leads);
    if (language.startsWith("zh")) {
      press(page, "中文");
      page.locator("html[lang=zh-CN]").waitFor();
    }
    return page;
  }

  /** Somebody with the narrowest screen there is. */
  Page narrow(Role role, String subject, String leads) {
    return in(browser.page("en", 320, 640, false), role, subject, leads);
  }

  /** Somebody whose browser runs no scripts. */
  Page plain(Role role, String subject, String leads) {
    return in(browser.plain("en"), role, subject, leads);
  }

  /** Somebody who follows a link that leads in, and presses its button. */
  Page stranger(String link) {
    var page = browser.page("en", 1280, 900, false);
    page.navigate(link);
    page.locator("main button").click();
    page.waitForURL(at("/disputes") + "**");
    return page;
  }

  private Page in(Page page, Role role, String subject, String leads) {
    var link = server.centre.the(Sessions.class)
        .link(new Person(role, subject, subject, Long.MAX_VALUE, Set.of(), false), leads, Duration.ofHours(1));
    page.navigate(at("/in/" + link.secret()));
    page.locator("main button").click();
    page.waitForURL(at(leads) + "**");
    return page;
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
  }

  static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
  }

  @Override public void close() {
    browser.close();
    server.close();
  }
}
