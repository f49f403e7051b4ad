package redress.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Courier;
import redress.api.Courier.Sent;
import redress.api.Server;
import redress.policy.Role;

/**
 * A running server is sent what is made to do harm, and forms that are: it says why not, keeps nothing, and goes on.
 */
class UploadAttackTest {
  private static Server server;
  private static Courier buyer;
  private static String secret;
  private static int payments;

  @BeforeAll static void open() {
    server = new Server();
    secret = server.key(Role.BUYER, "buyer-1");
    buyer = new Courier(server.centre.port(), secret);
  }

  @AfterAll static void close() {
    buyer.close();
    server.close();
  }

  private static String dispute() {
    var payment = "p-attack-" + ++payments;
    server.put(server.key(Role.PLATFORM, "platform-1"), "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET"}""");
    var filed = buyer.post("/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It does not work."}""".formatted(payment));
    assertThat(filed.status()).as(filed.toString()).isEqualTo(201);
    return "/v1/disputes/" + filed.json().path("id").asString();
  }

  private static int drafts(String dispute) {
    return buyer.get(dispute + "/uploads").json().path("items").size();
  }

  @Test void one_file_of_each_kind_of_attack_is_turned_away_with_its_reason_or_made_harmless() {
    var dispute = dispute();
    var kinds = new LinkedHashMap<String, Attack>();
    Attacks.all().forEach(attack -> kinds.putIfAbsent(attack.kind(), attack));
    int harmless = 0;
    for (var attack : kinds.values()) {
      // What ends the line of a header is no longer a name; forms like that have their own test.
      if (attack.name().matches("(?s).*[\\r\\n\"\\x00].*")) continue;
      var got = buyer.form(dispute + "/uploads", new Sent(attack.name(), attack.type(), attack.bytes().get()));
      if (attack.isMadeHarmless()) {
        assertThat(got.status()).as(attack + " " + got).isEqualTo(201);
        harmless++;
      } else {
        assertThat(attack.reasons().stream().map(Enum::name)).as(attack + " " + got).contains(got.code());
        assertThat(got.status()).isEqualTo(Reason.valueOf(got.code()).status);
        assertThat(got.header("Content-Type")).startsWith("application/problem+json");
      }
    }
    assertThat(kinds.size()).isGreaterThan(60);
    assertThat(drafts(dispute)).isEqualTo(harmless);
  }

  @Test void a_form_of_ten_thousand_and_one_parts_is_turned_away() {
    var dispute = dispute();
    for (var part : List.of("Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n",
        "Content-Disposition: form-data; name=\"note\"\r\n\r\na\r\n", "\r\na\r\n")) {
      var form = ("--b\r\n" + part).repeat(10_001) + "--b--\r\n";
      var got = buyer.send("POST", dispute + "/uploads", BodyPublishers.ofString(form), "Content-Type",
          "multipart/form-data; boundary=b");
      assertThat(got.status()).as(got.toString()).isBetween(400, 422);
      assertThat(got.code()).isIn("TOO_MANY_FILES", "FIELD_UNKNOWN", "FIELD_MISSING", "UPLOAD_BROKEN");
    }
    assertThat(drafts(dispute)).isZero();
  }

  @Test void a_form_out_of_shape_is_turned_away() {
    var dispute = dispute();
    var file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n";
    for (var form : List.of("", "--b", "--b--", "no form at all", "--b\r\n" + file + "X: " + "x".repeat(1_000_000)
        + "\r\n\r\na\r\n--b--\r\n", "--b\r\n" + file + "\r\nno end",
        "--b\r\n" + "X: y\r\n".repeat(100_000)
            + "\r\na\r\n--b--\r\n",
        "--c\r\n" + file + "\r\na\r\n--c--\r\n")) {
      var got = buyer.send("POST", dispute + "/uploads", BodyPublishers.ofString(form), "Content-Type",
          "multipart/form-data; boundary=b");
      assertThat(got.status()).as(got.toString()).isBetween(400, 422);
      assertThat(got.code()).isNotEmpty();
    }
    for (var type : List.of("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary="
        + "b".repeat(10_000), "multipart/mixed; boundary=b")) {
      var got =
          buyer.send("POST", dispute + "/uploads", BodyPublishers.ofString("--b\r\n" + file + "\r\na\r\n--b--\r\n"),
              "Content-Type", type);
      assertThat(got.status()).as(type.substring(0, Math.min(60, type.length())) + " " + got).isBetween(400, 431);
    }
    assertThat(drafts(dispute)).isZero();
  }

  @Test void a_form_shorter_than_it_says_and_forms_that_never_end_keep_nobody_waiting() throws IOException {
    var dispute = dispute();
    var body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nslow";
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 40; i++) open.add(begun(dispute, body, i % 2 == 0 ? 5_000_000 : body.length() + 1));
      var got = buyer.form(dispute + "/uploads", Sent.text("b.txt", "in time"));
      assertThat(got.status()).as(got.toString()).isEqualTo(201);
      for (var socket : open) socket.getOutputStream().write('.');
      assertThat(buyer.form(dispute + "/uploads", Sent.text("c.txt", "in time too")).status()).isEqualTo(201);
    } finally {
      for (var socket : open) socket.close();
    }
    assertThat(drafts(dispute)).isEqualTo(2);
  }

  private static Socket begun(String dispute, String body, int length) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.centre.port());
    socket.getOutputStream().write(("POST " + dispute + "/uploads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + secret + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " + length + "\r\n\r\n" + body)
        .getBytes(UTF_8));
    return socket;
  }

  @Test void a_preview_tells_nothing_that_the_picture_notes_and_the_original_stays_whole() throws IOException {
    var dispute = dispute();
    var photo =
        Pictures.withSegment(Pictures.jpeg(Pictures.drawn(1600, 1200, java.awt.image.BufferedImage.TYPE_INT_RGB),
            80, false), 0xE1, Pictures.exif(6, true));
    give(dispute, new Sent("home.jpg", "image/jpeg", photo));
    var preview = buyer.get(dispute + "/evidence/1/preview");
    assertThat(preview.status()).as(preview.header("Content-Type")).isEqualTo(200);
    assertThat(preview.header("Content-Type")).isEqualTo("image/png");
    assertThat(preview.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(preview.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(new String(preview.body(), ISO_8859_1)).doesNotContain("Exif", "eXIf", "tEXt");
    var picture = ImageIO.read(new ByteArrayInputStream(preview.body()));
    assertThat(List.of(picture.getWidth(), picture.getHeight())).isEqualTo(List.of(900, 1200));
    assertThat(Arrays.equals(buyer.get(dispute + "/evidence/1/file").body(), photo)).isTrue();
    var acts = buyer.get(dispute + "/evidence/1/custody").json().path("items").valueStream().map(it -> it.path("act")
        .asString()).toList();
    assertThat(acts).isEqualTo(List.of("GAVE", "SAW", "DOWNLOADED"));
    give(dispute, Sent.text("a.txt", "words"));
    assertThat(buyer.get(dispute + "/evidence/2/preview").code()).isEqualTo("NO_PREVIEW");
    assertThat(buyer.get(dispute + "/evidence/3/preview").code()).isEqualTo("NOT_FOUND");
    assertThat(Set.of(buyer.get(dispute + "/evidence/x/preview").status())).containsExactly(404);
  }

  private static void give(String dispute, Sent file) {
    var sent = buyer.form(dispute + "/uploads", file);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
    var given =
        buyer.post(dispute + "/evidence", "{\"evidenceType\":\"PHOTO_OF_ITEM\",\"upload\":\"" + sent.json().path(
            "items").path(0).path("id").asString() + "\"}");
    assertThat(given.status()).as(given.toString()).isEqualTo(200);
  }
}
