package redress.alipay;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import redress.connect.Account;

/**
 * The application's private key, which signs what is asked, and Alipay's public key, which proves what comes back.
 * Both are RSA keys of 2048 bits for RSA2 (SHA256withRSA), by the signing code of Alipay's own kit. In certificate mode
 * {@code serials} are named in every request, else they are empty.
 */
record Keys(String own, String alipays, Map<String, String> serials) {
  private static final String CHARSET = "utf-8";
  private static final String RSA2 = "RSA2";

  /** Both keys of an account, tried once. Throws IllegalArgumentException that names the one that is none. */
  static Keys of(Account account) {
    var own = bare(account.secret("appPrivateKey"));
    var keys = isCertified(account) ? certified(own, Certificates.of(account))
        : new Keys(own, bare(account.text("alipayPublicKey")), Map.of());
    try {
      AlipaySignature.sign("a", keys.own, CHARSET, RSA2);
    } catch (AlipayApiException e) {
      throw account.wrong("appPrivateKey", "is no RSA private key in PKCS#8 (base64)");
    }
    if (!isPublicKey(keys.alipays)) throw account.wrong("alipayPublicKey", "is no RSA public key (base64)");
    return keys;
  }

  private static Keys certified(String own, Certificates certificates) {
    return new Keys(own, certificates.alipays(), certificates.serials());
  }

  private static boolean isCertified(Account account) {
    boolean certified = account.has("appCertificate") || account.has("alipayCertificate");
    if (certified && account.has("alipayPublicKey"))
      throw account.wrong("alipayPublicKey", "and certificates are both given: an application has one or the other");
    return certified;
  }

  /** The signature of these parameters, as the gateway wants it. */
  String sign(Map<String, String> parameters) throws AlipayApiException {
    return AlipaySignature.sign(AlipaySignature.getSignContent(parameters), own, CHARSET, RSA2);
  }

  /** Whether Alipay signed exactly this text. */
  boolean isAlipays(String text, String signature) {
    try {
      return AlipaySignature.verify(text, signature, alipays, CHARSET, RSA2);
    } catch (AlipayApiException e) {
      return false;
    }
  }

  /** Keys are handed out with or without the lines around them. */
  private static String bare(String key) {
    return key.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
  }

  private static boolean isPublicKey(String key) {
    try {
      KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override public String toString() {
    return "Keys[]";
  }
}
