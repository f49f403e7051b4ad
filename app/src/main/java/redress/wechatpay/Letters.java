package redress.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.exception.DecryptionException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.RefundOrder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What WeChat Pay sends by itself: JSON, signed in its headers, with a resource that is encrypted (AES-256-GCM) under
 * the merchant's API v3 key. A letter that is repeated is signed anew and keeps its id; one that is stamped more than
 * five minutes away from now is refused, however well it is signed.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012268885">WeChat Pay, notification of refunds</a>
 */
record Letters(String merchant, Verifier verifier, AeadCipher cipher, Numbers numbers) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final String SIGNATURE = "WECHATPAY2-SHA256-RSA2048";
  private static final String CIPHER = "AEAD_AES_256_GCM";

  /** What the letter is about, once signature and time were proved; {@code at} is now. */
  Heard read(Callback callback, Instant at) {
    var stamp = callback.header("Wechatpay-Timestamp").flatMap(Letters::instant);
    if (stamp.isEmpty()) return new Heard.Forged("without a time");
    if (Duration.between(stamp.get(), at).abs().compareTo(FRESH) > 0) return new Heard.Forged("stale");
    if (!isSigned(callback)) return new Heard.Forged("WeChat Pay did not sign it");
    try {
      return about(JSON.readTree(callback.body()));
    } catch (JacksonException | IllegalArgumentException | DecryptionException e) {
      return new Heard.Forged("not to be read with this account's key");
    }
  }

  private boolean isSigned(Callback callback) {
    var serial = callback.header("Wechatpay-Serial").orElse("");
    var signature = callback.header("Wechatpay-Signature").orElse("");
    var kind = callback.header("Wechatpay-Signature-Type").orElse(SIGNATURE);
    if (serial.isEmpty() || signature.isEmpty() || !kind.equals(SIGNATURE)) return false;
    var signed = callback.header("Wechatpay-Timestamp").orElse("") + "\n"
        + callback.header("Wechatpay-Nonce").orElse("") + "\n" + callback.body() + "\n";
    try {
      return verifier.verify(serial, signed, signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Heard about(JsonNode letter) {
    var id = letter.path("id").asString("");
    if (id.isEmpty()) return new Heard.Forged("without an id");
    if (!letter.path("event_type").asString("").startsWith("REFUND.")) return new Heard.OfNoConcern(id);
    var refund = JSON.readTree(opened(letter.path("resource")));
    if (!refund.path("mchid").asString("").equals(merchant)) return new Heard.Forged("for another merchant");
    var reference = refund.path("out_refund_no").asString("");
    if (RefundOrder.isOurs(reference)) return new Heard.OfRefund(id, reference);
    var payment = refund.path(numbers == Numbers.TRANSACTION_ID ? "transaction_id" : "out_trade_no").asString("");
    return payment.isEmpty() ? new Heard.OfNoConcern(id) : new Heard.OfPayment(id, payment);
  }

  private String opened(JsonNode resource) {
    if (!resource.path("algorithm").asString("").equals(CIPHER))
      throw new IllegalArgumentException("another cipher");
    return cipher.decrypt(resource.path("associated_data").asString("").getBytes(UTF_8),
        resource.path("nonce").asString("").getBytes(UTF_8),
        Base64.getDecoder().decode(resource.path("ciphertext").asString("")));
  }

  private static Optional<Instant> instant(String seconds) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
