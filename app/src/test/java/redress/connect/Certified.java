package redress.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A pair of keys with a certificate over it, signed by itself: made with keytool, the JDK's only way to make one. */
public record Certified(KeyCase key, X509Certificate certificate) {
  private static final String PASSWORD = "changeit";

  public static Certified fresh(Path folder, String name) {
    var file = folder.resolve(name + ".p12");
    try {
      var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair", "-alias", "it", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + name + ",O=Test,C=CN",
          "-validity", "3650", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
          .redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
      if (!made.waitFor(1, TimeUnit.MINUTES) || made.exitValue() != 0)
        throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
      var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
      var certificate = (X509Certificate) store.getCertificate("it");
      var key = (PrivateKey) store.getKey("it", PASSWORD.toCharArray());
      return new Certified(new KeyCase(new KeyPair(certificate.getPublicKey(), key)), certificate);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The certificate as files hold it. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
