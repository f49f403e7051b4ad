package redress.house;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a window, which opens nothing of its own accord. */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final int REFUSED = 400;

  /** What forms sent and was not turned away, in all browsers, since somebody last cleared it. */
  public static final Queue<Posted> POSTED = new ConcurrentLinkedQueue<>();

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  /** A form that was sent: to which path, with what in it as far as that is text. */
  public record Posted(String path, String body) {}

  private Browser(Path program) {
    playwright =
        Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(
        List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")));
  }

  /** Where Chromium is: what REDRESS_CHROMIUM names, or where distributions put it. */
  public static Optional<Path> program() {
    return Stream.concat(Optional.ofNullable(System.getenv("REDRESS_CHROMIUM")).stream(), NAMES.stream()).map(Path::of)
        .filter(Files::isExecutable).findFirst();
  }

  public static Browser open() {
    return new Browser(program().orElseThrow());
  }

  /** A page as someone with this language and screen has it. */
  public Page page(String language, int width, int height, boolean dark) {
    var options = new com.microsoft.playwright.Browser.NewContextOptions().setLocale(language)
        .setViewportSize(width, height).setDeviceScaleFactor(width < 600 ? 2 : 1)
        .setColorScheme(dark ? com.microsoft.playwright.options.ColorScheme.DARK
            : com.microsoft.playwright.options.ColorScheme.LIGHT);
    return watched(browser.newContext(options)).newPage();
  }

  /** A page as someone has it whose browser runs no scripts. */
  public Page plain(String language) {
    return watched(browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setLocale(language)
        .setJavaScriptEnabled(false))).newPage();
  }

  private static BrowserContext watched(BrowserContext context) {
    context.onResponse(it -> {
      var request = it.request();
      if (!request.method().equals("POST") || it.status() >= REFUSED) return;
      POSTED.add(new Posted(URI.create(request.url()).getPath(), text(request.postDataBuffer())));
    });
    return context;
  }

  private static String text(byte @Nullable [] sent) {
    return sent == null ? "" : new String(sent, StandardCharsets.ISO_8859_1);
  }

  @Override public void close() {
    browser.close();
    playwright.close();
  }
}
