package redress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * What a server proves with who it is: a PEM file with its certificate, the chain behind it, and a PEM file with the
 * private key (PKCS #8, not encrypted). Both empty: it speaks plain HTTP, for loopback or behind a proxy. The files are
 * watched; what is renewed there is served within seconds, and nobody is cut off.
 */
public record Tls(String certificate, String key) {
  /** Plain HTTP. */
  public static final Tls NONE = new Tls("", "");

  /** What is offered in TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325 §4.2). */
  private static final List<String> CIPHERS = List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256",
      "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
  private static final String BUNDLE = "spring.ssl.bundle.pem.door.";
  private static final int PROBE = 32;

  /** Whether anything is to be proved at all. */
  public boolean isOn() {
    return !certificate.isEmpty();
  }

  /** Said of files nobody can be served with, and what to do. */
  public static final class Unusable extends RuntimeException {
    Unusable(String why) {
      super(why);
    }
  }

  /** These files, looked at: throws {@link Unusable} where a browser would be served nothing it can trust. */
  public static Tls of(Path certificate, Path key, Instant now) {
    var own = own(certificate);
    var secret = secret(key);
    if (!belong(own, secret)) throw new Unusable("the key in " + key + " is not that of " + certificate);
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw new Unusable("the certificate in " + certificate + " ended on " + own.getNotAfter().toInstant());
    }
    return new Tls(certificate.toAbsolutePath().toString(), key.toAbsolutePath().toString());
  }

  private static PemContent read(Path file, String what) {
    if (!Files.isReadable(file)) throw new Unusable("the " + what + " " + file + " cannot be read");
    try {
      return PemContent.load(file);
    } catch (IOException | RuntimeException e) {
      throw new Unusable("the " + what + " " + file + " is no PEM file");
    }
  }

  private static X509Certificate own(Path file) {
    var content = read(file, "certificate");
    try {
      var chain = content.getCertificates();
      if (chain != null && !chain.isEmpty()) return chain.getFirst();
    } catch (RuntimeException e) {
      // Said below.
    }
    throw new Unusable(file + " holds no certificate in PEM");
  }

  private static PrivateKey secret(Path file) {
    var content = read(file, "key");
    try {
      var key = content.getPrivateKey();
      if (key != null) return key;
    } catch (RuntimeException e) {
      // Said below; what the parser says may quote the key.
    }
    throw new Unusable(file + " holds no private key in PEM (PKCS #8, not encrypted)");
  }

  private static boolean belong(X509Certificate certificate, PrivateKey key) {
    var name = switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
    var words = new byte[PROBE];
    new SecureRandom().nextBytes(words);
    try {
      var signing = Signature.getInstance(name);
      signing.initSign(key);
      signing.update(words);
      var signed = signing.sign();
      signing.initVerify(certificate.getPublicKey());
      signing.update(words);
      return signing.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** How the web server is told. */
  Map<String, Object> properties() {
    var all = new HashMap<String, Object>();
    if (!isOn()) return all;
    all.put("server.ssl.bundle", "door");
    all.put(BUNDLE + "keystore.certificate", "file:" + certificate);
    all.put(BUNDLE + "keystore.private-key", "file:" + key);
    all.put(BUNDLE + "reload-on-update", true);
    // The two files change one after the other; they are read once both have been left alone.
    all.put("spring.ssl.bundle.watch.file.quiet-period", "2s");
    all.put(BUNDLE + "options.enabled-protocols", "TLSv1.2,TLSv1.3");
    all.put(BUNDLE + "options.ciphers", String.join(",", CIPHERS));
    return all;
  }

  /** The names of what is offered, best first. */
  public static List<String> ciphers() {
    return CIPHERS;
  }
}
