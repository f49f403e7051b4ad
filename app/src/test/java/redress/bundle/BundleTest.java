package redress.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redress.api.Server;
import redress.house.Browser;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.policy.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running server gives each reader of a dispute to take away, checked by the stand-alone verifier. */
class BundleTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<Role, String> KEYS = new EnumMap<>(Role.class);

  @TempDir static Path folder;
  private static StandAlone verifier;
  private static Server server;
  private static String dispute = "";

  @BeforeAll static void open() throws Exception {
    verifier = new StandAlone(folder);
    server = new Server();
    KEYS.put(Role.BUYER, server.key(Role.BUYER, "buyer-1"));
    KEYS.put(Role.MERCHANT_OWNER, server.key(Role.MERCHANT_OWNER, "shop-1"));
    for (var role : new Role[] {Role.PLATFORM, Role.MEDIATOR, Role.MEDIATOR_LEAD, Role.AUDITOR, Role.SUPPORT}) {
      KEYS.put(role, server.key(role, "the-" + role));
    }
    KEYS.put(Role.VERIFIER, server.key(Role.BUYER, "buyer-2"));
    live();
  }

  @AfterAll static void close() {
    server.close();
  }

  /** A dispute in which everybody has said something. */
  private static void live() {
    server.put(key(Role.PLATFORM), "/v1/payments/p-bundle", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET"}""");
    server.put(key(Role.PLATFORM), "/v1/wallet/payments/p-bundle", "{}");
    dispute = server.post(key(Role.BUYER), "/v1/disputes", """
        {"payment":"p-bundle","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"The lamp flickers. 灯在闪。"}""").json().path("id").asString();
    server.elsewhere(dispute, Role.BUYER, "buyer-1");
    submit("PARTIES", "The invoice says 100.00 EUR.");
    submit("STAFF", "My bank wrote this to me.");
    say(Role.MERCHANT_OWNER, "messages", "{\"text\":\"Did you try another bulb?\"}");
    say(Role.BUYER, "support-questions", "{\"text\":\"Will they learn my address?\"}");
    say(Role.MERCHANT_OWNER, "offers", "{\"terms\":{\"remedy\":\"EXPLANATION_ONLY\"}}");
    say(Role.BUYER, "offers", "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":10000,\"currency\":\"EUR\"}}");
    say(Role.MERCHANT_OWNER, "offers/2/decline", "{\"reason\":\"It worked when we sent it.\"}");
    say(Role.BUYER, "escalation", "{\"reason\":\"They only ask back.\"}");
    say(Role.MEDIATOR, "assignment", "{}");
    say(Role.MEDIATOR, "notes", "{\"text\":\"This merchant does that often.\"}");
    say(Role.MEDIATOR, "proposals", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":5000,"currency":"EUR"},"text":"Half of it."}""");
    say(Role.MERCHANT_OWNER, "proposals/1/acceptance", "{}");
    say(Role.BUYER, "proposals/1/acceptance", "{}");
  }

  /** The buyer sends a file and submits it. */
  private static void submit(String visibility, String content) {
    var form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.txt\"\r\n\r\n" + content
        + "\r\n--b--\r\n";
    var sent = server.post(key(Role.BUYER), "/v1/disputes/" + dispute + "/uploads", form, "Content-Type",
        "multipart/form-data; boundary=b");
    assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    say(Role.BUYER, "evidence", "{\"evidenceType\":\"OTHER\",\"upload\":\"%s\",\"visibility\":\"%s\"}"
        .formatted(sent.json().at("/items/0/id").asString(), visibility));
  }

  private static String key(Role role) {
    return Objects.requireNonNull(KEYS.get(role));
  }

  private static void say(Role role, String noun, String body) {
    var reply = server.post(key(role), "/v1/disputes/" + dispute + "/" + noun, body);
    assertThat(reply.status()).as(noun + " " + reply.text()).isEqualTo(200);
  }

  private static HttpResponse<byte[]> asked(String key) throws Exception {
    var address = "http://127.0.0.1:" + server.centre.port() + "/v1/disputes/" + dispute + "/bundle";
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + key).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static byte[] bundle(Role role) throws Exception {
    var answer = asked(key(role));
    assertThat(answer.statusCode()).as(role + " " + new String(answer.body(), UTF_8)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment;");
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
    return answer.body();
  }

  private static String logKey() {
    return server.centre.the(Keyring.class).current(Purpose.TEST_LOG).noteKey().line();
  }

  /** The list in a file of the bundle: it stands behind its name, and before that its size. */
  private static JsonNode entries(byte[] bundle) {
    var text = new String(bundle, ISO_8859_1);
    int name = text.indexOf("entries.json[");
    int from = name + "entries.json".length();
    int size = ByteBuffer.wrap(bundle).order(ByteOrder.LITTLE_ENDIAN).getInt(name - 8);
    return JSON.readTree(new String(bundle, from, size, UTF_8));
  }

  /** The types of the events that are shown. */
  private static Set<String> shown(byte[] bundle) {
    var types = new TreeSet<String>();
    for (var entry : entries(bundle)) types.add(entry.at("/openings/event/is/type").asString(""));
    types.remove("");
    return types;
  }

  @Test void what_each_reader_takes_away_holds_and_shows_what_that_reader_may_see() throws Exception {
    for (var role : new Role[] {Role.BUYER, Role.MERCHANT_OWNER, Role.MEDIATOR, Role.AUDITOR, Role.PLATFORM}) {
      var bundle = bundle(role);
      var said = verifier.check(bundle, "--key", logKey());
      assertThat(said.exit()).as(role + " " + said.words()).isZero();
      assertThat(said.words()).contains("one unbroken chain", "The terms of the settlement are those",
          "What evidence 1 shows: the log holds its hash");
      var text = new String(bundle, UTF_8);
      assertThat(text).as(role + "").contains("The lamp flickers. 灯在闪。", "Did you try another bulb?", "Half of it.")
          .doesNotContain("This merchant does that often.", "li@example.org", "shop@example.org");
      assertThat(shown(bundle)).as(role + "").contains("Filed", "SettlementFormed", "HoldPlaced")
          .doesNotContain("NoteAdded");
      boolean asked = role != Role.MERCHANT_OWNER && role != Role.PLATFORM;
      assertThat(text.contains("Will they learn my address?")).as(role + "").isEqualTo(asked);
      assertThat(shown(bundle).contains("SupportAsked")).as(role + "").isEqualTo(asked);
    }
  }

  @Test void who_acted_for_the_platform_is_for_the_platform_to_know() throws Exception {
    assertThat(new String(bundle(Role.BUYER), UTF_8)).doesNotContain("the-MEDIATOR")
        .contains("\"subject\":\"buyer-1\"");
    assertThat(new String(bundle(Role.MERCHANT_OWNER), UTF_8)).doesNotContain("the-MEDIATOR");
    assertThat(new String(bundle(Role.AUDITOR), UTF_8)).contains("the-MEDIATOR");
  }

  @Test void files_of_evidence_go_to_whom_they_are_visible_and_that_is_written_down() throws Exception {
    var buyers = bundle(Role.BUYER);
    var merchants = bundle(Role.MERCHANT_OWNER);
    assertThat(new String(buyers, UTF_8)).contains("The invoice says 100.00 EUR.", "My bank wrote this to me.");
    assertThat(new String(merchants, UTF_8)).contains("The invoice says 100.00 EUR.")
        .doesNotContain("My bank wrote this to me.");
    assertThat(new String(bundle(Role.AUDITOR), UTF_8)).contains("My bank wrote this to me.");
    assertThat(verifier.check(buyers).words()).contains("+ 2 files of evidence, byte for byte as submitted");
    assertThat(verifier.check(merchants).words()).contains("+ 1 file of evidence, byte for byte as submitted");
    var custody = server.get(key(Role.AUDITOR), "/v1/disputes/" + dispute + "/evidence/2/custody").text();
    assertThat(custody).contains("\"act\":\"DOWNLOADED\"", "\"by\":\"MERCHANT\"", "shop-1");
    assertThat(server.get(key(Role.AUDITOR), "/v1/disputes/" + dispute + "/evidence/3/custody").text())
        .contains("\"by\":\"BUYER\"").doesNotContain("shop-1");
  }

  @Test void both_sides_hold_the_same_entries() throws Exception {
    var buyers = entries(bundle(Role.BUYER));
    var merchants = entries(bundle(Role.MERCHANT_OWNER));
    assertThat(buyers.size()).isEqualTo(merchants.size()).isGreaterThan(12);
    for (int i = 0; i < buyers.size(); i++) {
      assertThat(buyers.get(i).get("entry")).isEqualTo(merchants.get(i).get("entry"));
    }
  }

  @Test void a_changed_byte_of_a_real_bundle_is_found() throws Exception {
    var bundle = bundle(Role.BUYER);
    var random = new SplittableRandom(9);
    for (int i = 0; i < 300; i++) {
      var changed = bundle.clone();
      changed[random.nextInt(changed.length)] ^= (byte) random.nextInt(1, 256);
      assertThat(verifier.check(changed).exit()).isEqualTo(1);
    }
  }

  @Test @EnabledIf(value = "redress.bundle.VerifyPageTest#thereIsABrowser",
      disabledReason = "no Chromium here") void the_page_says_of_a_real_bundle_what_the_program_says()
          throws Exception {
    try (var browser = Browser.open()) {
      var page = browser.page("zh-CN", 390, 844, false);
      page.navigate("http://127.0.0.1:" + server.centre.port() + "/verify");
      page.locator(".option summary").click();
      page.fill("#known", logKey());
      page.setInputFiles("#file", new FilePayload(dispute + ".zip", "application/zip", bundle(Role.MERCHANT_OWNER)));
      page.locator("#out .banner").waitFor();
      assertThat(page.locator("#out .banner").getAttribute("class")).contains("ok");
      assertThat(page.locator(".proved").textContent()).contains("您输入的密钥就是该日志的密钥");
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "verify-page", "real-zh-phone.png"))
          .setFullPage(true));
    }
  }

  @Test void the_log_that_somebody_saw_before_is_held_against_a_bundle_by_the_servers_own_proof() throws Exception {
    bundle(Role.AUDITOR);
    var seen = verifier.keep("seen", server.get(null, "/v1/test-log/checkpoint").text().getBytes(UTF_8)).toString();
    say(Role.BUYER, "messages", "{\"text\":\"One more thing.\"}");
    var bundle = bundle(Role.BUYER);
    var asked = verifier.check(bundle, "--checkpoint", seen);
    assertThat(asked.exit()).as(asked.words()).isEqualTo(2);
    var wanted = Pattern.compile("consistency(\\?from=\\d+&to=\\d+)").matcher(asked.words());
    assertThat(wanted.find()).as(asked.words()).isTrue();
    var proof = server.get(null, "/v1/test-log/proofs/consistency" + wanted.group(1)).text();
    var given = verifier.keep("proof", proof.getBytes(UTF_8)).toString();
    var said = verifier.check(bundle, "--checkpoint", seen, "--consistency", given, "--key", logKey());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.words()).contains("It is one log with the checkpoint you gave");
  }

  @Test void whoever_does_not_belong_to_it_gets_nothing() throws Exception {
    assertThat(asked(key(Role.VERIFIER)).statusCode()).isEqualTo(404);
    assertThat(asked("nonsense").statusCode()).isEqualTo(401);
    assertThat(asked(server.liveKey(Role.BUYER, "buyer-1")).statusCode()).isEqualTo(404);
  }
}
