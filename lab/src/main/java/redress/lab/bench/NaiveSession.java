package redress.lab.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redress.desk.Request;
import redress.dispute.Act;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Event;
import redress.dispute.Filing;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.dispute.Timer;
import redress.money.Transfer;
import redress.policy.RuleSet;
import redress.posting.Postings;
import redress.store.Json;

/** One connection of the baseline with its statements: select for update, decide, write row by row, commit. */
final class NaiveSession implements AutoCloseable {
  private final Connection connection;
  private final RuleSet rules;
  private final PreparedStatement lockDispute;
  private final PreparedStatement lockPayment;
  private final PreparedStatement seen;
  private final PreparedStatement receipt;
  private final PreparedStatement event;
  private final PreparedStatement payment;
  private final PreparedStatement entry;
  private final PreparedStatement line;
  private final PreparedStatement errand;
  private final PreparedStatement noDeadline;
  private final PreparedStatement item;
  private final PreparedStatement noItem;
  private final PreparedStatement words;
  private final NaiveRow row;

  NaiveSession(Connection connection, RuleSet rules) throws SQLException {
    connection.setAutoCommit(false);
    this.connection = connection;
    this.rules = rules;
    lockDispute = connection.prepareStatement(NaiveSql.LOCK_DISPUTE);
    lockPayment = connection.prepareStatement(NaiveSql.LOCK_PAYMENT);
    seen = connection.prepareStatement(NaiveSql.SEEN);
    receipt = connection.prepareStatement(NaiveSql.RECEIPT);
    event = connection.prepareStatement(NaiveSql.EVENT);
    payment = connection.prepareStatement(NaiveSql.PAYMENT);
    entry = connection.prepareStatement(NaiveSql.ENTRY);
    line = connection.prepareStatement(NaiveSql.LINE);
    errand = connection.prepareStatement(NaiveSql.ERRAND);
    noDeadline = connection.prepareStatement(NaiveSql.NO_DEADLINE);
    item = connection.prepareStatement(NaiveSql.ITEM);
    noItem = connection.prepareStatement(NaiveSql.NO_ITEM);
    words = connection.prepareStatement(NaiveSql.WORDS);
    row = new NaiveRow(connection);
  }

  Matter handle(Request request) throws SQLException {
    try {
      var matter = transaction(request);
      connection.commit();
      return matter;
    } catch (SQLException | RuntimeException failed) {
      connection.rollback();
      throw failed;
    }
  }

  private record Locked(Matter matter, Instant now) {}

  private Matter transaction(Request request) throws SQLException {
    if (isRepeated(request)) throw new IllegalStateException("a life says nothing twice");
    var locked = lock(request);
    var before = locked.matter();
    var at = later(locked.now(), before.dispute().lastAt());
    if (request.due() != null) at = later(at, request.due());
    var act = new Act(request.by(), at, stamped(request.command(), at));
    var events = switch (Rules.decide(before, act)) {
      case Decision.Yes yes -> yes.events();
      case Decision.No(var why, var field) -> throw new IllegalStateException(why + " " + field);
    };
    var after = before;
    for (var one : events) after = happened(request, after, one, at);
    if (!after.payment().equals(before.payment())) write(after.payment());
    row.write(before.dispute(), after);
    items(before, after);
    deadline(request.dispute(), before, after);
    event.executeBatch();
    if (!events.isEmpty()) errand.executeBatch();
    keep(request, after.dispute().version(), events.size(), at);
    return after;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private Command stamped(Command command, Instant at) {
    if (!(command instanceof Command.File(var it))) return command;
    return new Command.File(new Filing(it.id(), it.payment(), it.buyer(), it.merchant(), it.currency(), it.minor(),
        it.items(), it.reason(), it.wish(), it.description(), at, rules.version(), it.buyerZone(), it.live()));
  }

  private boolean isRepeated(Request request) throws SQLException {
    var key = request.key();
    if (key == null) return false;
    seen.setString(1, key.principal());
    seen.setString(2, key.key());
    try (var found = seen.executeQuery()) {
      return found.next();
    }
  }

  private Locked lock(Request request) throws SQLException {
    boolean files = request.command() instanceof Command.File;
    var lock = files ? lockPayment : lockDispute;
    lock.setInt(1, request.dispute().home());
    if (files) lock.setString(2, request.payment());
    else lock.setLong(2, request.dispute().number());
    try (var found = lock.executeQuery()) {
      if (!found.next()) throw new IllegalStateException("not there");
      var stage = found.getString("stage");
      var dispute = stage == null ? Dispute.NONE : Json.dispute(stage);
      var state = Json.MAPPER.readValue(found.getString("state"), Payment.class);
      return new Locked(new Matter(rules, state, dispute), found.getObject("now", OffsetDateTime.class).toInstant());
    }
  }

  private Matter happened(Request request, Matter before, Event one, Instant at) throws SQLException {
    var id = request.dispute();
    var dispute = Rules.evolve(before.dispute(), one, at);
    var after = new Matter(rules, Rules.evolve(before.payment(), id, one), dispute);
    NaiveSql.set(event, id.home(), id.number(), dispute.version(), at, one.row(), before.dispute().status().name(),
        dispute.status().name(), request.by().role().name(), request.by().subject(), request.person(),
        one.getClass().getSimpleName(), 0L, json(Event.class, one));
    event.addBatch();
    for (var transfer : Postings.after(before.payment().currency(), before.payment().provider(), one)) {
      post(id, dispute.version(), transfer, after.payment(), at);
    }
    int place = 0;
    for (var todo : Rules.errands(after, one, at)) {
      due(id, dispute.version() + "." + place++, dispute.version(), todo.at(), json(Errand.class, todo));
    }
    return after;
  }

  private void post(DisputeId id, int n, Transfer transfer, Payment about, Instant at) throws SQLException {
    long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    NaiveSql.set(entry, id.home(), number, about.id(), about.merchant(), id.number(), n, transfer.cause(),
        transfer.currency(), 0, about.live(), at);
    entry.executeUpdate();
    for (int i = 0; i < transfer.lines().size(); i++) {
      var it = transfer.lines().get(i);
      NaiveSql.set(line, id.home(), number, i, it.account().key, it.minor(), transfer.currency(), about.id(),
          id.number());
      line.addBatch();
    }
    line.executeBatch();
  }

  private void due(DisputeId id, String key, int n, Instant at, String body) throws SQLException {
    NaiveSql.set(errand, id.home(), id.number(), key, n, at, Town.CLOCK, false, body);
    errand.addBatch();
  }

  private void deadline(DisputeId id, Matter before, Matter after) throws SQLException {
    var was = before.dispute().filing() == null ? null : first(Rules.timers(before));
    var is = first(Rules.timers(after));
    if (is != null && !is.equals(was)) {
      due(id, "deadline", after.dispute().version(), is.due(), json(Timer.class, is));
    } else if (is == null && was != null) {
      NaiveSql.set(noDeadline, id.home(), id.number());
      noDeadline.executeUpdate();
    }
  }

  private static @Nullable Timer first(List<Timer> timers) {
    return timers.isEmpty() ? null : timers.getFirst();
  }

  private void items(Matter before, Matter after) throws SQLException {
    var id = after.dispute().about().id();
    boolean was = before.payment().open().containsKey(id);
    boolean is = after.payment().open().containsKey(id);
    if (was == is) return;
    NaiveSql.set(is ? item : noItem, id.home(), after.payment().id(), "", id.number());
    (is ? item : noItem).executeUpdate();
  }

  private void write(Payment after) throws SQLException {
    NaiveSql.set(payment, json(Payment.class, after), redress.dispute.Home.of(after.id()), after.id());
    payment.executeUpdate();
  }

  private void keep(Request request, int version, int events, Instant at) throws SQLException {
    var id = request.dispute();
    for (var text : request.texts()) {
      NaiveSql.set(words, id.home(), text.words().id(), id.number(), text.subject(), text.role().name(),
          text.words().chars(), at, text.body());
      words.executeUpdate();
    }
    var key = request.key();
    if (key == null) return;
    NaiveSql.set(receipt, id.home(), key.principal(), key.key(), key.bodyHash(), id.number(),
        request.command().name(), version, events, at);
    receipt.executeUpdate();
  }

  static String json(Class<?> type, Object value) {
    return Json.MAPPER.writerFor(type).writeValueAsString(value);
  }

  static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : Objects.requireNonNull(at).atOffset(ZoneOffset.UTC);
  }

  @Override public void close() throws SQLException {
    connection.close();
  }
}
