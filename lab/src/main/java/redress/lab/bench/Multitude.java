package redress.lab.bench;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import redress.Centre;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Filing;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Words;
import redress.lab.bench.Load.Caller;
import redress.lab.bench.Load.Result;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.postgres.EmbeddedPostgres;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Payments;
import redress.store.Text;

/**
 * A centre in which very many disputes are open. One of a kind is filed at the desk and the others are copied from its
 * rows, with ids and payments of their own; deadlines pass at the centre's own runner, by a clock of which this is the
 * hand.
 */
final class Multitude implements AutoCloseable {
  private static final Duration FIRST_REPLY = RuleSet.STANDARD.length(Deadline.MERCHANT_FIRST_REPLY);
  private static final int LATER = 7 * 3_600;
  private static final int PAYMENTS_A_SECOND = 400;

  private final EmbeddedPostgres server;
  private final Centre centre;
  private final Town town;
  private final Copier copier;
  private volatile InstantSource time = () -> Town.MORNING;
  private int open;

  /** How late the deadlines acted, in milliseconds. */
  record Lateness(long passed, long disputes, long early, long p50, long p99, long worst) {}

  Multitude() throws SQLException {
    server = EmbeddedPostgres.throwaway();
    InstantSource hand = () -> time.instant();
    var clock = Clock.tick(hand.withZone(ZoneOffset.UTC), Duration.ofNanos(1_000));
    centre = Centre.open(server.database(), Centre.Settings.local(0).by(clock));
    town = Town.in(server.database());
    copier = new Copier(server.database());
    for (int i = 0; i < Town.PEOPLE; i++) {
      enrol("buyer-" + i, Party.Kind.BUYER);
      enrol("shop-" + i, Party.Kind.MERCHANT);
    }
  }

  private void enrol(String id, Party.Kind kind) {
    centre.the(Parties.class).put(new Party(id, kind, "acc-" + id, 2, Town.MORNING, ZoneOffset.UTC, "en"),
        Party.Contact.NONE);
  }

  /** How many disputes are open by now. */
  int open() {
    return open;
  }

  /** Opens as many more as it takes to have {@code wanted}; none of their deadlines passes while this lives. */
  void grow(int wanted) throws SQLException {
    if (wanted > open) open("later-" + wanted, LATER, wanted - open);
    try (var connection = server.database().connect(); var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  /** Files one dispute {@code second} seconds after the morning began, and copies it until there are {@code many}. */
  private void open(String payment, int second, int many) throws SQLException {
    var at = Town.MORNING.plusSeconds(second);
    time = () -> at;
    var id = file(payment, at);
    copier.copy(payment, id, many - 1);
    open += many;
  }

  private DisputeId file(String payment, Instant at) {
    centre.the(Payments.class).register(new Payments.Registered(Payment.registered(payment, "buyer-1", "shop-1",
        Town.CAPTURED, Town.CURRENCY, Set.of(), at.minusSeconds(86_400), "WALLET", false), null, "{}"), at);
    var id = Desk.newDispute(payment, null);
    var words = new Words(id + "-w", "c".repeat(64), 14);
    var by = new Actor(Role.BUYER, "buyer-1");
    var filing = new Filing(id, payment, "buyer-1", "shop-1", Town.CURRENCY, Town.CAPTURED, Set.of(),
        Reason.NOT_AS_DESCRIBED, Remedy.PARTIAL_REFUND, words, at, "", ZoneOffset.UTC, false);
    var request = new Request(id, payment, by, by.subject(), new Command.File(filing),
        List.of(new Text(words, by.subject(), by.role(), "It is cracked.")), null, null, null);
    return said(request, id);
  }

  private DisputeId said(Request request, DisputeId id) {
    try {
      Callers.desk(centre.the(Desk.class)).by(request);
      return id;
    } catch (Exception e) {
      throw new IllegalStateException("a dispute that cannot be filed", e);
    }
  }

  /** What commands cost while all these are open. */
  Result commands(int callers, Duration span) throws Exception {
    var paid = new ConcurrentLinkedQueue<>(town.pay(Math.toIntExact(PAYMENTS_A_SECOND * span.toSeconds())));
    var served = Callers.desk(centre.the(Desk.class));
    var all = new ArrayList<Caller>();
    for (int i = 0; i < callers; i++) all.add(Callers.living(paid, served));
    return Load.run(all, span, () -> Machine.cpuNanos(server.pid()));
  }

  /** Lets {@code perSecond} more deadlines pass in each of so many real seconds, and looks when they acted. */
  Lateness deadlines(int perSecond, int seconds) throws SQLException {
    for (int second = 0; second < seconds; second++) open("due-" + second, second, perSecond);
    long began = System.nanoTime();
    var start = Town.MORNING.plus(FIRST_REPLY).minusSeconds(2);
    time = () -> start.plusNanos(System.nanoTime() - began);
    var end = start.plusSeconds(seconds + 30L);
    while (time.instant().isBefore(end)) LockSupport.parkNanos(50_000_000);
    return lateness();
  }

  private Lateness lateness() throws SQLException {
    try (var connection = server.database().connect(); var statement = connection.createStatement();
        var row = statement.executeQuery(LATENESS)) {
      row.next();
      return new Lateness(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
          row.getLong(6));
    }
  }

  @Override public void close() {
    centre.close();
    server.close();
  }

  private static final String LATENESS = """
      with passed as (
        select e.dispute, extract(epoch from e.at - (d.filed_at + interval '24 hours')) * 1000 as late
        from event e join dispute d on d.home = e.home and d.id = e.dispute where e.type = 'TargetMissed'
      )
      select count(*), count(distinct dispute), count(*) filter (where late < 0),
        percentile_disc(0.5) within group (order by late)::bigint,
        percentile_disc(0.99) within group (order by late)::bigint, max(late)::bigint
      from passed
      """;
}
