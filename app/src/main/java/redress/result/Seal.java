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
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
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
import redress.stamp.TimeStamps;

/**
 * Signs papers as PAdES baseline B-B (ETSI EN 319 142-1), with a time stamp of the signature as B-T where there is an
 * authority for that.
 */
final class Seal {
  private static final int ROOM_FOR_STAMP = 16_384;

  private final PaperKey key;
  private final @Nullable TimeStamps stamps;

  Seal(PaperKey key, @Nullable TimeStamps stamps) {
    this.key = key;
    this.stamps = stamps;
  }

  /**
   * {@code pdf} signed as of {@code at} (UTC). Blocks where a time stamp authority is asked; throws
   * UncheckedIOException when that one fails.
   */
  byte[] sign(byte[] pdf, String issuer, Instant at) {
    try {
      // How long the signature becomes is found out by signing: what is reserved for it is exactly filled then, so that
      // no byte of the file is free to be changed.
      int size = cms(new byte[0]).length;
      return signed(pdf, issuer, at, stamps == null ? size : size + ROOM_FOR_STAMP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] signed(byte[] pdf, String issuer, Instant at, int room) throws IOException {
    try (var document = Loader.loadPDF(pdf); var options = new SignatureOptions()) {
      var signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
      signature.setName(issuer);
      signature.setSignDate(GregorianCalendar.from(at.atZone(ZoneOffset.UTC)));
      options.setPreferredSignatureSize(room);
      document.addSignature(signature, this::sign, options);
      var bytes = new ByteArrayOutputStream();
      document.saveIncremental(bytes);
      return bytes.toByteArray();
    }
  }

  private byte[] sign(InputStream content) throws IOException {
    var bytes = cms(content.readAllBytes());
    return stamps == null ? bytes : stamped(bytes, stamps);
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

  private static byte[] stamped(byte[] bytes, TimeStamps stamps) throws IOException {
    try {
      var data = new CMSSignedData(bytes);
      var signer = data.getSignerInfos().getSigners().iterator().next();
      var token = stamps.stamp(sha256(signer.getSignature())).token();
      ASN1Encodable value = ASN1Primitive.fromByteArray(token);
      var table = new AttributeTable(new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
          new DERSet(value)));
      var replaced = SignerInformation.replaceUnsignedAttributes(signer, table);
      return CMSSignedData.replaceSigners(data, new SignerInformationStore(List.of(replaced))).getEncoded("DER");
    } catch (CMSException e) {
      throw new IOException("the signature cannot be stamped", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
