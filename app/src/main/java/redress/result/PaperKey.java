package redress.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The key that papers are signed with, and its certificates, its own first: RSA, because readers of PDF know that
 * everywhere. One's own from a PKCS#12 file, or made here and self-signed.
 */
public record PaperKey(PrivateKey secret, List<X509Certificate> chain) {
  private static final String FILE = "result-paper.pem";
  private static final int BITS = 3072;
  private static final int SERIAL_BITS = 120;
  private static final long DAYS = 3_652;

  public PaperKey {
    chain = List.copyOf(chain);
  }

  /** The first key in a PKCS#12 file. Throws IllegalArgumentException with a sentence for the operator. */
  public static PaperKey from(Path file, String password) {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (var names = store.aliases(); names.hasMoreElements();) {
        var name = names.nextElement();
        if (store.getKey(name, password.toCharArray()) instanceof PrivateKey secret) {
          return new PaperKey(secret,
              Arrays.stream(store.getCertificateChain(name)).map(X509Certificate.class::cast).toList());
        }
      }
      throw new IllegalArgumentException(file + " holds no private key");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " cannot be opened as PKCS#12: " + e.getMessage(), e);
    }
  }

  /** The key in this folder, made and self-signed when there is none; several processes find the same one. */
  public static PaperKey in(Path folder, String issuer, Instant now) {
    var file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) keep(file, made(issuer, now));
      return read(Files.readString(file, US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("the key of papers in " + folder + " cannot be used", e);
    }
  }

  private static void keep(Path file, PaperKey key) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(file.toAbsolutePath().getParent());
    var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".new-", "", owner);
    try {
      Files.writeString(fresh, key.written(), US_ASCII);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException won) {
      return; // somebody else was quicker, and theirs is read
    } finally {
      Files.delete(fresh);
    }
  }

  /** A key of RSA 3072 with a certificate that signs itself, for ten years. */
  public static PaperKey made(String issuer, Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, issuer)
          .addRDN(BCStyle.CN, issuer + " result records").build();
      var from = now.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
      var builder = new JcaX509v3CertificateBuilder(name, new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
          Date.from(from), Date.from(from.plus(DAYS, ChronoUnit.DAYS)), name, pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
      var signed = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
      return new PaperKey(pair.getPrivate(), List.of(new JcaX509CertificateConverter().getCertificate(signed)));
    } catch (GeneralSecurityException | OperatorException | IOException e) {
      throw new IllegalStateException("a key of papers cannot be made", e);
    }
  }

  private String written() throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(new PemObject("PRIVATE KEY", secret.getEncoded()));
      for (var certificate : chain) pem.writeObject(certificate);
    }
    return text.toString();
  }

  private static PaperKey read(String text) throws IOException {
    try (var pem = new PEMParser(new StringReader(text))) {
      PrivateKey secret = null;
      var chain = new ArrayList<X509Certificate>();
      for (var it = pem.readObject(); it != null; it = pem.readObject()) {
        if (it instanceof PrivateKeyInfo info) secret = new JcaPEMKeyConverter().getPrivateKey(info);
        if (it instanceof X509CertificateHolder one) chain.add(new JcaX509CertificateConverter().getCertificate(one));
      }
      if (secret == null || chain.isEmpty()) throw new IOException("there is no key with its certificate");
      return new PaperKey(secret, chain);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be read", e);
    }
  }

  /** The certificate of the key itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  @Override public String toString() {
    return "PaperKey[" + certificate().getSubjectX500Principal() + "]";
  }
}
