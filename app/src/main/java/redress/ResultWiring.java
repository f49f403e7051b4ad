package redress;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Bundles;
import redress.api.CertificateApi;
import redress.api.ResultApi;
import redress.api.VerifyPage;
import redress.bundle.Exporter;
import redress.bundle.Letters;
import redress.bundle.Papers;
import redress.keys.Keyring;
import redress.log.Log;
import redress.log.LogSettings;
import redress.result.LogProofs;
import redress.result.PaperKey;
import redress.result.Registrar;
import redress.result.Showcase;
import redress.result.Stationer;
import redress.stamp.TimeStamps;
import redress.store.Acts;
import redress.store.Certificates;
import redress.store.Disputes;
import redress.store.NoticeBook;
import redress.store.Records;
import redress.store.ResultBook;
import redress.store.Sealed;
import redress.store.SubjectKeys;
import redress.vault.Vault;

/** How results are recorded, put on paper, shown to everybody, taken away and verified. */
@Configuration(proxyBeanMethods = false)
@Import({Bundles.class, CertificateApi.class, ResultApi.class, VerifyPage.class})
class ResultWiring {

  @Bean ResultBook resultBook(JdbcClient sql) {
    return new ResultBook(sql);
  }

  @Bean Certificates certificates(JdbcClient sql) {
    return new Certificates(sql);
  }

  @Bean Registrar registrar(Environment settings, Disputes disputes, Records records, NoticeBook noticeBook,
      ResultBook resultBook, Keyring keyring, Log log, LogSettings often) {
    return new Registrar(disputes, records, noticeBook, resultBook, keyring, new LogProofs(log, often.interval()),
        issuer(settings));
  }

  @Bean Showcase showcase(Disputes disputes, Registrar registrar, ResultBook resultBook,
      Certificates certificates, Keyring keyring) {
    return new Showcase(disputes, registrar, resultBook, certificates, keyring);
  }

  private static String issuer(Environment options) {
    return options.getProperty("redress.result.issuer", "redress.local");
  }

  /** One's own key for papers from a PKCS#12 file, or one beside the other keys, or for this process only. */
  private static PaperKey paperKey(Centre.Settings settings, Environment options, Clock clock) {
    var own = options.getProperty("redress.result.keystore", "");
    if (!own.isBlank()) {
      return PaperKey.from(Path.of(own), options.getProperty("redress.result.keystore.password", ""));
    }
    return settings.keys().isEmpty() ? PaperKey.made(issuer(options), clock.instant())
        : PaperKey.in(Path.of(settings.keys()), issuer(options), clock.instant());
  }

  @Bean Stationer stationer(ResultBook resultBook, Centre.Settings settings, ObjectProvider<TimeStamps> stamps,
      Environment options, Clock clock) {
    return new Stationer(resultBook, () -> paperKey(settings, options, clock), stamps.getIfAvailable(), issuer(options),
        clock);
  }

  @Bean Papers papers(Registrar registrar, Stationer stationer, Acts acts) {
    return new Papers(registrar, stationer, acts);
  }

  @Bean Exporter exporter(JdbcClient sql, Disputes disputes, SubjectKeys subjectKeys, Vault vault, Log log,
      Keyring keyring, Papers papers) {
    return new Exporter(new Sealed(sql, disputes), new Letters(disputes, subjectKeys), vault, log, keyring, papers);
  }
}
