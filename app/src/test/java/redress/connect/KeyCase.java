package redress.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A pair of RSA keys made for one test, and what a stand-in does with them: plain java.security, nobody's kit. */
public record KeyCase(KeyPair pair) {

  public static KeyCase fresh() {
    try {
      var maker = KeyPairGenerator.getInstance("RSA");
      maker.initialize(2048);
      return new KeyCase(maker.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The private key in PKCS#8, base64. */
  public String secret() {
    return Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
  }

  /** The public key in X.509, base64. */
  public String shown() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** SHA256withRSA over the text as UTF-8, base64. */
  public String sign(String text) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isSigned(String text, String signed) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(pair.getPublic());
      signature.update(text.getBytes(UTF_8));
      return signature.verify(Base64.getDecoder().decode(signed));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
