package redress.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redress.api.Server;
import redress.bundle.VerifyTest.Lie;
import redress.house.Browser;

/** The page on which a bundle is checked, in a real browser. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class VerifyPageTest {
  private static final Path PICTURES = Path.of("target", "verify-page");
  private static Server server;
  private static Browser browser;
  private static Page shared;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() throws Exception {
    server = new Server();
    browser = Browser.open();
    shared = browser.page("en", 1200, 900, true);
    shared.navigate(address());
    Files.createDirectories(PICTURES);
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static String address() {
    return "http://127.0.0.1:" + server.centre.port() + "/verify";
  }

  private static Sample sample() {
    return new Sample(1, 2);
  }

  /** Hands the page a bundle and waits for its verdict. */
  private static Locator check(Page page, byte[] bundle) {
    page.locator("#out").evaluate("out => out.replaceChildren()");
    page.setInputFiles("#file", new FilePayload("bundle.zip", "application/zip", bundle));
    var verdict = page.locator("#out .banner");
    verdict.waitFor();
    return verdict;
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  @Test void it_is_anybodys_to_open_and_may_connect_to_nothing() {
    var reply = server.get(null, "/verify");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'sha256-",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'").doesNotContain("unsafe", "connect-src", "http");
    assertThat(reply.text()).doesNotContain("http://", "https://", "<script src", "<link rel=\"stylesheet\"");
    var program = server.get(null, "/verify/Verify.java");
    assertThat(program.text()).contains("public final class Verify");
    assertThat(program.header("Content-Disposition")).startsWith("attachment");
  }

  @Test void a_sound_bundle_is_told_in_both_languages_on_every_screen() throws Exception {
    var bundle = sample().packed();
    for (var language : List.of("en", "zh-CN")) {
      for (boolean phone : new boolean[] {true, false}) {
        var page = browser.page(language, phone ? 390 : 1200, phone ? 844 : 900, phone == language.equals("en"));
        var said = new ArrayList<String>();
        page.onConsoleMessage(message -> said.add(message.text()));
        page.navigate(address());
        picture(page, "empty-" + language + (phone ? "-phone" : "-desktop"));
        check(page, bundle);
        picture(page, "ok-" + language + (phone ? "-phone" : "-desktop"));
        assertThat(page.locator("#out .banner").getAttribute("class")).contains("ok");
        assertThat(page.locator(".proved li").allTextContents()).hasSizeGreaterThan(9)
            .anyMatch(it -> it.contains(language.equals("en") ? "Entries 1 to 7 are one" : "第 1 至 7 条记录首尾相接"));
        assertThat(page.locator(".open li").allTextContents())
            .anyMatch(it -> it.contains(language.equals("en") ? "event of 3; actor of 3" : "事项 3；行为人 3"));
        assertThat(page.locator(".facts").textContent()).contains(Sample.line(Sample.KEY),
            language.equals("en") ? "Settled and fulfilled" : "和解且已履行");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth")).isLessThanOrEqualTo(0);
        assertThat(said).isEmpty();
        page.context().close();
      }
    }
  }

  @Test void a_changed_byte_is_told_with_its_place() throws Exception {
    var page = browser.page("en", 390, 844, false);
    page.navigate(address());
    var sample = sample();
    var bundle = sample.packed();
    var random = new SplittableRandom(8);
    for (int i = 0; i < 60; i++) {
      var changed = bundle.clone();
      changed[random.nextInt(changed.length)] ^= (byte) random.nextInt(1, 256);
      assertThat(check(page, changed).getAttribute("class")).contains("broken");
      assertThat(page.locator(".place").textContent()).isNotEmpty();
    }
    int photo = new String(bundle, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("a photo");
    bundle[photo]++;
    check(page, bundle);
    assertThat(page.locator(".place").textContent()).startsWith("evidence/1-");
    picture(page, "broken-en-phone");
    page.locator("#language").click();
    assertThat(page.locator("#out h2").textContent()).isEqualTo("发现不符之处");
    page.setViewportSize(1200, 900);
    picture(page, "broken-zh-desktop");
    page.context().close();
  }

  static List<Lie> lies() {
    return VerifyTest.lies();
  }

  @ParameterizedTest @MethodSource("lies") void it_finds_the_lies_that_the_program_finds_at_the_same_places(Lie lie)
      throws Exception {
    var sample = sample();
    lie.told().accept(sample);
    assertThat(check(shared, sample.packed()).getAttribute("class")).contains("broken");
    var place = shared.locator(".place").textContent();
    assertThat(lie.found().stream().filter(it -> it.matches("(?s)(byte |[a-z-]+\\.(json|jws)|evidence/).*")))
        .allSatisfy(found -> assertThat(place).startsWith(found));
  }

  @Test void a_key_known_from_elsewhere_must_be_the_logs() throws Exception {
    var page = browser.page("en", 1200, 900, true);
    page.navigate(address());
    page.locator(".option summary").click();
    page.fill("#known", Sample.line(Sample.KEY));
    assertThat(check(page, sample().packed()).getAttribute("class")).contains("ok");
    assertThat(page.locator(".proved").textContent()).contains("The key you gave is the log's.");
    page.fill("#known", Sample.line(Sample.RESULT_KEY));
    assertThat(check(page, sample().packed()).getAttribute("class")).contains("broken");
    picture(page, "foreign-key-en-desktop-dark");
    check(page, "a letter to nobody in particular".getBytes(UTF_8));
    assertThat(page.locator("#out .banner").getAttribute("class")).contains("unusable");
    page.context().close();
  }

  @Test void saved_to_a_disk_it_works_without_a_server() throws Exception {
    var saved = Files.writeString(PICTURES.resolve("saved.html").toAbsolutePath(), server.get(null, "/verify").text());
    var page = browser.page("zh-CN", 390, 844, true);
    page.context().setOffline(true);
    page.navigate(saved.toUri().toString());
    assertThat(check(page, sample().packed()).getAttribute("class")).contains("ok");
    page.context().close();
  }
}
