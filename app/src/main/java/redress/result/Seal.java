package redress.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.stamp.TimeStamps;

/**
 * Signs papers as PAdES baseline B-B (ETSI EN 319 142-1), with a time stamp of the signature as B-T where there is an
 * authority for that.
 */
final class Seal {
  private static final Logger log = LoggerFactory.getLogger(Seal.class);
  private static final int ROOM_FOR_STAMP = 16_384;
  /** From here on (in bytes) to 64 KiB a filler that is one byte longer makes all of it one byte longer. */
  private static final int FILLER_LEAST = 256;
  /** Zeros up to the end of the room: what an unsigned attribute says that nobody knows is passed over (X.667). */
  private static final ASN1ObjectIdentifier FILLER =
      new ASN1ObjectIdentifier("2.25.107367436588175420865212532911120616424");

  private final PaperKey key;
  private final @Nullable TimeStamps stamps;

  Seal(PaperKey key, @Nullable TimeStamps stamps) {
    this.key = key;
    this.stamps = stamps;
  }

  /**
   * {@code pdf} signed as of {@code at} (UTC). Blocks where a time stamp authority is asked, so never inside a database
   * transaction; one that does not answer or does not hold leaves the paper without a stamp.
   */
  byte[] sign(byte[] pdf, String issuer, Instant at) {
    try {
      // How long the signature becomes is found out by signing: what is reserved for it is exactly filled then, so that
      // no byte of the file is free to be changed.
      int size = cms(new byte[0]).length;
      return stamps == null ? signed(pdf, issuer, at, size, this::sign)
          : stamped(pdf, issuer, at, size, stamps);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] stamped(byte[] pdf, String issuer, Instant at, int size, TimeStamps stamps) throws IOException {
    try {
      int room = size + ROOM_FOR_STAMP;
      return signed(pdf, issuer, at, room, content -> stamped(cms(content.readAllBytes()), stamps, room));
    } catch (IOException e) {
      log.warn("A paper is signed without a time stamp: {}", e.getMessage());
      return signed(pdf, issuer, at, size, this::sign);
    }
  }

  private static byte[] signed(byte[] pdf, String issuer, Instant at, int room, SignatureInterface signing)
      throws IOException {
    try (var document = Loader.loadPDF(pdf); var options = new SignatureOptions()) {
      var signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
      signature.setName(issuer);
      signature.setSignDate(GregorianCalendar.from(at.atZone(ZoneOffset.UTC)));
      options.setPreferredSignatureSize(room);
      document.addSignature(signature, signing, options);
      var bytes = new ByteArrayOutputStream();
      document.saveIncremental(bytes);
      return bytes.toByteArray();
    }
  }

  private byte[] sign(InputStream content) throws IOException {
    return cms(content.readAllBytes());
  }

  /** By its hash: no other certificate can be put in its place. */
  private SigningCertificateV2 named() throws IOException, GeneralSecurityException {
    var holder = new JcaX509CertificateHolder(key.certificate());
    var issued = new IssuerSerial(new GeneralNames(new GeneralName(holder.getIssuer())), holder.getSerialNumber());
    return new SigningCertificateV2(new ESSCertIDv2(null, sha256(holder.getEncoded()), issued));
  }

  private byte[] cms(byte[] content) throws IOException {
    try {
      var bound = new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(named()));
      var usual = new DefaultSignedAttributeTableGenerator(new AttributeTable(bound));
      // A paper tells its time in the file; the standard forbids to tell it here again.
      CMSAttributeTableGenerator timeless = about -> usual.getAttributes(about).remove(CMSAttributes.signingTime);
      var signer = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
          .setSignedAttributeGenerator(timeless)
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.secret()), key.certificate());
      var generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(signer);
      generator.addCertificates(new JcaCertStore(key.chain()));
      return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
    } catch (GeneralSecurityException | CMSException | OperatorCreationException e) {
      throw new IOException("the paper cannot be signed", e);
    }
  }

  /** With a stamp, and as long as the room that was kept: there are readers that stumble over zeros behind it. */
  private static byte[] stamped(byte[] bytes, TimeStamps stamps, int room) throws IOException {
    try {
      var data = new CMSSignedData(bytes);
      var signer = data.getSignerInfos().getSigners().iterator().next();
      ASN1Encodable token = ASN1Primitive.fromByteArray(stamps.stamp(sha256(signer.getSignature())).token());
      int left = room - with(data, signer, token, FILLER_LEAST).length;
      if (left < 0) throw new IOException("the time stamp is larger than the room for it");
      return with(data, signer, token, FILLER_LEAST + left);
    } catch (CMSException e) {
      throw new IOException("the signature cannot be stamped", e);
    }
  }

  private static byte[] with(CMSSignedData data, SignerInformation signer, ASN1Encodable token, int zeros)
      throws IOException {
    var stamp = new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(token));
    var filler = new Attribute(FILLER, new DERSet(new DEROctetString(new byte[zeros])));
    var both = new AttributeTable(new DERSet(new Attribute[] {stamp, filler}));
    var replaced = SignerInformation.replaceUnsignedAttributes(signer, both);
    return CMSSignedData.replaceSigners(data, new SignerInformationStore(List.of(replaced))).getEncoded("DER");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
