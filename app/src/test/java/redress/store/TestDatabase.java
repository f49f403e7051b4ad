package redress.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.dispute.Payment;
import redress.postgres.EmbeddedPostgres;

/** A migrated database of its own for a test class, seen as the application's role sees it. */
public final class TestDatabase implements AutoCloseable {
  public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  private static final String PASSWORD = "only-for-tests";

  public final EmbeddedPostgres postgres = EmbeddedPostgres.throwaway();
  public final FairPool pool;
  public final JdbcClient sql;
  public final RuleSets ruleSets;
  public final TransactionTemplate transaction;
  public final Payments payments;
  public final Disputes disputes;
  public final Callbacks callbacks;
  public final Errands errands;
  public final Parties parties;
  public final TestClocks clocks;

  public TestDatabase() {
    try (var admin = postgres.database().connect()) {
      Schema.found(admin, PASSWORD, PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Schema.migrate(new DriverManagerDataSource(url(), Schema.OWNER, PASSWORD));
    pool = new FairPool(url(), Schema.APP, PASSWORD, 8);
    sql = JdbcClient.create(pool);
    ruleSets = new RuleSets(sql);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    payments = new Payments(sql, transaction);
    callbacks = new Callbacks(sql, transaction);
    disputes = new Disputes(sql);
    errands = new Errands(sql);
    parties = new Parties(sql);
    clocks = new TestClocks(sql);
  }

  public String url() {
    return postgres.jdbcUrl();
  }

  public String user() {
    return Schema.APP;
  }

  public String password() {
    return PASSWORD;
  }

  /** Registers a payment of 100.00 EUR with two items. */
  public Payment pay(String id) {
    var payment = Payment.registered(id, "buyer-1", "shop-1", 10_000, "EUR", Set.of("lamp", "shade"),
        MORNING.minusSeconds(86_400), "WALLET", true);
    payments.register(new Payments.Registered(payment, null, "{}"), MORNING);
    return payment;
  }

  @Override public void close() {
    pool.close();
    postgres.close();
  }
}
