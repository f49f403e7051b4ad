package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static redress.web.Visit.follow;
import static redress.web.Visit.picture;
import static redress.web.Visit.press;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.api.Server;
import redress.house.Browser;
import redress.policy.Role;

/** A buyer files a dispute step by step in a real browser, with scripts and without, and shows what there is. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class FilingTest {
  private static Server server;
  private static Browser browser;
  private static Visit visit;
  private static String platform;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    server = new Server();
    browser = Browser.open();
    visit = new Visit(server);
    platform = server.key(Role.PLATFORM, "platform-1");
  }

  @AfterAll static void close() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  private static void paid(String payment, String items) {
    var registered = server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":129900,"currency":"CNY","items":%s,
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""".formatted(items));
    assertThat(registered.status()).as(registered.text()).isBetween(200, 201);
    server.put(platform, "/v1/wallet/payments/" + payment, "{}");
  }

  private static FilePayload photo(String name) {
    var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(Color.LIGHT_GRAY);
    pen.fillRect(0, 0, 640, 480);
    pen.setColor(Color.RED);
    for (int i = 0; i < 40; i++) pen.drawLine(name.hashCode() % 97 + i * 16, 0, 640 - i * 16, 480);
    pen.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new FilePayload(name, "image/png", bytes.toByteArray());
  }

  private static Page phone(String language, String leads) {
    var page = visit.speaking(browser.page(language, 390, 844, false), language);
    return visit.of(page, Role.BUYER, "buyer-1", leads);
  }

  private static void choose(Page page, String payment) {
    page.locator("button[value='" + payment + "']").click();
    page.waitForURL(Pattern.compile(".*/problem"));
  }

  @Test void a_buyer_files_on_a_phone_and_nothing_is_lost_on_the_way() {
    paid("f-phone", "[\"手机\",\"耳机\"]");
    var li = phone("zh-CN", "/disputes");
    li.locator("a[href='/file']").click();
    li.locator("button[value='f-phone']").waitFor();
    picture(li, "buyer-file-1-payment-zh-phone");
    choose(li, "f-phone");
    li.locator("input[value=NOT_AS_DESCRIBED]").check();
    li.locator("input[name=items][value='手机']").check();
    li.locator("#description").fill("屏幕有划痕。\n<b>包装</b>已拆开。");
    picture(li, "buyer-file-2-problem-zh-phone");
    press(li, "下一步");
    li.waitForURL(Pattern.compile(".*/remedy"));
    li.locator("input[value=RETURN_AND_REFUND]").check();
    li.locator("#amount").fill("99,999");
    press(li, "下一步");
    li.locator("#amount-wrong").waitFor();
    picture(li, "buyer-file-3-too-much-zh-phone");
    assertThat(li.locator("#amount").inputValue()).isEqualTo("99,999");
    li.locator("#amount").fill("1299");
    press(li, "下一步");
    li.waitForURL(Pattern.compile(".*/evidence"));
    li.locator("#files").setInputFiles(new FilePayload[] {photo("正面.png"), photo("背面.png")});
    press(li, "添加");
    li.locator("#added").waitFor();
    picture(li, "buyer-file-4-evidence-zh-phone");
    assertThat(li.locator("#added").innerText()).contains("2");
    filedLater(li);
    assertThat(li.locator(".files .look").count()).isEqualTo(2);
    li.navigate(visit.at("/file"));
    assertThat(li.getByText("继续填写").count()).isZero();
  }

  /** Comes back to the draft, reviews it, files it, and opens the dispute. */
  private static void filedLater(Page li) {
    li.navigate(visit.at("/file"));
    follow(li, "继续填写");
    li.waitForURL(Pattern.compile(".*/review"));
    picture(li, "buyer-file-5-review-zh-phone");
    assertThat(li.locator(".tall").innerText()).contains("<b>包装</b>", "手机", "1,299.00", "2 个文件");
    press(li, "提交纠纷单");
    li.waitForURL(Pattern.compile(".*/filed"));
    picture(li, "buyer-file-6-filed-zh-phone");
    follow(li, "查看纠纷单");
    li.locator("#evidence").waitFor();
    picture(li, "buyer-dispute-zh-phone");
  }

  @Clicks({"File", "SubmitEvidence"})
  @Test void a_buyer_files_and_gives_evidence_without_scripts() {
    paid("f-plain", "[\"phone\"]");
    var li = visit.of(browser.plain("en"), Role.BUYER, "buyer-1", "/file");
    choose(li, "f-plain");
    li.locator("form[action$='/problem']").evaluate("it => it.noValidate = true");
    press(li, "Continue");
    assertThat(li.locator("#reason-wrong").innerText()).isEqualTo("Choose what went wrong.");
    li.locator("input[value=UNAUTHORISED]").check();
    li.locator("#description").fill("Not me.");
    press(li, "Continue");
    assertThat(li.locator("#reason-wrong").innerText()).contains("handled as fraud");
    assertThat(li.locator("#description").inputValue()).isEqualTo("Not me.");
    li.locator("input[value=DEFECTIVE_OR_DAMAGED]").check();
    press(li, "Continue");
    assertThat(li.locator("#amount").inputValue()).isEqualTo("1299.00");
    li.locator("input[value=RETURN_AND_REFUND]").check();
    press(li, "Continue");
    badFilesGo(li);
    li.locator("#camera").setInputFiles(photo("again.png"));
    press(li, "Add");
    follow(li, "Continue");
    press(li, "File the dispute");
    assertThat(li.locator("h1").innerText()).isEqualTo("Your dispute is filed");
    follow(li, "See the dispute");
    assertThat(li.locator(".files").first().innerText()).contains("again.png");
    evidenceFollows(li);
  }

  /** What is no paper is refused, and a picture put in by mistake is taken out again. */
  private static void badFilesGo(Page li) {
    li.locator("#files").setInputFiles(photo("broken.png"));
    press(li, "Add");
    assertThat(li.locator(".files").first().innerText()).contains("broken.png");
    li.locator("#files").setInputFiles(new FilePayload("run.exe", "application/pdf", "MZ no paper".getBytes(UTF_8)));
    press(li, "Add");
    assertThat(li.locator(".problem").innerText()).contains("did not work");
    press(li, "Remove broken.png");
    assertThat(li.locator("#added").count()).isZero();
  }

  /** A letter for the mediator alone, added to the dispute after it is filed. */
  private static void evidenceFollows(Page li) {
    li.getByText("Add evidence").click();
    li.locator("#evidence-text").fill("What they promised");
    li.locator("#visibility").selectOption("STAFF");
    li.locator("#files").setInputFiles(new FilePayload[] {
        new FilePayload("chat.txt", "text/plain", "We promise it is new.".getBytes(UTF_8))});
    press(li, "Add");
    assertThat(li.locator("div.done").innerText()).contains("Your evidence is here");
    assertThat(li.locator(".files").first().innerText()).contains("chat.txt", "not for the other side");
  }

  @Test void a_file_goes_on_where_the_network_broke() {
    paid("f-break", "[\"phone\"]");
    var li = phone("en", "/file");
    choose(li, "f-break");
    li.locator("input[value=OTHER]").check();
    li.locator("#description").fill("It hums.");
    press(li, "Continue");
    li.locator("input[value=FULL_REFUND]").check();
    press(li, "Continue");
    li.waitForURL(Pattern.compile(".*/evidence"));
    var parts = new AtomicInteger();
    li.route("**/uploads/*", route -> {
      boolean second = route.request().method().equals("PATCH") && parts.incrementAndGet() == 2;
      if (second) route.abort();
      else route.resume(new Route.ResumeOptions());
    });
    var words = new StringBuilder();
    while (words.length() < 1_500_000) words.append("It hums all night, line ").append(words.length()).append('\n');
    li.locator("#files").setInputFiles(new FilePayload("hum.txt", "text/plain", words.toString().getBytes(UTF_8)));
    press(li, "Add");
    li.locator("#added").waitFor();
    assertThat(parts.get()).isEqualTo(4);
  }

  @Test void pictures_are_looked_at_and_saved_with_the_session_alone() {
    paid("f-look", "[\"phone\"]");
    var buyer = server.key(Role.BUYER, "buyer-1");
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"f-look","reason":"OTHER","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It hums."}""");
    var at = "/disputes/" + filed.json().path("id").asString();
    var li = phone("en", at);
    li.getByText("Add evidence").click();
    li.locator("#evidence-type").selectOption("PHOTO_OF_ITEM");
    li.locator("#camera").setInputFiles(photo("item.png"));
    press(li, "Add");
    li.locator(".files .look").waitFor();
    li.getByText("Look at it").click();
    li.waitForCondition(() -> Boolean.TRUE.equals(li.evaluate(
        "(() => { const it = document.querySelector('.files img'); return it.complete && it.naturalWidth > 0; })()")));
    picture(li, "buyer-evidence-open-phone");
    var saved = li.waitForDownload(() -> follow(li, "Save item.png"));
    assertThat(saved.suggestedFilename()).isEqualTo("item.png");
    var stranger = visit.of(browser.page("en", 390, 844, false), Role.BUYER, "buyer-2", "/disputes");
    var got = stranger.navigate(visit.at(at + "/evidence/1/file"));
    assertThat(got.status()).isEqualTo(404);
    picture(stranger, "not-yours-phone");
  }

  @Test void what_cannot_be_disputed_says_why_and_others_drafts_are_nobodys() {
    paid("f-open", "[\"phone\"]");
    var buyer = server.key(Role.BUYER, "buyer-1");
    server.post(buyer, "/v1/disputes", """
        {"payment":"f-open","reason":"OTHER","wish":"FULL_REFUND","amount":129900,"currency":"CNY",
         "description":"It hums."}""");
    paid("f-mine", "[\"phone\"]");
    var li = visit.of(browser.page("en", 1280, 900, false), Role.BUYER, "buyer-1", "/file");
    picture(li, "buyer-file-1-payment-desktop");
    li.locator("summary").click();
    li.getByLabel("Number of the payment").fill("f-open");
    press(li, "Find");
    li.waitForURL(Pattern.compile(".*payment=f-open"));
    li.getByText("See the open dispute").waitFor();
    assertThat(li.locator(".silence").innerText()).contains("already open");
    li.navigate(visit.at("/file?payment=f-mine"));
    choose(li, "f-mine");
    var draft = li.url();
    var other = visit.of(browser.page("en", 1280, 900, false), Role.BUYER, "buyer-2", "/file");
    picture(other, "buyer-file-none-desktop");
    assertThat(other.navigate(draft).status()).isEqualTo(404);
    assertThat(li.navigate(draft.replace("/problem", "/review")).url()).endsWith("/problem");
  }
}
