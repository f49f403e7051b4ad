package redress.paypal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates made on the spot by Java's own keytool: a root, and what it vouches for. */
final class Certificates {
  private static final String PASSWORD = "only-here";

  private final Path store;

  /** Makes an empty store in {@code folder}. */
  Certificates(Path folder, String name) {
    store = folder.resolve(name + ".p12");
  }

  /** A root of this name. */
  void root(String alias) throws IOException {
    keytool("-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + alias, "-ext",
        "bc:critical=ca:true", "-startdate", "2026/01/01 00:00:00", "-validity", "3650");
  }

  /** A key with a certificate of this common name that {@code root} vouches for until {@code days} after 2026 began. */
  void leaf(String alias, String commonName, String root, int days) throws IOException {
    keytool("-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + commonName,
        "-signer", root, "-startdate", "2026/01/01 00:00:00", "-validity", Integer.toString(days));
  }

  /** The certificate as PEM. */
  String pem(String alias) throws IOException {
    try {
      var bytes = open().getCertificate(alias).getEncoded();
      return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  PrivateKey key(String alias) throws IOException {
    try {
      return (PrivateKey) open().getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private KeyStore open() throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void keytool(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) throw new IOException(said);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
