package redress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.DeliveriesApi;
import redress.api.LogStanding;
import redress.api.RuleSetsApi;
import redress.door.Problems;
import redress.store.Deliveries;
import redress.store.Pasts;
import redress.store.RuleDrafts;
import redress.web.ClockPages;
import redress.web.Frames;
import redress.web.KeyPages;
import redress.web.Offices;
import redress.web.OperatorPages;
import redress.web.RuleSetPages;

/** Puts together the pages, and what the API has beside them, of those who run the centre. */
@Configuration(proxyBeanMethods = false)
@Import({ClockPages.class, DeliveriesApi.class, KeyPages.class, LogStanding.class, OperatorPages.class,
    RuleSetPages.class, RuleSetsApi.class})
class OperatorWiring {
  // @formatter:off
  @Bean Deliveries deliveries(JdbcClient sql)             { return new Deliveries(sql); }
  @Bean RuleDrafts ruleDrafts(JdbcClient sql)             { return new RuleDrafts(sql); }
  @Bean Pasts pasts(JdbcClient sql)                       { return new Pasts(sql); }
  @Bean Offices offices(Frames frames, Problems problems) { return new Offices(frames, problems); }
  // @formatter:on
}
