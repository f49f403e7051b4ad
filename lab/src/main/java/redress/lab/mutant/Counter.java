package redress.lab.mutant;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.DeskSettings;
import redress.desk.Request;
import redress.dispute.Command;
import redress.lab.judge.Invariant;
import redress.lab.judge.Violation;
import redress.lab.life.Life;
import redress.lab.life.Said;
import redress.lab.life.World;
import redress.postgres.EmbeddedPostgres;
import redress.seal.Digest;
import redress.store.Disputes;
import redress.store.FairPool;
import redress.store.Key;
import redress.store.Payments;
import redress.store.RuleSets;
import redress.store.Schema;
import redress.store.TestClocks;
import redress.store.Wire;

/** Two desks on one throwaway database, and the pure lives that what they write is compared with. */
final class Counter implements AutoCloseable {
  private static final String PASSWORD = "only-for-trials";
  private static final String HOLDER = "lab";
  private static final int RACE = 5;

  private final EmbeddedPostgres postgres;
  private final FairPool pool;
  private final JdbcClient sql;
  private final Payments payments;
  private final Disputes disputes;
  private final TestClocks clocks;
  private final Desk first;
  private final Desk second;

  private Counter(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    var url = postgres.jdbcUrl();
    pool = new FairPool(url, Schema.APP, PASSWORD, 4);
    sql = JdbcClient.create(pool);
    payments = new Payments(sql, new TransactionTemplate(new DataSourceTransactionManager(pool)));
    disputes = new Disputes(sql);
    clocks = new TestClocks(sql);
    var ruleSets = new RuleSets(sql);
    var settings = new DeskSettings(1, 64, 1_000, DeskSettings.STANDARD.patience());
    first = new Desk(settings, Wire.to(url, Schema.APP, PASSWORD), ruleSets, Clock.systemUTC());
    second = new Desk(settings, Wire.to(url, Schema.APP, PASSWORD), ruleSets, Clock.systemUTC());
  }

  static Counter open() {
    var postgres = EmbeddedPostgres.throwaway();
    try (var admin = postgres.database().connect()) {
      Schema.found(admin, PASSWORD, PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Schema.migrate(new DriverManagerDataSource(postgres.jdbcUrl(), Schema.OWNER, PASSWORD));
    return new Counter(postgres);
  }

  /** Lives a life once more; how many commands that took. Throws {@link Violation} when something else comes of it. */
  int serve(Life life, List<Said> said) {
    var payment = life.world().setting().payment();
    var clock = "clock-" + payment.id();
    clocks.create(clock, payment.capturedAt());
    clocks.hold(clock, HOLDER, payment.capturedAt(), Duration.ofDays(1));
    payments.register(new Payments.Registered(payment, clock, "{}"), payment.capturedAt());
    int n = 0;
    for (var one : said) {
      clocks.advance(clock, HOLDER, one.at(), one.at());
      say(request(life.world(), one, ++n), n);
    }
    compare(life.world());
    return n;
  }

  private static Request request(World world, Said said, int n) {
    var payment = world.payment().id();
    var body = Digest.sha256(said.command().toString());
    Instant due = said.command() instanceof Command.Pass pass ? pass.due() : null;
    return new Request(world.id(said.dispute()), payment, said.by(), said.by().subject(), said.command(), List.of(),
        new Key("lab", payment + "-" + n, body), null, due);
  }

  /** Sends it, sometimes to both desks at once, and then again: it must happen once. */
  private void say(Request request, int n) {
    if (n % RACE == 0) race(request);
    else {
      var answer = first.handle(request);
      if (!(answer instanceof Answer.Done))
        throw new Violation(Invariant.DESK_AS_RULES, request.command() + " got " + answer);
    }
    var repeated = second.handle(request);
    if (!(repeated instanceof Answer.Repeated)) {
      throw new Violation(Invariant.KEY_ONCE, "the repeat of " + request.command() + " got " + repeated);
    }
    var key = request.key();
    if (n % RACE == 1 && key != null) {
      var other = first.handle(request.keyed(new Key(key.principal(), key.key(), Digest.sha256("something else"))));
      if (!(other instanceof Answer.KeyReused)) throw new Violation(Invariant.KEY_ONCE, "a used key got " + other);
    }
  }

  private void race(Request request) {
    var here = first.ask(request);
    var there = second.ask(request);
    int done = 0;
    for (var answer : List.of(here.join(), there.join())) {
      if (answer instanceof Answer.Done) done++;
      else if (!(answer instanceof Answer.Repeated)) {
        throw new Violation(Invariant.DESK_AS_RULES, request.command() + " got " + answer + " in a race");
      }
    }
    if (done != 1)
      throw new Violation(Invariant.KEY_ONCE, request.command() + " was done " + done + " times in a race");
  }

  private void compare(World world) {
    for (int slot = 0; slot < World.SLOTS; slot++) {
      if (world.dispute(slot).filing() == null) continue;
      var stored = disputes.find(world.id(slot)).orElse(null);
      if (stored == null) throw new Violation(Invariant.DESK_AS_RULES, world.id(slot) + " is not stored");
      same(world.dispute(slot), stored.dispute());
      same(world.payment(), stored.payment());
      var events = disputes.events(world.id(slot), 0, Integer.MAX_VALUE);
      same(world.dispute(slot).version(), events.size());
    }
  }

  private static void same(Object expected, Object stored) {
    if (!expected.equals(stored)) throw new Violation(Invariant.DESK_AS_RULES, stored + " is stored, not " + expected);
  }

  /** The invariants of the database, by its own means. */
  void check() {
    first.close();
    second.close();
    new LogJudge(postgres.database(), pool).check();
  }

  @Override public void close() {
    first.close();
    second.close();
    pool.close();
    postgres.close();
  }
}
