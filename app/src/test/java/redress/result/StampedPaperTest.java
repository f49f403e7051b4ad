package redress.result;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.pdfbox.Loader;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Server;
import redress.dispute.DisputeId;
import redress.policy.Role;
import redress.stamp.Authority;
import redress.stamp.Authority.Manner;
import redress.stamp.TimeStamps;
import redress.store.ResultBook;

/** Papers of a server with a time stamp authority: stamped when it answers, and there all the same when it does not. */
class StampedPaperTest {
  private static final String TSA = "redress.tsa";
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static Authority authority;
  private static Server server;
  private static int lived;

  @BeforeAll static void open() {
    if (LoggerFactory.getLogger("eu.europa.esig.dss") instanceof Logger talkative) talkative.setLevel(Level.OFF);
    authority = new Authority(() -> Server.MORNING.plusSeconds(2));
    System.setProperty(TSA, authority.address().toString());
    try {
      server = new Server();
    } finally {
      System.clearProperty(TSA);
    }
  }

  @AfterAll static void close() {
    server.close();
    authority.close();
  }

  /** A dispute that was filed and withdrawn. */
  private static String over() {
    var payment = "p-stamp-" + lived++;
    var platform = server.key(Role.PLATFORM, "platform-1");
    Endings.ok(server.post(platform, "/v1/test-clocks",
        "{\"id\":\"c-%s\",\"now\":\"2026-03-02T08:00:00Z\"}".formatted(payment)));
    Endings.ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","provider":"WALLET",
         "capturedAt":"2026-03-01T08:00:00Z","testClock":"c-%s"}""".formatted(payment)));
    var id = Endings.ok(server.post(buyer(), "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"The lamp flickers."}""".formatted(payment))).json().path("id").asString();
    Endings.ok(server.post(buyer(), Endings.at(id) + "/withdrawal", ""));
    Endings.ok(server.post(platform, "/v1/test-clocks/c-" + payment + "/advance", "{\"by\":\"PT1H\"}"));
    assertThat(Endings.ok(server.get(buyer(), Endings.at(id))).json().path("outcome").asString())
        .isEqualTo("WITHDRAWN");
    assertThat(Endings.ok(server.get(buyer(), Endings.at(id) + "/result")).json().path("number").asInt()).isOne();
    return id;
  }

  private static String buyer() {
    return server.key(Role.BUYER, "buyer-1");
  }

  private static byte[] paper(String dispute) {
    Endings.ok(server.get(buyer(), Endings.at(dispute) + "/result.pdf?language=en"));
    return server.centre.the(ResultBook.class).paper(DisputeId.parse(dispute).orElseThrow(), 1, "en").orElseThrow();
  }

  /** DSS, trusting the authority and whoever signed the paper. */
  private static PDFDocumentValidator reader(byte[] pdf) throws Exception {
    var anchors = new CommonTrustedCertificateSource();
    anchors.addCertificate(new CertificateToken(authority.certificate));
    anchors.addCertificate(new CertificateToken(signer(pdf)));
    var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(anchors);
    var reader = new PDFDocumentValidator(new InMemoryDocument(pdf));
    reader.setCertificateVerifier(verifier);
    return reader;
  }

  private static X509Certificate signer(byte[] pdf) throws Exception {
    try (var document = Loader.loadPDF(pdf)) {
      var signed = new CMSSignedData(document.getSignatureDictionaries().getFirst().getContents());
      X509CertificateHolder holder = signed.getCertificates().getMatches(null).iterator().next();
      return read(holder.getEncoded());
    }
  }

  private static X509Certificate read(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(encoded));
  }

  @Test void a_second_library_finds_a_paper_stamped_as_pades_b_t_close_to_when_it_was_signed() throws Exception {
    authority.manner = Manner.PROPER;
    var pdf = paper(over());
    var report = reader(pdf).validateDocument().getSimpleReport();
    var id = report.getFirstSignatureId();
    assertThat(report.getSignatureFormat(id)).isEqualTo(SignatureLevel.PAdES_BASELINE_T);
    assertThat(report.getIndication(id)).as(report.getSubIndication(id) + "").isEqualTo(Indication.TOTAL_PASSED);
    assertThat(report.getSignatureTimestamps(id)).hasSize(1);
    var signature = reader(pdf).getSignatures().getFirst();
    var stamped = signature.getSignatureTimestamps().getFirst().getCreationDate().toInstant();
    assertThat(Duration.between(signature.getSigningTime().toInstant(), stamped)).isBetween(Duration.ZERO, CLOSE);
    assertThat(report.getBestSignatureTime(id).toInstant()).isEqualTo(stamped);
  }

  @Test void an_authority_that_fails_leaves_a_paper_without_a_stamp_a_line_in_the_log_and_the_end_as_it_is()
      throws Exception {
    for (var manner : List.of(Manner.BROKEN, Manner.RUBBISH, Manner.REFUSING, Manner.ABOUT_SOMETHING_ELSE)) {
      authority.manner = manner;
      var id = over();
      var lines = heard(() -> paper(id));
      assertThat(lines).as(manner.name()).hasSize(1);
      assertThat(lines.getFirst()).startsWith("A paper is signed without a time stamp: the ");
      isPlain(paper(id));
    }
  }

  @Test void an_authority_that_is_down_does_the_same() throws Exception {
    var id = over();
    var gone = new Authority(() -> Server.MORNING);
    gone.close();
    var kept = server.centre.the(ResultBook.class).find(DisputeId.parse(id).orElseThrow(), 1).orElseThrow();
    try (var stamps = new TimeStamps(gone.address(), List.of())) {
      var seal = new Seal(PaperKey.made("test.example", Server.MORNING), stamps);
      var paper = new AtomicReference<>(new byte[0]);
      var lines = heard(() -> paper.set(seal.sign(Paper.of(kept, Phrasebook.ZH), "test.example", Server.MORNING)));
      assertThat(lines).singleElement().asString().contains(gone.address().toString(), "does not answer");
      isPlain(paper.get());
    }
  }

  private static void isPlain(byte[] pdf) throws Exception {
    var report = reader(pdf).validateDocument().getSimpleReport();
    var id = report.getFirstSignatureId();
    assertThat(report.getSignatureFormat(id)).isEqualTo(SignatureLevel.PAdES_BASELINE_B);
    assertThat(report.getIndication(id)).as(report.getSubIndication(id) + "").isEqualTo(Indication.TOTAL_PASSED);
  }

  private static List<String> heard(Runnable done) {
    var heard = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(Seal.class);
    heard.start();
    log.addAppender(heard);
    try {
      done.run();
      return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    } finally {
      log.detachAppender(heard);
    }
  }

  @Test void nobody_keeps_a_transaction_open_while_the_authority_thinks() {
    authority.manner = Manner.PROPER;
    var id = over();
    var open = new AtomicReference<>(List.of("never asked"));
    var sql = server.centre.the(JdbcClient.class);
    authority.meanwhile = () -> open.set(stillOpen(sql));
    try {
      paper(id);
    } finally {
      authority.meanwhile = () -> {};
    }
    assertThat(open.get()).isEmpty();
  }

  /** What was open when the authority was asked and does not end however long it thinks. */
  private static List<String> stillOpen(JdbcClient sql) {
    Instant asked = sql.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var open = sql.sql("""
          select query from pg_stat_activity
          where datname = current_database() and xact_start <= ? and pid <> pg_backend_pid()""")
          .param(asked.atOffset(ZoneOffset.UTC)).query((row, _) -> row.getString(1)).list();
      if (open.isEmpty() || System.nanoTime() > end) return open;
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
