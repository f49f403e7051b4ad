package redress.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redress.api.Server.Reply;
import redress.dispute.Outcome;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.policy.Role;
import tools.jackson.databind.json.JsonMapper;

/** What is shown to everybody is what its givers agreed to, for as long as they do. */
@ExtendWith(Endings.Shared.class)
class CertificateTest {
  private static Endings endings;

  @BeforeAll static void open(Endings shared) {
    endings = shared;
  }

  private static Reply agree(String who, String dispute, String body) {
    return endings.server.post(who, Endings.at(dispute) + "/certificate/consent", body);
  }

  private static String address(Reply reply) {
    return Endings.ok(reply).json().path("address").asString("");
  }

  private static Reply revoke(String who, String dispute, String what) {
    return Endings.ok(endings.server.send("DELETE", who, Endings.at(dispute) + "/certificate/consent?what=" + what,
        null));
  }

  @Test void a_result_is_shown_when_both_sides_agree_and_until_one_takes_it_back() throws Exception {
    var id = endings.of(Outcome.SETTLED_ENFORCED);
    assertThat(address(agree(endings.buyer, id, "{\"what\":\"RESULT\"}"))).isEmpty();
    var address = address(agree(endings.merchant, id, "{\"what\":\"RESULT\"}"));
    assertThat(address).matches("/v1/certificates/[\\w-]{32}");
    var shown = Endings.ok(endings.server.get(null, address)).json();
    var certificate = shown.path("certificate");
    assertThat(certificate.path("outcome").asString()).isEqualTo("SETTLED_ENFORCED");
    assertThat(certificate.path("promises").get(0).path("amount").asLong()).isEqualTo(20_000);
    assertThat(certificate.path("merchant").isNull()).isTrue();
    assertThat(certificate.path("days").asLong()).isEqualTo(5);
    assertThat(shown.toString()).doesNotContain(id, "shop-1", "buyer-1", "p-force", "At last");
    var jws = new JsonWebSignature();
    jws.setCompactSerialization(shown.path("jws").asString());
    jws.setKey(endings.server.centre.the(Keyring.class).current(Purpose.RESULT).publicKey());
    assertThat(jws.verifySignature()).isTrue();
    assertThat(JsonMapper.shared().readTree(jws.getPayloadBytes())).isEqualTo(certificate);
    agree(endings.merchant, id, "{\"what\":\"NAME\"}");
    assertThat(endings.server.get(null, address).json().path("certificate").path("merchant").asString())
        .isEqualTo("shop-1");
    revoke(endings.buyer, id, "RESULT");
    assertThat(endings.server.get(null, address).code()).isEqualTo("CERTIFICATE_WITHDRAWN");
    var fresh = address(agree(endings.buyer, id, "{\"what\":\"RESULT\"}"));
    assertThat(fresh).isNotEqualTo(address);
    assertThat(endings.server.get(null, address).status()).isEqualTo(410);
    assertThat(endings.server.get(null, fresh).status()).isEqualTo(200);
    revoke(endings.merchant, id, "RESULT");
  }

  @Test void who_agreed_to_a_result_did_not_agree_to_the_next_one() {
    var id = endings.fulfilled("p-shown-again");
    agree(endings.buyer, id, "{\"what\":\"RESULT\"}");
    agree(endings.merchant, id, "{\"what\":\"NAME\"}");
    var address = address(agree(endings.merchant, id, "{\"what\":\"RESULT\"}"));
    assertThat(endings.server.get(null, address).json().at("/certificate/outcome").asString())
        .isEqualTo("SETTLED_FULFILLED");
    endings.say(endings.buyer, Endings.at(id) + "/reopening", "{\"newFact\":\"It broke again.\"}");
    isWithdrawn(address, id);
    endings.say(endings.buyer, Endings.at(id) + "/withdrawal", "");
    endings.advance("p-shown-again", "PT1M");
    assertThat(Endings.ok(endings.server.get(endings.buyer, Endings.at(id) + "/result")).json().path("number").asInt())
        .isEqualTo(2);
    isWithdrawn(address, id);
    var standing = Endings.ok(endings.server.get(endings.buyer, Endings.at(id) + "/certificate")).json();
    assertThat(standing.path("consents")).isEmpty();
    assertThat(standing.path("address").isNull()).isTrue();
    assertThat(address(agree(endings.merchant, id, "{\"what\":\"RESULT\"}"))).isEmpty();
    isWithdrawn(address, id);
    var fresh = address(agree(endings.buyer, id, "{\"what\":\"RESULT\"}"));
    assertThat(fresh).isNotEmpty().isNotEqualTo(address);
    var certificate = Endings.ok(endings.server.get(null, fresh)).json().path("certificate");
    assertThat(certificate.path("outcome").asString()).isEqualTo("WITHDRAWN");
    assertThat(certificate.path("merchant").isNull()).isTrue();
    isWithdrawn(address, id);
  }

  private static void isWithdrawn(String address, String dispute) {
    for (var path : new String[] {address, address + "/qr.png", address + "/qr.svg"}) {
      var reply = endings.server.get(null, path);
      assertThat(reply.status()).as(path).isEqualTo(410);
      assertThat(reply.code()).isEqualTo("CERTIFICATE_WITHDRAWN");
      assertThat(reply.text()).doesNotContain(dispute, "buyer-1", "shop-1", "p-shown-again", "SETTLED");
    }
  }

  @Test void praise_is_shown_by_its_giver_alone_and_tells_nothing_of_the_other_side() {
    var id = endings.of(Outcome.SETTLED_FULFILLED);
    assertThat(agree(endings.merchant, id, "{\"what\":\"WORDS\",\"feedback\":1}").code()).isEqualTo("FIELD_VALUE");
    assertThat(agree(endings.buyer, id, "{\"what\":\"WORDS\",\"feedback\":7}").code()).isEqualTo("FIELD_VALUE");
    assertThat(agree(endings.buyer, id, "{\"what\":\"NAME\"}").code()).isEqualTo("FIELD_VALUE");
    var address = address(agree(endings.buyer, id, "{\"what\":\"WORDS\",\"feedback\":1}"));
    var certificate = Endings.ok(endings.server.get(null, address)).json().path("certificate");
    assertThat(certificate.path("praise").get(0).path("text").asString()).isEqualTo("Fair, quick and polite.");
    assertThat(certificate.path("praise").get(0).path("rating").asInt()).isEqualTo(5);
    for (var ofBoth : List.of("outcome", "closedOn", "days", "record", "promises", "merchant")) {
      assertThat(certificate.path(ofBoth).isNull()).as(ofBoth).isTrue();
    }
    revoke(endings.buyer, id, "WORDS");
    assertThat(endings.server.get(null, address).status()).isEqualTo(410);
  }

  @Test void its_address_is_a_code_that_readers_read() throws Exception {
    var text = "http://127.0.0.1/v1/certificates/abc";
    var picture = ImageIO.read(new ByteArrayInputStream(Qr.of(text).png()));
    var dots = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    LuminanceSource light = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), dots);
    assertThat(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(light))).getText()).isEqualTo(text);
    var drawing = Qr.of(text).svg().getBytes(UTF_8);
    assertThat(javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(drawing)).getDocumentElement().getTagName()).isEqualTo("svg");
  }

  @Test void nobody_else_agrees_and_an_unknown_address_shows_nothing() {
    var id = endings.of(Outcome.WITHDRAWN);
    var stranger = endings.server.key(Role.BUYER, "buyer-2");
    assertThat(agree(stranger, id, "{\"what\":\"RESULT\"}").status()).isEqualTo(404);
    assertThat(agree(endings.verifier, id, "{\"what\":\"RESULT\"}").code()).isEqualTo("ROLE_MISSING");
    assertThat(endings.server.get(null, "/v1/certificates/" + "A".repeat(32)).code()).isEqualTo("NOT_FOUND");
    assertThat(endings.server.get(null, "/v1/certificates/" + "A".repeat(32) + "/qr.png").status()).isEqualTo(404);
    assertThat(agree(endings.buyer, endings.filed("p-unshown", "CNY"), "{\"what\":\"RESULT\"}").code())
        .isEqualTo("RESULT_NOT_YET");
  }
}
