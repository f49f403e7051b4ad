package redress.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.wechat.pay.java.core.certificate.CertificateProvider;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.util.PemUtil;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import redress.connect.Account;
import redress.connect.Connector;
import redress.connect.Provider;

/**
 * Opens accounts of merchants at WeChat Pay. WeChat Pay is known by its public key and the key's id, by its platform
 * certificates, or by both while a merchant goes over from one to the other.
 */
public final class WeChatPayConnector implements Connector {
  /** What an account's {@code kind} says. */
  public static final String KIND = "WECHATPAY";

  private static final String ADDRESS = "https://api.mch.weixin.qq.com";
  private static final int API_KEY_BYTES = 32;
  private static final int BILL_DAYS = 90;

  @Override public String kind() {
    return KIND;
  }

  @Override public Provider open(Account account) {
    account.only("merchantId", "merchantSerial", "merchantKey", "apiV3Key", "platformKeyId", "platformKey",
        "platformCertificates", "address", "patience", "notifyUrl", "billDays", "paymentsAre");
    var merchant = account.need("merchantId");
    var verifier = verifier(account);
    var wire = new Wire(account.address("address", ADDRESS), merchant, signer(account), verifier,
        account.duration("patience", Duration.ofSeconds(15)));
    var numbers = account.choice("paymentsAre", "OUT_TRADE_NO", "TRANSACTION_ID").equals("TRANSACTION_ID")
        ? Numbers.TRANSACTION_ID : Numbers.OUT_TRADE_NO;
    var notify = account.get("notifyUrl", "").isEmpty() ? "" : account.address("notifyUrl", "");
    return new WeChatPay(account.name(), merchant, wire, numbers, notify, account.number("billDays", BILL_DAYS, 365),
        new Letters(merchant, verifier, cipher(account), numbers));
  }

  private static Signer signer(Account account) {
    var serial = account.need("merchantSerial");
    var key = account.secret("merchantKey");
    try {
      var signer = new RSASigner(serial, PemUtil.loadPrivateKeyFromString(key));
      signer.sign("a");
      return signer;
    } catch (IllegalArgumentException e) {
      throw account.wrong("merchantKey", "is no RSA private key in PKCS#8 (PEM)");
    }
  }

  private static AeadCipher cipher(Account account) {
    var key = account.secret("apiV3Key").getBytes(UTF_8);
    if (key.length != API_KEY_BYTES) throw account.wrong("apiV3Key", "has to have " + API_KEY_BYTES + " bytes");
    return new AeadAesCipher(key);
  }

  private static Verifier verifier(Account account) {
    boolean knowsKey = account.has("platformKey");
    if (!account.has("platformCertificates")) return byKey(account);
    return knowsKey ? new RSAVerifier(key(account), account.need("platformKeyId"), certificates(account))
        : new RSAVerifier(certificates(account));
  }

  private static Verifier byKey(Account account) {
    if (!account.has("platformKey"))
      throw account.wrong("platformKey", "is missing (or platformCertificates): who proves that WeChat Pay answered");
    return new RSAVerifier(key(account), account.need("platformKeyId"));
  }

  private static PublicKey key(Account account) {
    try {
      return PemUtil.loadPublicKeyFromString(account.text("platformKey"));
    } catch (Account.Wrong e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw account.wrong("platformKey", "is no RSA public key (PEM)");
    }
  }

  private static CertificateProvider certificates(Account account) {
    var pem = account.text("platformCertificates");
    try {
      var all = Arrays.stream(pem.split("(?<=-----END CERTIFICATE-----)")).map(String::strip)
          .filter(it -> !it.isEmpty()).map(PemUtil::loadX509FromString).toArray(X509Certificate[]::new);
      return new InMemoryCertificateProvider(Arrays.asList(all));
    } catch (IllegalArgumentException e) {
      throw account.wrong("platformCertificates", "are no X.509 certificates (PEM, one after another)");
    }
  }
}
