package redress.lab.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.dispute.Home;
import redress.dispute.Payment;
import redress.postgres.Database;
import redress.postgres.EmbeddedPostgres;
import redress.seal.Digest;
import redress.store.Json;
import redress.store.Payments;
import redress.store.Schema;
import redress.store.Wire;

/**
 * A database with buyers, merchants and as many captured payments as a run can use up, all on one test clock: what
 * commands cause outside (notices, payouts) waits there as errands and takes no time from the commands.
 */
final class Town {
  static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  static final String CLOCK = "bench";
  static final String CURRENCY = "EUR";
  static final long CAPTURED = 10_000;
  static final int PEOPLE = 128;
  private static final int CHUNK = 2_000;

  private final Database owner;
  private final AtomicInteger streets = new AtomicInteger();

  /** A captured payment with its two sides. */
  record Paid(String payment, String buyer, String merchant) {}

  private Town(Database owner) {
    this.owner = owner;
  }

  /** A town in a database that has its tables already. */
  static Town in(Database owner) throws SQLException {
    var town = new Town(owner);
    try (var connection = town.connect();
        var clock = connection.prepareStatement("insert into test_clock (id, now) values (?, ?)")) {
      clock.setString(1, CLOCK);
      clock.setObject(2, MORNING.atOffset(ZoneOffset.UTC));
      clock.executeUpdate();
    }
    return town;
  }

  /** A town in a second database of the same server, with the same tables. */
  static Town beside(EmbeddedPostgres server, String name) throws SQLException {
    var first = server.database();
    try (var admin = first.connect(); var statement = admin.createStatement()) {
      statement.execute("create database " + name);
    }
    var second = new Database(first.url().replaceFirst("/[^/?]+\\?", "/" + name + "?"), first.user(),
        first.password());
    try (var admin = second.connect()) {
      Schema.found(admin, password(second, Schema.OWNER), password(second, Schema.APP));
    }
    Schema.migrate(new DriverManagerDataSource(second.url(), Schema.OWNER, password(second, Schema.OWNER)));
    return in(second);
  }

  /** How a session of its own is opened, with the desk's settings. */
  Wire wire() {
    return Wire.to(owner.url(), Schema.APP, password(owner, Schema.APP));
  }

  /** The database, as whoever may do everything there. */
  Database database() {
    return owner;
  }

  private static String password(Database owner, String role) {
    return Digest.keyed(owner.password().getBytes(StandardCharsets.UTF_8), role);
  }

  private Connection connect() throws SQLException {
    return owner.as(Schema.APP, password(owner, Schema.APP)).connect();
  }

  /** Registers {@code many} payments, person by person in turn, and brings the statistics up to date. */
  List<Paid> pay(int many) throws SQLException {
    var all = named(many);
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      try (var payment = connection.prepareStatement(PAYMENT); var entry = connection.prepareStatement(ENTRY)) {
        for (int from = 0; from < many; from += CHUNK) {
          register(payment, entry, all.subList(from, Math.min(many, from + CHUNK)));
        }
      }
      connection.commit();
    }
    return all;
  }

  /** So many payments that are nowhere registered yet, person by person in turn. */
  List<Paid> named(int many) {
    var street = streets.incrementAndGet();
    var all = new ArrayList<Paid>(many);
    for (int i = 0; i < many; i++) {
      all.add(new Paid("pay-" + street + "-" + i, "buyer-" + i % PEOPLE, "shop-" + i % PEOPLE));
    }
    return all;
  }

  /** Registers a payment as a centre does, with its log entry. */
  static void register(Paid paid, DataSource pool) {
    var payments = new Payments(JdbcClient.create(pool),
        new TransactionTemplate(new DataSourceTransactionManager(pool)));
    payments.register(new Payments.Registered(captured(paid), CLOCK, "{}"), MORNING);
  }

  private static Payment captured(Paid paid) {
    return Payment.registered(paid.payment(), paid.buyer(), paid.merchant(), CAPTURED, CURRENCY, Set.of(),
        MORNING.minusSeconds(86_400), "WALLET", false);
  }

  /** How many disputes have ended here. */
  long closed() throws SQLException {
    try (var connection = connect(); var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from dispute where status = 'CLOSED'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void register(PreparedStatement payment, PreparedStatement entry, List<Paid> all)
      throws SQLException {
    for (var paid : all) {
      payment.setInt(1, Home.of(paid.payment()));
      payment.setString(2, paid.payment());
      payment.setString(3, paid.merchant());
      payment.setString(4, paid.buyer());
      payment.setString(5, Json.MAPPER.writeValueAsString(captured(paid)));
      payment.addBatch();
      entry.setInt(1, Home.of(paid.payment()));
      entry.setString(2, paid.payment());
      entry.setString(3, paid.merchant());
      entry.addBatch();
    }
    payment.executeBatch();
    entry.executeBatch();
  }

  private static final String PAYMENT = """
      insert into payment (home, id, revision, merchant, payer, clock, details, registered_at, state)
      values (?, ?, 1, ?, ?, 'bench', '{}', '2026-03-02T08:00:00Z', ?::jsonb)
      """;

  private static final String ENTRY = """
      with entry as (
        insert into ledger_entry (home, id, payment, merchant, dispute, n, cause, currency, refund, live, at)
        values (?, (random() * 9e18)::bigint, ?, ?, 0, 0, 'payment.captured', 'EUR', 0, false, '2026-03-02T08:00:00Z')
        returning home, id, payment
      )
      insert into ledger_line (home, entry, line, account, minor, currency, payment, dispute)
      select home, id, side, case side when 0 then 'provider.settlement' else 'merchant.available' end,
        case side when 0 then 10000 else -10000 end, 'EUR', payment, 0
      from entry, generate_series(0, 1) side
      """;
}
