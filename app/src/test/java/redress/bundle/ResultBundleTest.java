package redress.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.dispute.DisputeId;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.ResultBook;
import tools.jackson.databind.json.JsonMapper;

/** What both sides take home of a dispute that is over: its signed record, its papers, the evidence each may see. */
class ResultBundleTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String INVOICE = "The invoice says 100.00 EUR.";
  private static final String PRIVATE = "My bank wrote this to me.";

  @TempDir static Path folder;
  private static StandAlone verifier;
  private static Server server;
  private static String buyer = "";
  private static String merchant = "";
  private static String at = "";

  @BeforeAll static void open() throws Exception {
    verifier = new StandAlone(folder);
    server = new Server();
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    live();
  }

  @AfterAll static void close() {
    server.close();
  }

  /** A refund is agreed, paid at once, verified on three days, and the dispute is over. */
  private static void live() {
    var platform = server.key(Role.PLATFORM, "platform-1");
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"c\",\"now\":\"2026-03-02T08:00:00Z\"}"));
    ok(server.put(platform, "/v1/payments/p-home", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET","testClock":"c"}"""));
    ok(server.put(platform, "/v1/wallet/payments/p-home", "{}"));
    at = "/v1/disputes/" + ok(server.post(buyer, "/v1/disputes", """
        {"payment":"p-home","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"The lamp flickers."}""")).json().path("id").asString();
    submit("PARTIES", INVOICE);
    submit("STAFF", PRIVATE);
    ok(server.post(merchant, at + "/offers",
        "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"amount\":10000,\"currency\":\"EUR\"}}"));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", "{\"text\":\"We refund at once.\"}"));
    ok(server.post(platform, "/v1/test-clocks/c/advance", "{\"by\":\"PT25H\"}"));
    ok(server.post(buyer, at + "/follow-up", "{\"answer\":\"SATISFIED\"}"));
    ok(server.post(platform, "/v1/test-clocks/c/advance", "{\"by\":\"P2DT1H\"}"));
    assertThat(ok(server.get(buyer, at)).json().path("outcome").asString("")).isEqualTo("SETTLED_FULFILLED");
  }

  private static void submit(String visibility, String content) {
    var form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.txt\"\r\n\r\n" + content
        + "\r\n--b--\r\n";
    var sent = ok(server.post(buyer, at + "/uploads", form, "Content-Type", "multipart/form-data; boundary=b"));
    ok(server.post(buyer, at + "/evidence", "{\"evidenceType\":\"OTHER\",\"upload\":\"%s\",\"visibility\":\"%s\"}"
        .formatted(sent.json().at("/items/0/id").asString(), visibility)));
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private static byte[] got(String key, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path))
          .header("Authorization", "Bearer " + key).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static Map<String, byte[]> files(byte[] bundle) throws IOException {
    var all = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        all.put(entry.getName(), zip.readAllBytes());
      }
    }
    return all;
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return files.getOrDefault(name, new byte[0]);
  }

  @Test void both_sides_take_home_the_record_its_papers_and_the_evidence_each_may_see() throws Exception {
    for (var reader : Map.of("BUYER", buyer, "MERCHANT", merchant).entrySet()) {
      var bundle = got(reader.getValue(), at + "/bundle");
      var files = files(bundle);
      assertThat(new String(file(files, "manifest.json"), UTF_8)).contains("\"for\":\"" + reader.getKey() + "\"");
      assertThat(file(files, "result.json")).isEqualTo(got(reader.getValue(), at + "/result"));
      assertThat(file(files, "result.jws")).isEqualTo(got(reader.getValue(), at + "/result.jws"));
      for (var language : new String[] {"en", "zh"}) {
        assertThat(file(files, "result-" + language + ".pdf")).startsWith("%PDF-".getBytes(UTF_8))
            .isEqualTo(got(reader.getValue(), at + "/result.pdf?language=" + language));
      }
      var evidence = files.keySet().stream().filter(it -> it.startsWith("evidence/")).toList();
      boolean gave = reader.getKey().equals("BUYER");
      assertThat(evidence).hasSize(gave ? 2 : 1);
      assertThat(new String(bundle, UTF_8).contains(PRIVATE)).isEqualTo(gave);
      assertThat(new String(bundle, UTF_8)).contains(INVOICE);
      var said = StandAlone.typed(verifier.keep(reader.getKey() + ".zip", bundle));
      assertThat(said.exit()).as(said.words()).isZero();
      assertThat(said.words()).contains("SETTLED_FULFILLED after entry ",
          "+ result-en.pdf is, byte for byte, the paper",
          "+ result-zh.pdf is, byte for byte, the paper", "of evidence, byte for byte as submitted");
    }
  }

  @Test void one_changed_byte_of_a_paper_is_named() throws Exception {
    var bundle = got(buyer, at + "/bundle");
    var text = new String(bundle, ISO_8859_1);
    for (var language : new String[] {"en", "zh"}) {
      var name = "result-" + language + ".pdf";
      int paper = text.indexOf(name + "%PDF-") + name.length();
      var changed = bundle.clone();
      changed[paper + file(files(bundle), name).length / 2] ^= 1;
      var said = StandAlone.typed(verifier.keep("changed.zip", changed));
      assertThat(said.exit()).as(said.words()).isEqualTo(1);
      assertThat(said.words()).startsWith("verify: BROKEN " + name + ":");
    }
  }

  @Test void a_papers_fingerprint_is_in_the_log_in_its_answer_and_in_what_is_shown_to_everybody() throws Exception {
    var files = files(got(buyer, at + "/bundle"));
    var id = DisputeId.parse(at.substring(at.lastIndexOf('/') + 1)).orElseThrow();
    var known = server.centre.the(ResultBook.class).fingerprints(id, 1);
    assertThat(known.keySet()).containsExactly("en", "zh");
    known.forEach((language, sha256) -> {
      assertThat(sha256).isEqualTo(HexFormat.of()
          .formatHex(Digest.sha256(file(files, "result-" + language + ".pdf"))));
      assertThat(server.get(buyer, at + "/result.pdf?language=" + language).header("ETag"))
          .isEqualTo('"' + sha256 + '"');
    });
    for (var paper : JSON.readTree(file(files, "papers.json"))) {
      var entry = HexFormat.of().formatHex(Digest.sha256(JSON.writeValueAsBytes(paper.path("entry"))));
      var inLog = ok(server.get(null, "/v1/test-log/proofs/inclusion?entry=" + entry)).json();
      assertThat(inLog.path("index").asLong()).isEqualTo(paper.path("index").asLong());
      assertThat(paper.at("/opening/is/sha256").asString())
          .isEqualTo(known.get(paper.at("/opening/is/language").asString()));
    }
    ok(server.post(buyer, at + "/certificate/consent", "{\"what\":\"RESULT\"}"));
    var agreed = ok(server.post(merchant, at + "/certificate/consent", "{\"what\":\"RESULT\"}"));
    var shown = ok(server.get(null, agreed.json().path("address").asString())).json().path("certificate");
    known.forEach((language, sha256) -> assertThat(shown.path("papers").path(language).asString()).isEqualTo(sha256));
    assertThat(shown.path("record").asString())
        .isEqualTo(HexFormat.of().formatHex(Digest.sha256(file(files, "result.json"))));
  }
}
