package redress.paypal;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates PayPal signs its webhooks with. One is fetched from an address that was allowed, must bear PayPal's
 * name for this purpose and must be vouched for by a trusted root; then it is kept.
 */
final class PayPalCertificates {
  private static final Pattern PATH = Pattern.compile("/v1/notifications/certs/[A-Za-z0-9_-]{1,100}");
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
  private static final int MOST = 32;

  private final PayPalWire wire;
  private final List<URI> allowed;
  private final Roots roots;
  private final String commonName;
  private final ConcurrentMap<URI, List<X509Certificate>> known = new ConcurrentHashMap<>();

  PayPalCertificates(PayPalWire wire, List<URI> allowed, Roots roots, String commonName) {
    this.wire = wire;
    this.allowed = List.copyOf(allowed);
    this.roots = roots;
    this.commonName = commonName;
  }

  /** Who is trusted to vouch for a certificate. */
  record Roots(Set<TrustAnchor> anchors) {

    /** Everybody Java trusts. */
    static Roots ofJava() throws GeneralSecurityException {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      var all = Arrays.stream(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
          .flatMap(it -> Arrays.stream(((X509TrustManager) it).getAcceptedIssuers())).toList();
      return of(all);
    }

    /** The certificates of a PEM file. */
    static Roots of(byte[] pem) throws GeneralSecurityException {
      return of(certificates(pem));
    }

    private static Roots of(List<X509Certificate> all) throws KeyStoreException {
      if (all.isEmpty()) throw new KeyStoreException("nobody is trusted");
      return new Roots(all.stream().map(it -> new TrustAnchor(it, null)).collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** The certificate at this address, if it may be believed at {@code at}. */
  Optional<X509Certificate> at(String address, Instant at) {
    try {
      var uri = URI.create(address);
      if (!isAllowed(uri)) return Optional.empty();
      var chain = known.get(uri);
      if (chain == null) chain = fetched(uri);
      if (chain.isEmpty() || !isVouchedFor(chain, at)) return Optional.empty();
      if (known.size() >= MOST) known.clear();
      known.put(uri, chain);
      return Optional.of(chain.getFirst());
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private boolean isAllowed(URI uri) {
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) return false;
    boolean known = allowed.stream().anyMatch(it -> it.getScheme().equals(uri.getScheme())
        && it.getHost().equalsIgnoreCase(String.valueOf(uri.getHost())) && it.getPort() == uri.getPort());
    return known && PATH.matcher(String.valueOf(uri.getRawPath())).matches();
  }

  private List<X509Certificate> fetched(URI uri) throws GeneralSecurityException {
    var file = wire.file(uri);
    return file.isPresent() ? certificates(file.get()) : List.of();
  }

  private static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
        .filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).toList();
  }

  private boolean isVouchedFor(List<X509Certificate> chain, Instant at) throws GeneralSecurityException {
    var leaf = chain.getFirst();
    var name = COMMON_NAME.matcher(leaf.getSubjectX500Principal().getName(X500Principal.RFC2253));
    if (!name.find() || !name.group(1).equals(commonName)) return false;
    var wanted = new X509CertSelector();
    wanted.setCertificate(leaf);
    var way = new PKIXBuilderParameters(roots.anchors, wanted);
    way.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    way.setRevocationEnabled(false);
    way.setDate(Date.from(at));
    CertPathBuilder.getInstance("PKIX").build(way);
    return true;
  }
}
