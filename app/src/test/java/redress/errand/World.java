package redress.errand;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redress.connect.Providers;
import redress.connect.RefundRecord;
import redress.connect.Wallet;
import redress.connect.WalletDatabase;
import redress.desk.Answer;
import redress.desk.Clocks;
import redress.desk.Desk;
import redress.desk.DeskSettings;
import redress.desk.Request;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Home;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Stage;
import redress.dispute.Words;
import redress.keys.Keyring;
import redress.notify.Entrance;
import redress.notify.Language;
import redress.notify.Notices;
import redress.notify.Notifier;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.result.Proofs;
import redress.result.Registrar;
import redress.store.Json;
import redress.store.NoticeBook;
import redress.store.PostBook;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Payments;
import redress.store.Records;
import redress.store.Reserves;
import redress.store.ResultBook;
import redress.store.SubjectKeys;
import redress.store.TestDatabase;
import redress.store.Testimonies;
import redress.store.Text;
import redress.store.Wire;
import redress.vault.DiskVault;
import redress.vault.Vault;

/** A whole shop floor on a database of its own: desk, wallet, notices, and the hands that run errands. */
final class World implements AutoCloseable {
  static final Instant MORNING = TestDatabase.MORNING;
  static final Pace QUICK = new Pace(3, Duration.ofMillis(1), Duration.ofMillis(4));

  final TestDatabase database = new TestDatabase();
  final WalletDatabase walletDatabase = WalletDatabase.open(database.postgres.database());
  private final AtomicInteger texts = new AtomicInteger();
  final Wallet wallet = new Wallet(walletDatabase);
  final Clock clock = Clock.fixed(MORNING, ZoneOffset.UTC);
  final Desk desk = desk();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Providers providers = new Providers(List.of(wallet));
  final DiskVault vault = DiskVault.throwaway();
  final Carrier carrier = carrier(desk);
  final Hearing hearing = hearing(providers);

  Desk desk() {
    var wire = Wire.to(database.url(), database.user(), database.password());
    return new Desk(DeskSettings.STANDARD, wire, database.ruleSets, clock);
  }

  Carrier carrier(Desk at) {
    return carrier(at, providers);
  }

  Carrier carrier(Desk at, Providers all) {
    return carrier(at, all, vault);
  }

  Carrier carrier(Desk at, Providers all, Vault files) {
    var notifier = new Notifier(new Notices(""), database.parties, new Notifier.Outside(new NoticeBook(database.sql),
        new PostBook(database.sql), List.of(), Entrance.NONE), Language.EN,
        ZoneOffset.UTC);
    return new Carrier(database.disputes, database.ruleSets, database.parties, new SubjectKeys(database.sql), notifier,
        all, new Reserves(database.sql, database.transaction), new Records(database.sql), files,
        new Testimonies(database.sql),
        registrar(), at);
  }

  private Registrar registrar() {
    return new Registrar(database.disputes, new Records(database.sql), new NoticeBook(database.sql),
        new ResultBook(database.sql), Keyring.inMemory(Keyring.ORIGIN, clock), Proofs.NONE, "test");
  }

  Hearing hearing(Providers all) {
    return new Hearing(all, database.callbacks, database.disputes, database.errands, new Clocks(clock, database.clocks),
        meters);
  }

  /** For what counts effects and survives no power failure: a commit no longer waits for the disk. */
  void hurry() {
    try (var owner = database.postgres.database().connect(); var sql = owner.createStatement()) {
      sql.execute("alter system set synchronous_commit = off");
      sql.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Runner runner(Clock at, Pace pace) {
    var settings = new Runner.Settings(64, Duration.ofMillis(5), Duration.ofSeconds(30));
    return new Runner(database.errands, desk, carrier, at, meters, pace, settings);
  }

  TestTime testTime() {
    return new TestTime(database.clocks, database.errands, desk, carrier, clock, meters, QUICK);
  }

  /**
   * Registers a captured payment of 100.00 euros at the wallet and with us, on {@code testClock} (null: the system's).
   */
  Payment pay(String id, @Nullable String testClock) {
    var payment = payUncaptured(id, testClock);
    wallet.capture(id, payment.payer(), payment.merchant(), payment.captured(), payment.currency(),
        payment.capturedAt(),
        true);
    return payment;
  }

  /** Registers a payment with us of which the wallet knows nothing. */
  Payment payUncaptured(String id, @Nullable String testClock) {
    var payment = Payment.registered(id, "buyer-1", "shop-1", 10_000, "EUR", Set.of(), MORNING.minusSeconds(86_400),
        Wallet.NAME, false);
    database.payments.register(new Payments.Registered(payment, testClock, "{}"), MORNING);
    return payment;
  }

  /** A dispute about the payment in which one refund of 40.00 euros was just requested, as the store keeps it. */
  DisputeId refunding(String paymentId, @Nullable String testClock) {
    return refunding(new DisputeId(Home.of(paymentId), Math.abs((long) paymentId.hashCode()) + 1),
        pay(paymentId, testClock), testClock);
  }

  /** The same of a payment that is registered. */
  DisputeId refunding(DisputeId id, Payment payment, @Nullable String testClock) {
    var paymentId = payment.id();
    var filing = new Filing(id, paymentId, payment.payer(), payment.merchant(), "EUR", 4_000, Set.of(),
        Reason.NOT_AS_DESCRIBED, Remedy.PARTIAL_REFUND, Words.NONE, MORNING, RuleSet.STANDARD.version(),
        ZoneId.of("Europe/Berlin"), false);
    var refund =
        new Refund(1, 1, 4_000, Executor.PLATFORM, Refund.State.REQUESTED, false, false, 4_000, 0, 0, 0, null, "",
            false);
    var none = Dispute.NONE;
    var dispute =
        new Dispute(1, MORNING, filing, new Stage.Performing(), none.round(), none.mediation(), null, List.of(),
            List.of(refund), List.of(), none.followUp(), none.tally());
    database.sql.sql("""
        insert into dispute (home, id, payment, version, stage, phase, status, buyer, merchant, reason, wish, minor,
          currency, live, clock, rules, round, mediator, verifier, filed_at, updated_at, paid, compensated, settlements,
          reopenings, exceptions, breaches, buyer_late, merchant_late, enforced, appealed, overturned, not_reached,
          charged_back)
        values (?, ?, ?, 1, ?::jsonb, 'SETTLEMENT', 'PERFORMING', ?, ?, ?, ?, 4000, 'EUR', false, ?, ?, 1, '', '', ?, ?,
          0, 0, 1, 0, 0, 0, false, false, false, false, false, false, false)
        """)
        .param(id.home()).param(id.number()).param(paymentId).param(Json.MAPPER.writeValueAsString(dispute))
        .param(filing.buyer()).param(filing.merchant()).param(filing.reason().name()).param(filing.wish().name())
        .param(testClock).param(filing.rules()).param(MORNING.atOffset(ZoneOffset.UTC))
        .param(MORNING.atOffset(ZoneOffset.UTC)).update();
    return id;
  }

  /** Registers a party whose identity was verified to {@code level}. */
  void party(String id, Party.Kind kind, int level) {
    database.parties.put(new Party(id, kind, "acc-" + id, level, MORNING, ZoneId.of("Europe/Berlin"), "en"),
        Contact.NONE);
  }

  /** A text written by {@code subject}, committed to under its key. */
  Text text(String subject, Role role, String body) {
    var id = "w" + texts.incrementAndGet();
    var commitment = new SubjectKeys(database.sql).commitment(subject, id, body);
    return new Text(new Words(id, commitment, body.length()), subject, role, body);
  }

  /** Says it at the desk and wants it done. */
  Matter say(DisputeId id, String payment, Role role, String subject, Command command, Text... texts) {
    var request =
        new Request(id, payment, new Actor(role, subject), subject, command, List.of(texts), null, null, null);
    return switch (desk.handle(request)) {
      case Answer.Done done -> done.after();
      case Answer other -> throw new AssertionError(command + ": " + other);
    };
  }

  Dispute look(DisputeId id) {
    return database.disputes.find(id).orElseThrow().dispute();
  }

  /** Has the refund of {@link #refunding} be paid at {@code at}. */
  void order(DisputeId id, Instant at) {
    if (!database.errands.add(id, "pay", at, new Errand.Pay(at, 1))) throw new IllegalStateException("not added");
  }

  List<RefundRecord> paid(String payment, Instant at) {
    return wallet.records(payment, at).orElseThrow();
  }

  long waiting() {
    return database.sql.sql("select count(*) from errand").query(Long.class).single();
  }

  /** A connection as the wallet's own role. */
  Connection walletConnection() throws SQLException {
    var owner = database.postgres.database();
    return owner.as(WalletDatabase.ROLE, WalletDatabase.password(owner)).connect();
  }

  /** How many errands of this kind ended like this. */
  long ended(String kind, String how) {
    return meters.find("redress.errands").tag("kind", kind).tag("end", how).counters().stream()
        .mapToLong(it -> (long) it.count()).sum();
  }

  @Override public void close() {
    desk.close();
    walletDatabase.close();
    database.close();
    try {
      vault.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
