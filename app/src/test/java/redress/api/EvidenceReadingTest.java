package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Courier.Sent;
import redress.api.Server.Reply;
import redress.document.Paper;
import redress.policy.Role;
import redress.vault.Vault;
import tools.jackson.databind.JsonNode;

/** Files given over HTTP, what the audit of day 1 reads in them, and what follows. */
class EvidenceReadingTest {
  private static final Path DATA = Path.of(Optional.ofNullable(System.getenv("REDRESS_DATA")).orElse(
      "../../shared/data"));

  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;
  private static String verifier;

  @BeforeAll static void open() {
    server = new Server();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    verifier = server.key(Role.VERIFIER, "verifier-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + ": " + reply.text()).isLessThan(300);
    return reply;
  }

  /** A dispute over the whole of a payment in euros, by a clock of its own. */
  private static String filed(String payment, long minor) {
    ok(server.post(platform, "/v1/test-clocks",
        "{\"id\":\"clock-" + payment + "\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":%d,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET","testClock":"clock-%s"}""".formatted(minor, payment)));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
    return "/v1/disputes/" + ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"DEFECTIVE_OR_DAMAGED","wish":"FULL_REFUND","amount":%d,"currency":"EUR",
         "description":"It arrived in pieces."}""".formatted(payment, minor))).json().path("id").asString();
  }

  private static void give(String at, String giver, String type, Sent file, String more) {
    try (var courier = new Courier(server.centre.port(), giver)) {
      var sent = courier.form(at + "/uploads", file);
      assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
      var upload = sent.json().path("items").path(0).path("id").asString();
      ok(server.post(giver, at + "/evidence",
          "{\"evidenceType\":\"" + type + "\",\"upload\":\"" + upload + "\"" + more + "}"));
    }
  }

  private static Sent pdf(byte[] bytes) {
    return new Sent("invoice.pdf", "application/pdf", bytes);
  }

  /** Both agree to a full refund by the platform; day 1 begins. */
  private static void settle(String at, String payment, long minor) {
    ok(server.post(merchant, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":" + minor + ",\"currency\":\"EUR\"}}"));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}"));
    advance(payment, "PT1H");
  }

  private static void advance(String payment, String by) {
    ok(server.post(platform, "/v1/test-clocks/clock-" + payment + "/advance", "{\"by\":\"" + by + "\"}"));
  }

  private static JsonNode look(String at) {
    return ok(server.get(verifier, at)).json();
  }

  private static String status(String at) {
    return look(at).path("status").asString();
  }

  private static String evidence(String at) {
    for (var fact : look(at).path("settlement").path("checks").path(0).path("facts").values()) {
      if (fact.path("name").asString().equals("evidence")) return fact.path("value").asString();
    }
    return "";
  }

  private static JsonNode reading(String at, int number) {
    return ok(server.get(verifier, at + "/evidence/" + number + "/reading")).json().path("audits").path(0);
  }

  @Test void documents_that_agree_are_said_to_and_nobody_has_to_sign() {
    var at = filed("p-read-1", 12_345);
    give(at, buyer, "INVOICE_OR_RECEIPT", pdf(Paper.pdf("factur-x.xml",
        Paper.invoice("I-7", "EUR", "123.45", "123.45"), List.of("Invoice I-7"), List.of("Total 123,45 EUR"))), "");
    give(at, merchant, "CHAT_LOG",
        Sent.text("chat.txt", "buyer: hello\nshop: we give 123.45 EUR back for p-read-1"), "");
    assertThat(evidence(at)).isEmpty();
    settle(at, "p-read-1", 12_345);
    assertThat(evidence(at)).isEqualTo("NOTHING_AGAINST");
    var invoice = reading(at, 1);
    assertThat(invoice.path("verdict").asString()).isEqualTo("CORROBORATES");
    assertThat(invoice.path("legibility").asString()).isEqualTo("READ");
    var first = invoice.path("points").path(0);
    assertThat(first.path("rule").asString()).isEqualTo("PAYMENT_AMOUNT");
    assertThat(first.path("place").path("part").asString()).isEqualTo("factur-x.xml");
    assertThat(first.path("said").asString()).isEqualTo("123.45 EUR");
    var chat = reading(at, 2);
    assertThat(chat.path("points").findValuesAsString("rule")).contains("PAYMENT_NAMED", "PAYMENT_AMOUNT");
    assertThat(chat.path("points").path(0).path("place").path("words").asString()).isEqualTo("line 2");
    advance("p-read-1", "PT24H");
    assertThat(status(at)).isEqualTo("FOLLOWING_UP");
  }

  @Test void a_document_that_contradicts_waits_for_a_verifier_who_sees_what_and_where() {
    var at = filed("p-read-2", 10_000);
    give(at, merchant, "INVOICE_OR_RECEIPT", pdf(Paper.pdf(List.of("Invoice no. I-8"),
        List.of("Paid with thanks", "Grand total: EUR 80.00"))), "");
    settle(at, "p-read-2", 10_000);
    assertThat(status(at)).isEqualTo("AUDITING");
    assertThat(evidence(at)).isEqualTo("CONTRADICTS");
    var point = reading(at, 1).path("points").path(0);
    assertThat(point.path("rule").asString()).isEqualTo("OTHER_TOTAL");
    assertThat(point.path("contradicts").asBoolean()).isTrue();
    assertThat(point.path("place").path("words").asString()).isEqualTo("page 2, line 2");
    assertThat(point.path("said").asString()).isEqualTo("80.00 EUR");
    assertThat(point.path("known").asString()).isEqualTo("100.00 EUR");
    var chinese = ok(server.get(verifier, at + "/readings", "Accept-Language", "zh")).json();
    var words = chinese.path("items").path(0).path("audits").path(0).path("points").path(0);
    assertThat(words.path("place").path("words").asString()).isEqualTo("第 2 页第 2 行");
    assertThat(words.path("words").asString()).contains("合计金额");
    assertThat(ok(server.get(verifier, at + "/timeline?limit=100")).text())
        .contains("A verifier looks at it and signs.");
    advance("p-read-2", "PT24H");
    assertThat(status(at)).as("unsigned").isEqualTo("AUDITING");
    for (var action : look(at).path("availableActions").values()) {
      if (!action.path("command").asString().equals("SignFinding")) continue;
      ok(server.post(verifier, action.path("href").asString(), "{\"note\":\"Another purchase of the same day.\"}"));
    }
    assertThat(status(at)).isEqualTo("FOLLOWING_UP");
    assertThat(evidence(at)).isEqualTo("CONTRADICTS_SIGNED");
  }

  @Test void bytes_changed_on_the_disk_lead_to_mediation() throws IOException {
    var at = filed("p-read-3", 10_000);
    give(at, buyer, "CHAT_LOG", Sent.text("chat.txt", "They promised EUR 100.00 for p-read-3"), "");
    var sha256 = ok(server.get(buyer, at + "/evidence")).json().path("items").path(0).path("sha256").asString();
    spoil(sha256);
    settle(at, "p-read-3", 10_000);
    assertThat(status(at)).isEqualTo("EXCEPTION");
    assertThat(evidence(at)).isEqualTo("CHANGED");
    assertThat(reading(at, 1).path("legibility").asString()).isEqualTo("CHANGED");
    assertThat(reading(at, 1).path("points").size()).isZero();
    advance("p-read-3", "P3D");
    assertThat(status(at)).isEqualTo("MEDIATION_QUEUED");
  }

  /** Changes one byte of a file behind the server's back. */
  private static void spoil(String sha256) throws IOException {
    var vault = server.centre.the(Vault.class);
    byte[] bytes;
    try (var kept = vault.open(sha256)) {
      bytes = kept.readAllBytes();
    }
    var file = file(sha256);
    bytes[bytes.length - 1] ^= 1;
    file.toFile().setWritable(true);
    Files.write(file, bytes);
  }

  private static Path file(String sha256) throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (var folders = Files.newDirectoryStream(temporary, "redress-vault-*")) {
      for (var folder : folders) {
        try (var files = Files.walk(folder)) {
          var found = files.filter(it -> it.getFileName().toString().equals(sha256)).findFirst();
          if (found.isPresent()) return found.get();
        }
      }
    }
    throw new AssertionError("no file of " + sha256);
  }

  @Test void a_real_invoice_is_read_and_held_against_its_payment() throws IOException {
    var file = DATA.resolve("evidence/zugferd/EN16931_Einfach.pdf");
    assumeTrue(Files.exists(file), () -> "NOT SEEN: " + file.toAbsolutePath() + " is not there; name its folder with"
        + " REDRESS_DATA");
    for (long minor : new long[] {52_987, 52_988}) {
      var payment = "p-read-real-" + minor;
      var at = filed(payment, minor);
      give(at, buyer, "INVOICE_OR_RECEIPT", pdf(Files.readAllBytes(file)), "");
      settle(at, payment, minor);
      assertThat(reading(at, 1).path("verdict").asString()).isEqualTo(minor == 52_987 ? "CORROBORATES" : "CONTRADICTS");
      assertThat(evidence(at)).isEqualTo(minor == 52_987 ? "NOTHING_AGAINST" : "CONTRADICTS");
    }
  }

  @Test void a_reading_is_for_those_who_may_see_the_piece() {
    var at = filed("p-read-5", 10_000);
    give(at, buyer, "CHAT_LOG", Sent.text("chat.txt", "p-read-5 was EUR 100.00"), ",\"visibility\":\"STAFF\"");
    give(at, buyer, "CHAT_LOG", Sent.text("note.txt", "p-read-5 was EUR 100.00, I think"),
        ",\"visibility\":\"GIVER\"");
    server.elsewhere(at.substring("/v1/disputes/".length()), Role.MERCHANT_OWNER, "shop-1");
    settle(at, "p-read-5", 10_000);
    Consumer<String> hidden = path -> assertThat(server.get(merchant, at + path).code()).isEqualTo("NOT_FOUND");
    hidden.accept("/evidence/1/reading");
    hidden.accept("/evidence/2/reading");
    hidden.accept("/evidence/4/reading");
    hidden.accept("/evidence/one/reading");
    assertThat(ok(server.get(merchant, at + "/readings")).json().path("items").findValuesAsString("number"))
        .containsExactly("3");
    assertThat(reading(at, 1).path("verdict").asString()).isEqualTo("CORROBORATES");
    assertThat(server.get(verifier, at + "/evidence/2/reading").code()).isEqualTo("NOT_FOUND");
    var own = ok(server.get(buyer, at + "/evidence/2/reading")).json().path("audits").path(0);
    assertThat(own.path("legibility").asString()).isEqualTo("SEALED");
    assertThat(reading(at, 3).path("legibility").asString()).isEqualTo("ELSEWHERE");
    var stranger = server.key(Role.BUYER, "buyer-2");
    assertThat(server.get(stranger, at + "/readings").code()).isEqualTo("NOT_FOUND");
  }
}
