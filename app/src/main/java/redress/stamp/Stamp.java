package redress.stamp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Selector;

/**
 * A verified time stamp: when an authority saw the hash, who it says it is, and the token that proves it (DER, RFC
 * 3161).
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Stamp(Instant at, String authority, byte[] token) {

  /**
   * Verifies a token: it is about this SHA-256, signed by the certificate it carries, which is for time stamping and
   * was valid then. With {@code trusted} certificates, one of them must be that certificate or have issued it. Throws
   * IOException that says what does not hold.
   */
  public static Stamp read(byte[] token, byte[] sha256, List<X509Certificate> trusted) throws IOException {
    try {
      var read = new TimeStampToken(new CMSSignedData(token));
      var info = read.getTimeStampInfo();
      boolean same = info.getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
          && Arrays.equals(info.getMessageImprintDigest(), sha256);
      if (!same) throw new IOException("the time stamp is about something else");
      var signer = signer(read);
      read.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      if (!trusted.isEmpty()) check(new JcaX509CertificateConverter().getCertificate(signer), trusted);
      return new Stamp(info.getGenTime().toInstant(), signer.getSubject().toString(), token.clone());
    } catch (TSPException | CMSException | OperatorCreationException | GeneralSecurityException | RuntimeException e) {
      // What is no token at all makes the library fail in many ways.
      throw new IOException("the time stamp does not hold: " + e.getMessage(), e);
    }
  }

  private static X509CertificateHolder signer(TimeStampToken token) throws IOException {
    @SuppressWarnings("unchecked") Selector<X509CertificateHolder> wanted = token.getSID();
    return token.getCertificates().getMatches(wanted).stream().findFirst()
        .orElseThrow(() -> new IOException("the time stamp carries no certificate"));
  }

  private static void check(X509Certificate signer, List<X509Certificate> trusted) throws IOException {
    if (trusted.stream().noneMatch(one -> one.equals(signer) || isIssuedBy(signer, one))) {
      throw new IOException("the time stamp is signed by an authority that is not trusted here");
    }
  }

  private static boolean isIssuedBy(X509Certificate signer, X509Certificate issuer) {
    try {
      signer.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  @Override public String toString() {
    return "Stamp[" + at + " " + authority + "]";
  }
}
