package redress.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redress.api.Server;
import redress.dispute.DisputeId;
import redress.dispute.Outcome;
import redress.store.ResultBook;

/** Papers are signed so that a second library believes them, and no byte can be changed. */
@ExtendWith(Endings.Shared.class)
class SealTest {
  private static final int CHANGES = 1_000;
  private static final PaperKey KEY = PaperKey.made("test.example", Server.MORNING);
  private static Endings endings;
  private static ResultBook.Kept kept;
  private static byte[] signed;

  @BeforeAll static void open(Endings shared) {
    if (LoggerFactory.getLogger("eu.europa.esig.dss") instanceof Logger talkative) talkative.setLevel(Level.OFF);
    endings = shared;
    kept = shared.server.centre.the(ResultBook.class)
        .find(DisputeId.parse(shared.of(Outcome.SETTLED_FULFILLED)).orElseThrow(), 1).orElseThrow();
    signed = new Seal(KEY, null).sign(Paper.of(kept, Phrasebook.ZH), "test.example", Server.MORNING);
  }

  private static PDFDocumentValidator reader(byte[] pdf, PaperKey trusted) {
    var anchors = new CommonTrustedCertificateSource();
    anchors.addCertificate(new CertificateToken(trusted.certificate()));
    var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(anchors);
    var reader = new PDFDocumentValidator(new InMemoryDocument(pdf));
    reader.setCertificateVerifier(verifier);
    return reader;
  }

  @Test void a_second_library_finds_it_signed_as_pades_b_b_and_valid() {
    var report = reader(signed, KEY).validateDocument().getSimpleReport();
    var id = report.getFirstSignatureId();
    assertThat(report.getSignaturesCount()).isEqualTo(1);
    assertThat(report.getSignatureFormat(id)).isEqualTo(SignatureLevel.PAdES_BASELINE_B);
    assertThat(report.getIndication(id)).as(report.getSubIndication(id) + "").isEqualTo(Indication.TOTAL_PASSED);
  }

  @Test void a_thousand_changes_of_one_byte_are_all_detected() {
    assertThat(isIntact(signed)).isTrue();
    var random = new SplittableRandom(703);
    int hex = new String(signed, StandardCharsets.ISO_8859_1).lastIndexOf("/Contents <");
    var missed = new ArrayList<Integer>();
    for (int i = 0; i < CHANGES; i++) {
      var changed = signed.clone();
      int at = random.nextInt(changed.length);
      // A hexadecimal digit means the same in both cases: that changes how it is written, not what.
      byte other = (byte) (changed[at] ^ random.nextInt(1, 256));
      boolean sameDigit = at > hex && Character.digit(other, 16) >= 0
          && Character.digit(other, 16) == Character.digit(changed[at], 16);
      changed[at] = sameDigit ? (byte) 'x' : other;
      if (isIntact(changed)) missed.add(at);
    }
    assertThat(missed).isEmpty();
  }

  private static boolean isIntact(byte[] pdf) {
    try {
      var signatures = reader(pdf, KEY).getSignatures();
      if (signatures.size() != 1) return false;
      var signature = signatures.getFirst();
      signature.checkSignatureIntegrity();
      if (!signature.getSignatureCryptographicVerification().isSignatureValid()) return false;
      // Certificates are bound to the signature by their hash: what came along must be what was trusted.
      if (!signature.getCertificates().equals(List.of(new CertificateToken(KEY.certificate())))) return false;
      var report = reader(pdf, KEY).validateDocument().getSimpleReport();
      return report.getIndication(report.getFirstSignatureId()) == Indication.TOTAL_PASSED;
    } catch (RuntimeException broken) {
      return false;
    }
  }

  @Test void what_is_added_behind_the_signature_is_not_covered_and_shows() {
    var longer = java.util.Arrays.copyOf(signed, signed.length + 40);
    var range = reader(longer, KEY).getSignatures();
    assertThat(range).hasSize(1);
    var text = new String(signed, StandardCharsets.ISO_8859_1);
    var numbers = text.substring(text.lastIndexOf("/ByteRange [") + 12).split("]", 2)[0].strip().split("\\s+");
    assertThat(Integer.parseInt(numbers[2]) + Integer.parseInt(numbers[3])).isEqualTo(signed.length);
    int gap = Integer.parseInt(numbers[2]) - Integer.parseInt(numbers[1]);
    var contents = signed.clone();
    var filled = new String(contents, Integer.parseInt(numbers[1]) + 1, gap - 2, StandardCharsets.US_ASCII);
    // Nothing of what was reserved is left over: the signature fills it to the last byte.
    assertThat(HexFormat.of().parseHex(filled)).hasSize(gap / 2 - 1);
    assertThat(filled).doesNotEndWith("0".repeat(64));
  }

  @Test void the_server_gives_everybody_the_same_signed_file_in_each_language() {
    var path = Endings.at(kept.dispute().toString()) + "/result.pdf";
    for (var language : List.of("zh", "en")) {
      var reply = Endings.ok(endings.server.get(endings.buyer, path + "?language=" + language));
      assertThat(reply.header("Content-Type")).isEqualTo("application/pdf");
      assertThat(reply.header("Content-Disposition")).contains("attachment").contains("-" + language + ".pdf");
      assertThat(Endings.ok(endings.server.get(endings.merchant, path + "?language=" + language)).text())
          .isEqualTo(reply.text());
      var stored = endings.server.centre.the(ResultBook.class).paper(kept.dispute(), 1, language).orElseThrow();
      assertThat(reader(stored, KEY).getSignatures()).hasSize(1);
    }
    assertThat(endings.server.get(endings.buyer, path + "?language=fr").code()).isEqualTo("QUERY_INVALID");
    assertThat(endings.server.get(endings.buyer, Endings.at(endings.filed("p-no-paper", "CNY")) + "/result.pdf").code())
        .isEqualTo("RESULT_NOT_YET");
  }

  @Test void a_key_is_made_once_in_its_folder_for_its_owner_alone_and_ones_own_is_taken_from_pkcs12(
      @TempDir Path folder) throws Exception {
    var first = PaperKey.in(folder, "test.example", Instant.EPOCH.plusSeconds(86_400_000));
    var again = PaperKey.in(folder, "other.example", Server.MORNING);
    assertThat(again.certificate()).isEqualTo(first.certificate());
    var file = folder.resolve("result-paper.pem");
    assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", KEY.secret(), "secret".toCharArray(), KEY.chain().toArray(Certificate[]::new));
    var own = folder.resolve("own.p12");
    try (var out = Files.newOutputStream(own)) {
      store.store(out, "secret".toCharArray());
    }
    assertThat(PaperKey.from(own, "secret").certificate()).isEqualTo(KEY.certificate());
    assertThatThrownBy(() -> PaperKey.from(own, "wrong")).hasMessageContaining("cannot be opened as PKCS#12");
  }
}
