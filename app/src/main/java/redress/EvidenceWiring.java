package redress;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import redress.admission.Admission;
import redress.admission.Clamd;
import redress.admission.Limits;
import redress.admission.Previews;
import redress.api.Answers;
import redress.api.ChecklistApi;
import redress.api.EvidenceApi;
import redress.api.Pieces;
import redress.api.PreviewApi;
import redress.api.Submissions;
import redress.api.UploadsApi;
import redress.desk.Desk;
import redress.evidence.Giving;
import redress.evidence.Sealing;
import redress.evidence.Sweeping;
import redress.evidence.Uploading;
import redress.store.Custody;
import redress.store.Disputes;
import redress.store.FilingDrafts;
import redress.store.Kept;
import redress.store.Uploads;
import redress.vault.Vault;
import redress.vault.Vaults;

/** How files come in, become evidence, are given out, and are swept. */
@Configuration(proxyBeanMethods = false)
@Import({ChecklistApi.class, EvidenceApi.class, PreviewApi.class, UploadsApi.class})
class EvidenceWiring {

  // @formatter:off
  @Bean Uploads uploads(JdbcClient sql)            { return new Uploads(sql); }
  @Bean Kept kept(JdbcClient sql, TransactionTemplate transaction) { return new Kept(sql, transaction); }
  @Bean Custody custody(JdbcClient sql)            { return new Custody(sql); }
  @Bean Uploading uploading(Uploads uploads, Kept kept, Vault vault, Admission admission, Clock clock) { return new Uploading(uploads, kept, vault, admission, clock); }
  @Bean Giving giving(Uploads uploads, Custody custody, Disputes disputes, Uploading uploading, Clock clock) { return new Giving(uploads, custody, disputes, uploading, clock); }
  @Bean Sealing sealing(Disputes disputes, Uploading uploading) { return new Sealing(disputes, uploading); }
  @Bean Pieces pieces(Giving giving, Uploads uploads) { return new Pieces(giving, uploads); }
  @Bean Submissions submissions(Desk desk, Giving giving, Sealing sealing, Answers answers) { return new Submissions(desk, giving, sealing, answers); }
  // @formatter:on

  /** Where files are; closed with the centre, which takes a temporary one away. */
  @Bean Vault vault(Centre.Settings settings, Environment options) {
    return Vaults.open(settings.vault(), options::getProperty);
  }

  /** What may come in; with {@code redress.clamd} its files are scanned for viruses as well. */
  @Bean Admission admission(Environment settings) {
    return new Admission(Limits.STANDARD, Clamd.at(settings.getProperty("redress.clamd", ""), Clamd.PATIENCE));
  }

  @Bean Previews previews() {
    return new Previews(Limits.STANDARD);
  }

  @Bean(initMethod = "start") Sweeping sweeping(Uploads uploads, Kept kept, FilingDrafts filings, Vault vault,
      Giving giving, Clock clock, Environment options, MeterRegistry meters) {
    return new Sweeping(uploads, kept, filings, vault, giving, clock, ages(options), meters);
  }

  private static Sweeping.Ages ages(Environment options) {
    var usual = Sweeping.Ages.STANDARD;
    return new Sweeping.Ages(options.getProperty("redress.sweep.every", Duration.class, usual.every()),
        options.getProperty("redress.sweep.draft", Duration.class, usual.draft()),
        options.getProperty("redress.sweep.orphan", Duration.class, usual.orphan()));
  }
}
