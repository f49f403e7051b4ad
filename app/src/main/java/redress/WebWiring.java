package redress;

import gg.jte.generated.precompiled.StaticTemplates;
import gg.jte.generated.precompiled.Templates;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Answers;
import redress.api.ChecklistApi;
import redress.api.SignInLinks;
import redress.api.Worklists;
import redress.door.Gate;
import redress.door.Problems;
import redress.door.Sessions;
import redress.store.AccountBook;
import redress.store.AnswerTemplates;
import redress.store.NoticeBook;
import redress.store.Pulse;
import redress.store.RuleSets;
import redress.store.SavedViews;
import redress.store.SignIns;
import redress.store.Worklist;
import redress.view.Seats;
import redress.web.AnswerPages;
import redress.web.Assets;
import redress.web.Astray;
import redress.web.BoardPages;
import redress.web.BooksPages;
import redress.web.BulkPages;
import redress.web.DisputePages;
import redress.web.Failing;
import redress.web.Frames;
import redress.web.Guarding;
import redress.web.HomePages;
import redress.web.Html;
import redress.web.ListPages;
import redress.web.LivePages;
import redress.web.PeoplePages;
import redress.web.Prospects;
import redress.web.PursePages;
import redress.web.QueuePages;
import redress.web.SavedViewPages;
import redress.web.ScorecardPages;
import redress.web.SignInPages;
import redress.web.Streams;
import redress.web.Workbenches;

/** Puts together the pages and how people come in. */
@Configuration(proxyBeanMethods = false)
@Import({AnswerPages.class, Assets.class, Astray.class, BoardPages.class, BooksPages.class, BulkPages.class,
    BuyerWiring.class, DisputePages.class, Failing.class, Guarding.class, HomePages.class, ListPages.class,
    LivePages.class,
    OperatorWiring.class, PeoplePages.class, PublicWiring.class, PursePages.class, QueuePages.class,
    SavedViewPages.class, ScorecardPages.class, SignInLinks.class, SignInPages.class})
class WebWiring {
  // @formatter:off
  @Bean SignIns signIns(JdbcClient sql)                     { return new SignIns(sql); }
  @Bean Sessions sessions(SignIns signIns, Clock clock)     { return new Sessions(signIns, clock); }
  @Bean Frames frames(Seats seats, NoticeBook notices, Clock clock) { return new Frames(seats, notices, clock); }
  @Bean Worklist worklist(JdbcClient sql)                   { return new Worklist(sql); }
  @Bean Worklists worklists(Worklist worklist, RuleSets rules, Seats seats, Answers answers, Clock clock) { return new Worklists(worklist, rules, seats, answers, clock); }
  @Bean Streams streams(JdbcClient sql, Sessions sessions)  { return new Streams(new Pulse(sql), sessions); }
  @Bean Templates templates()                               { return new StaticTemplates(); }
  @Bean SavedViews savedViews(JdbcClient sql)               { return new SavedViews(sql); }
  @Bean AnswerTemplates answerTemplates(JdbcClient sql)     { return new AnswerTemplates(sql); }
  @Bean AccountBook accountBook(JdbcClient sql)             { return new AccountBook(sql); }
  @Bean Workbenches workbenches(ChecklistApi checklists, AnswerTemplates answers) { return new Workbenches(checklists, answers); }
  @Bean Prospects prospects(Seats seats, Answers answers, Problems problems) { return new Prospects(seats, answers, problems); }
  @Bean Html html()                                         { return new Html(); }
  // @formatter:on

  @Bean FilterRegistrationBean<Gate> gate(Sessions sessions) {
    var gate = new FilterRegistrationBean<>(new Gate(sessions));
    gate.addUrlPatterns("/", "/in/*", "/out", "/language", "/disputes", "/disputes/*", "/live", "/notices",
        "/notices/*", "/views", "/views/*", "/answers", "/answers/*", "/scorecard", "/people", "/people/*", "/purse",
        "/purse/*", "/file", "/file/*", "/help", "/settings", "/settings/*", "/queue", "/queue/*", "/board", "/books",
        "/books/*", "/rules", "/statistics", "/certificates/*", "/style", "/verify/upload",
        "/errands", "/errands/*", "/deliveries", "/deliveries/*", "/rule-sets", "/rule-sets/*", "/accounts",
        "/accounts/*", "/clocks", "/clocks/*", "/log", "/health");
    gate.addUrlPatterns("/unsubscribe/*", "/push.js", "/templates", "/templates/*", "/outbox");
    return gate;
  }
}
