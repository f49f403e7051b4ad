package redress;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import redress.alipay.AlipayConnector;
import redress.api.Access;
import redress.api.Answers;
import redress.api.CallbackApi;
import redress.api.Commands;
import redress.api.Counter;
import redress.api.Deposits;
import redress.api.Docs;
import redress.api.Figures;
import redress.api.Filings;
import redress.api.Finance;
import redress.api.Glances;
import redress.api.Lists;
import redress.api.LogApi;
import redress.api.MatchApi;
import redress.api.Once;
import redress.api.Owing;
import redress.api.Post;
import redress.api.Readings;
import redress.api.Reconciliation;
import redress.api.Registrations;
import redress.api.RulesApi;
import redress.api.SigningKeys;
import redress.api.Staffroom;
import redress.api.StatementsApi;
import redress.api.Submissions;
import redress.api.TestClocksApi;
import redress.api.TestimonyApi;
import redress.api.Turning;
import redress.api.WalletApi;
import redress.connect.Accounts;
import redress.connect.Connector;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.Wallet;
import redress.connect.WalletDatabase;
import redress.connect.WalletStatement;
import redress.connect.Watched;
import redress.desk.Clocks;
import redress.desk.Desk;
import redress.door.Door;
import redress.door.Keys;
import redress.door.PartyTokens;
import redress.door.Problems;
import redress.door.Turnstile;
import redress.errand.Carrier;
import redress.errand.Hearing;
import redress.errand.Pace;
import redress.errand.Runner;
import redress.errand.TestTime;
import redress.limit.Limiter;
import redress.match.Matchmaker;
import redress.notify.Notifier;
import redress.paypal.PayPalConnector;
import redress.postgres.Database;
import redress.result.Registrar;
import redress.statement.Importer;
import redress.store.ApiKeys;
import redress.store.Books;
import redress.store.Callbacks;
import redress.store.Closes;
import redress.store.Disputes;
import redress.store.Errands;
import redress.store.FairPool;
import redress.store.Inbox;
import redress.store.Matches;
import redress.store.Opinions;
import redress.store.Parties;
import redress.store.Payments;
import redress.store.Posts;
import redress.store.RateShares;
import redress.store.Receivables;
import redress.store.Records;
import redress.store.Requests;
import redress.store.ReserveBook;
import redress.store.Reserves;
import redress.store.RuleSets;
import redress.store.Schema;
import redress.store.Statements;
import redress.store.Statistics;
import redress.store.SubjectKeys;
import redress.store.TestClocks;
import redress.store.Testimonies;
import redress.store.TokenKeys;
import redress.store.Wire;
import redress.stripe.StripeConnector;
import redress.vault.Vault;
import redress.view.Seats;
import redress.wechatpay.WeChatPayConnector;

/** How the rooms are put together, from the database up. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Access.class, CallbackApi.class, Commands.class, Deposits.class, Docs.class, EvidenceWiring.class,
    Figures.class, Filings.class, Finance.class, Lists.class, LogApi.class, LogWiring.class, MatchApi.class,
    NoticeWiring.class, Owing.class, Post.class, Readings.class, Reconciliation.class, Registrations.class,
    ResultWiring.class,
    RulesApi.class, SigningKeys.class, Staffroom.class, StatementsApi.class, TestClocksApi.class, TestimonyApi.class,
    Turning.class, WalletApi.class, WebWiring.class})
class Wiring {
  private static final int CONNECTIONS = 16;

  // What is kept

  /** The application's own view of the database, once the tables are there. */
  @Bean FairPool pool(Database owner) throws SQLException {
    return Ground.open(owner, CONNECTIONS);
  }

  // @formatter:off
  @Bean JdbcClient sql(FairPool pool)              { return JdbcClient.create(pool); }
  @Bean TransactionTemplate transaction(DataSource pool) { return new TransactionTemplate(new DataSourceTransactionManager(pool)); }
  @Bean RuleSets ruleSets(JdbcClient sql)          { return new RuleSets(sql); }
  @Bean Parties parties(JdbcClient sql)            { return new Parties(sql); }
  @Bean Payments payments(JdbcClient sql, TransactionTemplate transaction) { return new Payments(sql, transaction); }
  @Bean Callbacks callbacks(JdbcClient sql, TransactionTemplate transaction) { return new Callbacks(sql, transaction); }
  @Bean Disputes disputes(JdbcClient sql)          { return new Disputes(sql); }
  @Bean Records records(JdbcClient sql)            { return new Records(sql); }
  @Bean Statements statements(DataSource pool)     { return new Statements(pool); }
  @Bean Opinions opinions(JdbcClient sql)          { return new Opinions(sql); }
  @Bean Statistics statistics(JdbcClient sql)      { return new Statistics(sql); }
  @Bean Inbox inbox(JdbcClient sql)                { return new Inbox(sql); }
  @Bean Errands errands(JdbcClient sql)            { return new Errands(sql); }
  @Bean Reserves reserves(JdbcClient sql, TransactionTemplate transaction) { return new Reserves(sql, transaction); }
  @Bean Closes closes(JdbcClient sql, TransactionTemplate transaction) { return new Closes(sql, transaction); }
  @Bean ReserveBook reserveBook(JdbcClient sql, Reserves reserves) { return new ReserveBook(sql, reserves); }
  @Bean Receivables receivables(JdbcClient sql, Reserves reserves) { return new Receivables(sql, reserves); }
  @Bean Requests requests(JdbcClient sql)          { return new Requests(sql); }
  @Bean Testimonies testimonies(JdbcClient sql)    { return new Testimonies(sql); }
  @Bean Matches matches(JdbcClient sql, TransactionTemplate transaction) { return new Matches(sql, transaction); }
  @Bean TestClocks testClocks(JdbcClient sql)      { return new TestClocks(sql); }
  @Bean SubjectKeys subjectKeys(JdbcClient sql)    { return new SubjectKeys(sql); }
  @Bean ApiKeys apiKeys(JdbcClient sql)            { return new ApiKeys(sql); }
  @Bean TokenKeys tokenKeys(JdbcClient sql)        { return new TokenKeys(sql); }
  // @formatter:on

  // What is done

  @Bean Clock clock(Centre.Settings settings) {
    return settings.clock();
  }

  @Bean Clocks clocks(Clock clock, TestClocks testClocks) {
    return new Clocks(clock, testClocks);
  }

  /** The pool is named so that the tables are there before the desk opens. */
  @Bean Desk desk(Centre.Settings settings, Database owner, RuleSets ruleSets, Clock clock, FairPool pool) {
    return new Desk(settings.desk(), Wire.to(owner.url(), Schema.APP, Ground.appPassword(owner)), ruleSets, clock);
  }

  @Bean StatementsApi.Largest largestStatement(Environment settings) {
    return new StatementsApi.Largest(
        settings.getProperty("redress.statement.limit", Long.class, StatementsApi.Largest.USUAL));
  }

  @Bean Importer importer(Statements statements, Clock clock) {
    return new Importer(statements, clock);
  }

  /** What a desk does, for whoever watches the server. */
  @Bean MeterBinder deskFigures(Desk desk) {
    return meters -> {
      Gauge.builder("redress.desk.waiting", desk, Desk::waiting).description("Commands that wait for the desk")
          .register(meters);
      counted(meters, desk, "rounds", redress.desk.Figures::rounds);
      counted(meters, desk, "done", redress.desk.Figures::done);
      counted(meters, desk, "refused", redress.desk.Figures::refused);
      counted(meters, desk, "lost", redress.desk.Figures::lost);
      counted(meters, desk, "retried", redress.desk.Figures::retried);
    };
  }

  private static void counted(MeterRegistry meters, Desk desk, String what,
      ToDoubleFunction<redress.desk.Figures> count) {
    FunctionCounter.builder("redress.desk." + what, desk.figures(), count).register(meters);
  }

  @Bean WalletDatabase walletDatabase(Database owner) {
    return WalletDatabase.open(owner);
  }

  @Bean Wallet wallet(WalletDatabase walletDatabase) {
    return new Wallet(walletDatabase);
  }

  @Bean Connector alipay(Clock clock) {
    return new AlipayConnector(clock);
  }

  @Bean Connector weChatPay() {
    return new WeChatPayConnector();
  }

  @Bean Connector stripe() {
    return new StripeConnector();
  }

  @Bean Connector paypal() {
    return new PayPalConnector();
  }

  @Bean Matchmaker matchmaker(JdbcClient sql, Matches matches, Records records, Statements statements,
      WalletDatabase walletDatabase, Errands errands, Clocks clocks) {
    return new Matchmaker(new WalletStatement(walletDatabase, statements)::take, records, new Books(sql), matches,
        errands, clocks::now);
  }

  /** The wallet, and every account by the connector of its kind. */
  @Bean Providers providers(Centre.Settings settings, List<Provider> ofBoth, ObjectProvider<Connector> connectors,
      MeterRegistry meters) {
    var opened = settings.accounts().open(connectors.stream().toList()).stream()
        .map(it -> new Accounts.Opened(it.account(), new Watched(it.provider(), meters))).toList();
    return new Providers(ofBoth.stream().map(it -> new Watched(it, meters)).toList(), opened);
  }

  // Who asks

  @Bean Carrier carrier(Disputes disputes, RuleSets ruleSets, Parties parties, SubjectKeys subjectKeys,
      Notifier notifier, Providers providers, Reserves reserves, Records records, Vault vault, Testimonies testimonies,
      Registrar registrar, Desk desk) {
    return new Carrier(disputes, ruleSets, parties, subjectKeys, notifier, providers, reserves, records, vault,
        testimonies, registrar, desk);
  }

  @Bean(initMethod = "start") Runner runner(Errands errands, Desk desk, Carrier carrier, Clock clock,
      MeterRegistry meters) {
    return new Runner(errands, desk, carrier, clock, meters, Pace.STANDARD, Runner.Settings.STANDARD);
  }

  @Bean Hearing hearing(Providers providers, Callbacks callbacks, Disputes disputes, Errands errands, Clocks clocks,
      MeterRegistry meters, Wallet wallet) {
    var hearing = new Hearing(providers, callbacks, disputes, errands, clocks, meters);
    hearing.listenTo(wallet);
    return hearing;
  }

  @Bean TestTime testTime(TestClocks testClocks, Errands errands, Desk desk, Carrier carrier, Clock clock,
      MeterRegistry meters) {
    return new TestTime(testClocks, errands, desk, carrier, clock, meters, Pace.STANDARD);
  }

  // @formatter:off
  @Bean Keys keys(ApiKeys store, Clock clock)      { return new Keys(store, clock); }
  @Bean PartyTokens partyTokens(TokenKeys store, Parties parties, Clock clock) { return new PartyTokens(store, parties, clock); }
  @Bean Posts posts(JdbcClient sql)                { return new Posts(sql); }
  @Bean Once once(Posts posts, TransactionTemplate transaction, Clock clock) { return new Once(posts, transaction, clock); }
  @Bean Problems problems()                        { return new Problems(); }
  @Bean Seats seats(Disputes disputes, Parties parties, Clocks clocks) { return new Seats(disputes, parties, clocks); }
  @Bean Glances glances(Errands errands, Seats seats) { return new Glances(errands, seats); }
  @Bean Counter counter(Desk desk, SubjectKeys subjectKeys, Submissions submissions) { return new Counter(desk, subjectKeys, submissions); }
  @Bean Answers answers(Disputes disputes, RuleSets ruleSets, Seats seats, Problems problems) { return new Answers(disputes, ruleSets, seats, problems); }
  // @formatter:on

  @Bean Turnstile turnstile(JdbcClient sql, Centre.Settings settings, Clock clock, Problems problems) {
    return new Turnstile(new Limiter(new RateShares(sql), settings.reach().rates(), clock), problems);
  }

  /** Before every other door; behind it, once the caller is known, before every answer. */
  @Bean FilterRegistrationBean<Turnstile> outermost(Turnstile turnstile) {
    var outermost = new FilterRegistrationBean<>(turnstile);
    outermost.setOrder(Ordered.HIGHEST_PRECEDENCE);
    outermost.addUrlPatterns("/*");
    return outermost;
  }

  @Bean WebMvcConfigurer throughTheTurnstile(Turnstile turnstile) {
    return new WebMvcConfigurer() {
      @Override public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(turnstile).order(Ordered.HIGHEST_PRECEDENCE);
      }
    };
  }

  @Bean FilterRegistrationBean<Door> door(Keys keys, PartyTokens tokens, Problems problems) {
    var door = new FilterRegistrationBean<>(new Door(keys, tokens, problems));
    door.addUrlPatterns("/v1/*", "/actuator/*");
    return door;
  }
}
