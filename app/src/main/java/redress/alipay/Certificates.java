package redress.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redress.connect.Account;

/**
 * The certificates of an application that speaks in certificate mode: its own and Alipay's roots are named in every
 * request, by serial numbers of Alipay's own making; Alipay's holds the key that proves what comes back.
 * Source: Alipay's open platform, certificate mode (公钥证书模式).
 */
record Certificates(Map<String, String> serials, String alipays) {
  private static final String RSA = "1.2.840.113549.1.1";

  /** The three certificates of an account. Throws IllegalArgumentException that names the one that is none. */
  static Certificates of(Account account) {
    var own = parsed(account, "appCertificate").getFirst();
    var alipays = parsed(account, "alipayCertificate").getFirst();
    var roots = parsed(account, "alipayRootCertificate").stream().filter(it -> it.getSigAlgOID().startsWith(RSA))
        .map(Certificates::serial).collect(Collectors.joining("_"));
    if (roots.isEmpty()) throw account.wrong("alipayRootCertificate", "holds no certificate signed with RSA");
    return new Certificates(Map.of("app_cert_sn", serial(own), "alipay_root_cert_sn", roots),
        Base64.getEncoder().encodeToString(alipays.getPublicKey().getEncoded()));
  }

  /** MD5, in hexadecimal, of the issuer's name and the serial number in decimal. */
  static String serial(X509Certificate certificate) {
    var named = certificate.getIssuerX500Principal().getName() + certificate.getSerialNumber();
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(named.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All certificates of a file that the JDK can read; Alipay's roots hold one of the Chinese SM2, which it cannot. */
  private static List<X509Certificate> parsed(Account account, String key) {
    var all = new ArrayList<X509Certificate>();
    for (var pem : account.text(key).split("(?<=-----END CERTIFICATE-----)")) {
      try {
        if (!pem.isBlank()) all.add(parsed(pem.strip()));
      } catch (CertificateException e) {
        if (all.isEmpty() && !key.equals("alipayRootCertificate")) break;
      }
    }
    if (all.isEmpty()) throw account.wrong(key, "is no X.509 certificate (PEM)");
    return all;
  }

  static X509Certificate parsed(String pem) throws CertificateException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
  }
}
