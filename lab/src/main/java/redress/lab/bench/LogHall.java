package redress.lab.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine;
import redress.command.VerifyLog;
import redress.desk.Desk;
import redress.desk.DeskSettings;
import redress.keys.Keyring;
import redress.lab.bench.Load.Caller;
import redress.lab.bench.Load.Result;
import redress.lab.bench.Town.Paid;
import redress.log.Recomputed;
import redress.log.Sequencer;
import redress.postgres.EmbeddedPostgres;
import redress.store.Entries;
import redress.store.FairPool;
import redress.store.LogBook;
import redress.store.RuleSets;

/**
 * Two towns with a desk each on one throwaway PostgreSQL: in one every event has its log entry, and a sequencer numbers
 * and signs them; in the other there is no log at all.
 */
final class LogHall implements AutoCloseable {
  private static final int CLERKS = 16;
  private static final int AT_FIRST_PER_SECOND = 500;
  /** Entries that a second's turn goes through again of what is old: as many as a turn every half minute does. */
  private static final Sequencer.Settings EACH_SECOND = new Sequencer.Settings(Duration.ofSeconds(2),
      Sequencer.Settings.STANDARD.slice() / 30);

  private final EmbeddedPostgres server = EmbeddedPostgres.throwaway();
  private final Town logged;
  private final Town bare;
  private final FairPool pool;
  private final LogBook book;
  private final Desk loggedDesk;
  private final Desk bareDesk;
  private final Keyring keys = Keyring.inMemory(Keyring.ORIGIN, Clock.systemUTC());
  private long livesPerSecond = AT_FIRST_PER_SECOND;

  /** How commands were served. */
  enum Way {
    BARE("no log"), ENTRIES("every event with its entry"), SIGNED("and numbered, examined and signed meanwhile");

    final String words;

    Way(String words) {
      this.words = words;
    }
  }

  /** How long something took and the processor time it took, in nanoseconds. */
  record Spent(long nanos, long cpu) {}

  LogHall() throws SQLException {
    logged = Town.beside(server, "logged");
    bare = Town.beside(server, "bare");
    var owner = logged.database();
    pool = new FairPool(owner.url(), owner.user(), owner.password(), CLERKS);
    book = new LogBook(pool);
    loggedDesk = desk(logged, DeskSettings.STANDARD);
    bareDesk = desk(bare, DeskSettings.STANDARD.unlogged());
    done(bare, "drop index event_by_tx");
  }

  private static Desk desk(Town town, DeskSettings settings) {
    var owner = town.database();
    var rules = new RuleSets(JdbcClient.create(
        new DriverManagerDataSource(owner.url(), owner.user(), owner.password())));
    return new Desk(settings, town.wire(), rules, Clock.systemUTC());
  }

  /** Lets so many callers live whole lives for {@code span}. */
  Result run(Way way, int callers, Duration span) throws Exception {
    int lives = Math.toIntExact(livesPerSecond * 3 / 2 * Math.max(1, span.toSeconds()));
    var paid = way == Way.BARE ? bare.pay(lives) : pay(lives);
    var served = Callers.desk(way == Way.BARE ? bareDesk : loggedDesk);
    var all = new ArrayList<Caller>();
    var queue = new ConcurrentLinkedQueue<>(paid);
    for (int i = 0; i < callers; i++) all.add(Callers.living(queue, served));
    try (var sequencer = sequencer()) {
      if (way == Way.SIGNED) sequencer.start(() -> {});
      var result = Load.run(all, span, () -> Machine.cpuNanos(server.pid()));
      livesPerSecond = Math.max(livesPerSecond, result.livesPerSecond());
      return result;
    }
  }

  private Sequencer sequencer() {
    return new Sequencer(book, new Recomputed(new Entries(pool)), keys, List.of(), Clock.systemUTC(), EACH_SECOND);
  }

  /** Payments in the town with a log, each with the entry that its capture has. */
  private Collection<Paid> pay(int many) throws InterruptedException, ExecutionException {
    var all = logged.named(many);
    try (var clerks = Executors.newFixedThreadPool(CLERKS)) {
      var work = new ArrayList<Future<?>>();
      for (int clerk = 0; clerk < CLERKS; clerk++) {
        int first = clerk;
        work.add(clerks.submit(() -> {
          for (int i = first; i < many; i += CLERKS) Town.register(all.get(i), pool);
        }));
      }
      for (var part : work) part.get();
    }
    return all;
  }

  /** Lives on in the town with a log until there are so many entries; how many there are then. */
  long grow(long entries, int callers, PrintWriter out) throws Exception {
    long now = cover().entries();
    while (now < entries) {
      run(Way.ENTRIES, callers, Duration.ofSeconds(10));
      now = cover().entries();
      out.printf("%,d of %,d entries%n", now, entries);
      out.flush();
    }
    done(logged, "vacuum analyze");
    return now;
  }

  private static void done(Town town, String what) throws SQLException {
    try (var connection = town.database().connect(); var statement = connection.createStatement()) {
      statement.execute(what);
    }
  }

  /** How many events have no entry where commands are served like that. */
  long unlogged(Way way) throws SQLException {
    return count(way == Way.BARE ? bare : logged, "select count(*) from event where hash = ''");
  }

  /** How many events and acts with an entry there are in the town with a log. */
  long logged() throws SQLException {
    return count(logged, "select (select count(*) from event where hash <> '') + (select count(*) from act)");
  }

  private static long count(Town town, String query) throws SQLException {
    try (var connection = town.database().connect(); var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What a turn of the sequencer came to: all entries there are, those it numbered, and what it took. */
  record Covered(long entries, long fresh, Spent spent) {}

  /** Numbers, examines and signs what has no number yet. */
  Covered cover() {
    long before = book.size(true) + book.size(false);
    var spent = new Spent[1];
    try (var sequencer = sequencer()) {
      spent[0] = spent(() -> sequencer.cover(true));
    }
    long after = book.size(true) + book.size(false);
    return new Covered(after, after - before, spent[0]);
  }

  /** Holds everything against what was signed, as the command does. Throws IllegalStateException when it is broken. */
  Spent verify() {
    var owner = logged.database();
    var said = new StringWriter();
    var command = new CommandLine(new VerifyLog()).setOut(new PrintWriter(said));
    var url = owner.url().replace("//", "//" + owner.user() + ":" + owner.password() + "@");
    return spent(() -> {
      if (command.execute("--database-url", url) != 0) throw new IllegalStateException(said.toString());
    });
  }

  private Spent spent(Runnable work) {
    long cpu = Machine.cpuNanos(server.pid());
    long began = System.nanoTime();
    work.run();
    return new Spent(System.nanoTime() - began, Machine.cpuNanos(server.pid()) - cpu);
  }

  @Override public void close() {
    loggedDesk.close();
    bareDesk.close();
    pool.close();
    server.close();
  }
}
