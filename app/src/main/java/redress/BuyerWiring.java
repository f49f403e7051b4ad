package redress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Counter;
import redress.api.Filings;
import redress.desk.Clocks;
import redress.door.Problems;
import redress.evidence.Uploading;
import redress.store.FilingDrafts;
import redress.store.Payments;
import redress.store.RuleSets;
import redress.web.Bringing;
import redress.web.BuyerPages;
import redress.web.EvidencePages;
import redress.web.FilingDesk;
import redress.web.FilingFiles;
import redress.web.FilingPages;
import redress.web.HelpPages;
import redress.web.ResultPages;
import redress.web.UploadPages;

/** Puts together the pages on which buyers file, show what they have, and see how it ended. */
@Configuration(proxyBeanMethods = false)
@Import({BuyerPages.class, EvidencePages.class, FilingFiles.class, FilingPages.class, HelpPages.class,
    ResultPages.class, UploadPages.class})
class BuyerWiring {
  @Bean FilingDrafts filingDrafts(JdbcClient sql) {
    return new FilingDrafts(sql);
  }

  @Bean FilingDesk filingDesk(FilingDrafts drafts, Payments payments, RuleSets rules, Clocks clocks, Filings filings,
      Counter counter, Uploading uploading) {
    return new FilingDesk(drafts, payments, rules, clocks, filings, counter, uploading);
  }

  @Bean Bringing bringing(Uploading uploading, Problems problems) {
    return new Bringing(uploading, problems);
  }
}
