package redress.lab.bench;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import redress.Centre;
import redress.desk.Desk;
import redress.door.Keys;
import redress.lab.bench.Load.Caller;
import redress.lab.bench.Load.Result;
import redress.lab.bench.Town.Paid;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.postgres.EmbeddedPostgres;
import redress.store.Parties;
import redress.store.Party;

/** A centre and a baseline side by side on one throwaway PostgreSQL, and the runs they are measured by. */
final class TestStand implements AutoCloseable {
  private static final List<Integer> POOLS = List.of(4, 8, 16, 32, 64);
  private static final int MOST = 128;
  private static final int WARM_UPS = 4;
  private static final int AT_FIRST_PER_SECOND = 1_500;

  private final EmbeddedPostgres server;
  private final Centre centre;
  private final Town town;
  private final Town naiveTown;
  private final Duration span;
  private final PrintWriter out;
  private final Map<String, String> secrets = new HashMap<>();
  private final Map<Integer, Long> pools = new TreeMap<>();
  private final Map<String, Long> livesBefore = new HashMap<>();
  private long deskLives;
  private long naiveLives;

  /** What the generator itself costs: requests/s against a server that does nothing, and processor time of each. */
  record Generator(long perSecond, long microsEach) {}

  private TestStand(EmbeddedPostgres server, Centre centre, Duration span, PrintWriter out) throws SQLException {
    this.server = server;
    this.centre = centre;
    this.span = span;
    this.out = out;
    town = Town.in(server.database());
    naiveTown = Town.beside(server, "baseline");
    for (int i = 0; i < Town.PEOPLE; i++) {
      enrol("buyer-" + i, Party.Kind.BUYER, Role.BUYER);
      enrol("shop-" + i, Party.Kind.MERCHANT, Role.MERCHANT_OWNER);
    }
  }

  static TestStand open(Duration span, PrintWriter out) throws SQLException {
    var server = EmbeddedPostgres.throwaway();
    try {
      return new TestStand(server, Centre.open(server.database(), Centre.Settings.local(0)), span, out);
    } catch (SQLException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  private void enrol(String id, Party.Kind kind, Role role) {
    centre.the(Parties.class).put(new Party(id, kind, "acc-" + id, 2, Town.MORNING, ZoneOffset.UTC, "en"),
        Party.Contact.NONE);
    secrets.put(id, centre.the(Keys.class).issue(Keys.Wish.of(role, id, false)).secret());
  }

  /** What the generator costs. */
  Generator generator() throws Exception {
    try (var empty = new EmptyServer()) {
      var callers = callers(MOST, empty::caller);
      Load.run(callers, Duration.ofSeconds(3), Machine::cpuNanos);
      var result = Load.run(callers, Duration.ofSeconds(2), Machine::cpuNanos);
      say("generator alone", MOST, result);
      return new Generator(result.commandsPerSecond(), result.cpu());
    }
  }

  /** Lets every way run long enough for the compiler to have seen it. */
  void warmUp() throws Exception {
    out.println("warming up …");
    for (int i = 0; i < WARM_UPS; i++) {
      desk(MOST);
      naive(MOST, 16);
      http(MOST);
    }
    out.println("measuring …");
  }

  /** The pool size at which the baseline is at its best with the most callers. */
  int bestPool() throws Exception {
    for (int size : POOLS) pools.put(size, naive(MOST, size).commandsPerSecond());
    return pools.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Commands/s of the baseline by pool size, as far as tried. */
  Map<Integer, Long> pools() {
    return pools;
  }

  Result desk(int callers) throws Exception {
    var paid = pay(town, "desk", callers);
    var served = Callers.desk(centre.the(Desk.class));
    var result = Load.run(callers(callers, () -> Callers.living(paid, served)), span, this::cpuNanos);
    deskLives += result.lives();
    return say("desk", callers, result);
  }

  Result naive(int callers, int pool) throws Exception {
    var paid = pay(naiveTown, "baseline", callers);
    try (var naive = new Naive(naiveTown.wire(), RuleSet.STANDARD, pool)) {
      var result = Load.run(callers(callers, () -> Callers.living(paid, naive::handle)), span, this::cpuNanos);
      naiveLives += result.lives();
      return say("baseline, " + pool, callers, result);
    }
  }

  Result http(int callers) throws Exception {
    var paid = pay(town, "HTTP", callers);
    var all = callers(callers, () -> new Callers.Calling(paid, secrets, centre.port()));
    try {
      return say("HTTP", callers, Load.run(all, span, this::cpuNanos));
    } finally {
      for (var caller : all) caller.close();
    }
  }

  private long cpuNanos() {
    return Machine.cpuNanos(server.pid());
  }

  /** Payments enough for half as much again as was lived the last time. */
  private Queue<Paid> pay(Town where, String what, int callers) throws SQLException {
    long before = livesBefore.getOrDefault(what + callers, AT_FIRST_PER_SECOND * span.toSeconds());
    return new ConcurrentLinkedQueue<>(where.pay(Math.toIntExact(before + before / 2 + 100)));
  }

  private static <C extends Caller> List<C> callers(int many, Supplier<C> caller) {
    var all = new ArrayList<C>(many);
    for (int i = 0; i < many; i++) all.add(caller.get());
    return all;
  }

  private Result say(String what, int callers, Result result) {
    livesBefore.put(what.replaceFirst(",.*", "") + callers, result.lives());
    out.printf("%-16s %4d callers %8d commands/s %6d lives/s   p50 %6d µs   p99 %7d µs   %6d µs of processor time%n",
        what, callers, result.commandsPerSecond(), result.livesPerSecond(), result.p50(), result.p99(), result.cpu());
    out.flush();
    return result;
  }

  /** Counts the lives that ended in the databases. Throws IllegalStateException when they are not those measured. */
  void verify() throws SQLException {
    long desk = town.closed();
    long naive = naiveTown.closed();
    if (desk != deskLives || naive != naiveLives) {
      throw new IllegalStateException("measured " + deskLives + " and " + naiveLives + " lives that ended, found "
          + desk + " and " + naive);
    }
  }

  @Override public void close() {
    centre.close();
    server.close();
  }
}
