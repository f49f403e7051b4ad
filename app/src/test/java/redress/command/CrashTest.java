package redress.command;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.command.UpProcess.until;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.Centre;
import redress.invariant.Examination;
import redress.policy.Deadline;
import redress.policy.RuleSet;
import redress.postgres.Database;
import redress.postgres.EmbeddedPostgres;
import redress.store.RuleSets;

/** The server and its database are killed while people work with them, again and again. */
class CrashTest {
  private static final Logger log = LoggerFactory.getLogger(CrashTest.class);
  private static final long SEED = 20_260_302;
  private static final int CALLERS = 12;
  /** After so many kills, whoever must wait a minute for a dead server's claim begins nothing new. */
  private static final int ENOUGH = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What is killed with kill -9. */
  enum Victim {
    SERVER, DATABASE, SESSION, BOTH
  }

  @TempDir Path folder;
  private final Callers callers = new Callers();
  private final List<UpProcess> servers = new ArrayList<>();
  private final Random random = new Random(SEED);
  private @Nullable Crowd crowd;

  @BeforeEach void found() {
    try (var premises = Premises.in(folder.resolve("data"), Centre.Settings.local(0))) {
      // Deadlines of seconds, so that they pass while servers die.
      var quick = Map.of(Deadline.MERCHANT_REPLY, Duration.ofSeconds(5), Deadline.MERCHANT_FIRST_REPLY,
          Duration.ofSeconds(2), Deadline.BUYER_REPLY, Duration.ofSeconds(5), Deadline.SETTLEMENT_CONFIRM,
          Duration.ofSeconds(20));
      var rules = RuleSet.STANDARD;
      premises.centre().the(RuleSets.class).publish(new RuleSet("quick", rules.effectiveFrom().plusSeconds(1), quick,
          rules.offerMin(), rules.offerMax(), rules.evidenceMin(), rules.breachAfter(), rules.followUpSpacing(),
          rules.wakingFromHour(), rules.wakingToHour(), rules.escalateAfter(), rules.limits()));
      crowd = Crowd.registered(premises.centre(), callers);
    }
  }

  @AfterEach void clearAway() {
    callers.close();
    servers.forEach(UpProcess::close);
  }

  @Test void nothing_acknowledged_is_lost_or_done_twice_and_every_deadline_fires() throws Exception {
    start();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = crowd().begin(CALLERS, people);
      killAll();
      crowd().end();
      for (var one : work) one.get(3, TimeUnit.MINUTES);
    } catch (Exception | Error failed) {
      callers.close(); // nobody waits for a server that will not come back
      throw failed;
    }
    until("every deadline has fired and nothing is in flight", PATIENCE, this::isQuiet);
    log.info("{} commands acknowledged, {} refused; {} attempts were not answered, {} of those had happened",
        callers.journal.size(), callers.refused.size(), callers.repeats, callers.lostAnswers);
    assertThat(callers.defects).isEmpty();
    eachCommandIsThereOnce();
    whatIsOutsideOfDisputesIsThereOnce();
    everyDeadlineHasFired();
    whoeverAsksAgainIsToldTheSame();
    everythingHolds();
  }

  private void killAll() {
    var victims = victims();
    for (int n = 0; n < victims.size(); n++) {
      if (n == ENOUGH) crowd().beginNothingLong();
      awaitMore(10 + random.nextInt(40));
      LockSupport.parkNanos(random.nextInt(30_000_000));
      kill(victims.get(n));
    }
    awaitMore(50);
  }

  private Crowd crowd() {
    return Objects.requireNonNull(crowd);
  }

  @Test void whoever_asks_again_after_the_server_died_before_it_could_answer_is_told_the_one_answer() throws Exception {
    start();
    crowd().pay("lost", "");
    var filing = Crowd.filing("lost");
    sendAndKill("/v1/disputes", filing, "lost-file");
    var filed = callers.post(crowd().buyer, "/v1/disputes", filing, "lost-file");
    assertThat(filed.status()).isEqualTo(201);
    assertThat(filed.replayed()).isTrue();
    var at = "/v1/disputes/" + filed.json().path("id").asString();
    sendAndKill(at + "/messages", "{\"text\":\"lost\"}", "lost-message");
    long events = ask("select count(*) from event where type = 'MessageSent'");
    for (int n = 0; n < 2; n++) {
      var said = callers.post(crowd().buyer, at + "/messages", "{\"text\":\"lost\"}", "lost-message");
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.replayed()).isTrue();
    }
    assertThat(ask("select count(*) from event where type = 'MessageSent'")).isEqualTo(events).isEqualTo(1);
    assertThat(ask("select count(*) from event where type = 'Filed'")).isEqualTo(1);
    everythingHolds();
  }

  /** The command is committed, and the server dies before the caller has read its answer. */
  private void sendAndKill(String path, String body, String key) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), servers.getLast().port())) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      var head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + crowd().buyer
          + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + bytes.length
          + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      until("it is committed", PATIENCE, () -> ask("select count(*) from receipt where key = '" + key + "'") == 1);
      kill(Victim.SERVER);
    }
  }

  /** 20 times the server alone, 2 times both at once, 6 times the database and 4 times a session of its desk. */
  private List<Victim> victims() {
    var all = new ArrayList<>(Collections.nCopies(20, Victim.SERVER));
    all.addAll(Collections.nCopies(2, Victim.BOTH));
    all.addAll(Collections.nCopies(6, Victim.DATABASE));
    all.addAll(Collections.nCopies(4, Victim.SESSION));
    Collections.shuffle(all, random);
    return all;
  }

  private void start() {
    var server = UpProcess.on(folder.resolve("data"), folder.resolve("up-" + servers.size() + ".log"));
    servers.add(server);
    callers.port = server.port();
  }

  private void kill(Victim victim) {
    long before = postmaster();
    long began = System.nanoTime();
    switch (victim) {
      case SERVER -> servers.getLast().kill();
      case DATABASE -> end(before);
      case SESSION -> end(ask("select min(pid) from pg_stat_activity where application_name = 'redress desk'"));
      case BOTH -> {
        end(before);
        servers.getLast().kill();
      }
    }
    if (victim == Victim.SERVER || victim == Victim.BOTH) start();
    else until("PostgreSQL is back", PATIENCE, () -> postmaster() != before && database().isPresent());
    log.info("{} killed, back after {} ms; {} commands acknowledged", victim,
        (System.nanoTime() - began) / 1_000_000, callers.journal.size());
  }

  private static void end(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** The process of PostgreSQL; 0 while there is none. */
  private long postmaster() {
    try {
      return Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/pgdata/postmaster.pid")).getFirst());
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** Waits until so many more commands are acknowledged: people are at work. */
  private void awaitMore(int commands) {
    int goal = callers.journal.size() + commands;
    until("people are served", PATIENCE, () -> callers.journal.size() >= goal);
  }

  private boolean isQuiet() {
    return ask("select count(*) from errand where clock is null and parked_at is null and due <= now()") == 0
        && ask("select count(*) from dispute where status in ('AWAITING_MERCHANT', 'AWAITING_BUYER', 'CONFIRMING')")
            == 0
        && ask("select count(*) from errand where clock is null and parked_at is null and tries > 0"
            + " and due < now() + interval '3 minutes'") == 0;
  }

  private void eachCommandIsThereOnce() throws SQLException {
    var acknowledged = new TreeSet<>(callers.journal.keySet());
    acknowledged.removeIf(key -> !key.startsWith("c"));
    assertThat(texts("select key from receipt where principal like 'key:%'")).containsExactlyElementsOf(acknowledged);
    assertThat(ask("select count(*) from event where type = 'Filed'")).isEqualTo(count("file"));
    assertThat(ask("select count(*) from event where type = 'OfferMade'")).isEqualTo(count("offer"));
    assertThat(ask("select count(*) from event where type = 'SettlementFormed'"))
        .isEqualTo(count("accept") + count("refund"));
    assertThat(ask("select count(*) from event where type = 'Closed'")).isEqualTo(count("withdraw"));
    // What people said, as the server tells them.
    var said = new HashMap<String, List<String>>();
    acknowledged.stream().filter(key -> key.contains("-said-"))
        .forEach(key -> said.computeIfAbsent(ack(key).id(), _ -> new ArrayList<>()).add(key));
    said.forEach((dispute, words) -> {
      var shown = callers.send("GET", crowd().buyer, "/v1/disputes/" + dispute + "/messages?limit=100", "", "");
      assertThat(shown.json().path("items").valueStream().map(it -> it.path("text").asString("")))
          .containsExactlyElementsOf(words);
    });
  }

  private Callers.Ack ack(String key) {
    return Objects.requireNonNull(callers.journal.get(key));
  }

  private long count(String command) {
    return callers.journal.keySet().stream().filter(key -> key.endsWith("-" + command)).count();
  }

  /** What belongs to no dispute happens once as well, and a clock that was advanced for an hour shows no more. */
  private void whatIsOutsideOfDisputesIsThereOnce() {
    long praised = callers.journal.keySet().stream().filter(key -> key.startsWith("f-")).count();
    assertThat(praised).isPositive();
    assertThat(ask("select count(*) from opinion")).isEqualTo(praised);
    long hours = callers.journal.keySet().stream().filter(key -> key.startsWith("t-")).count();
    assertThat(hours).isPositive();
    var clock = callers.send("GET", crowd().platform, "/v1/test-clocks/clock", "", "");
    assertThat(clock.json().path("now").asString("")).isEqualTo(crowd().today.plus(Duration.ofHours(hours)).toString());
  }

  private void everyDeadlineHasFired() {
    assertThat(ask("select count(*) from errand where parked_at is not null")).isZero();
    long settled = count("accept") + count("refund");
    assertThat(settled).isPositive();
    // Whoever was left without an answer is in the platform's hands, once.
    long silent = count("file") - settled - count("withdraw");
    assertThat(silent).isPositive();
    assertThat(ask("select count(*) from dispute where status = 'MEDIATION_QUEUED'")).isEqualTo(silent);
    assertThat(ask("select count(*) - count(distinct dispute) from event where type = 'MediationQueued'")).isZero();
    // Paid once; where the checks could not end in time, because nobody was there, it waits as a problem found; and
    // where the wallet died before it could answer, it is asked about again, five minutes later.
    assertThat(ask("select count(*) - count(distinct substr(reference, 1, 23)) from wallet.refund")).isZero();
    assertThat(ask("""
        with settled as (select 'dsp_' || lpad(to_hex(home::int), 3, '0') || lpad(to_hex(dispute), 16, '0') as id
          from errand where body ->> 'type' in ('Pay', 'Enquire')
          union select 'dsp_' || lpad(to_hex(home::int), 3, '0') || lpad(to_hex(id), 16, '0') from dispute
            where status = 'EXCEPTION'
          union select substr(reference, 1, 23) from wallet.refund)
        select count(*) from settled""")).isEqualTo(settled);
  }

  private void whoeverAsksAgainIsToldTheSame() {
    long events = ask("select count(*) from event");
    callers.journal.entrySet().stream().limit(300).forEach(it -> {
      var ack = it.getValue();
      var again = callers.send("POST", ack.secret(), ack.path(), ack.body(), it.getKey());
      assertThat(again.status()).as(again.text()).isEqualTo(ack.status());
      assertThat(again.replayed()).isTrue();
      assertThat(again.json().path("id").asString()).isEqualTo(ack.id());
    });
    assertThat(ask("select count(*) from event")).isEqualTo(events);
  }

  private void everythingHolds() throws SQLException {
    var report = Examination.of(database().orElseThrow(), _ -> {});
    log.info(report.summary());
    assertThat(report.found().stream().filter(it -> !it.holds()).map(it -> it.invariant().name() + it.examples()))
        .isEmpty();
  }

  private Optional<Database> database() {
    return EmbeddedPostgres.running(folder.resolve("data"));
  }

  private long ask(String query) {
    try (var connection = database().orElseThrow().connect(); var sql = connection.createStatement();
        var row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  private List<String> texts(String query) throws SQLException {
    try (var connection = database().orElseThrow().connect(); var sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      var all = new TreeSet<String>();
      while (rows.next()) assertThat(all.add(rows.getString(1))).isTrue();
      return List.copyOf(all);
    }
  }
}
