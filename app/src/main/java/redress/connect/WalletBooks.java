package redress.connect;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The wallet's books as rows: payments, refunds, double-entry lines and what it was told to do. */
final class WalletBooks {
  private static final int PAGE = 5_000;

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  // In front of the pool because the pool itself serves waiting virtual threads in no order.
  private final Semaphore turns = new Semaphore(WalletDatabase.CONNECTIONS, true);

  /** A captured payment, and the wallet's mood about it. */
  record Captured(String id, String payer, String merchant, long minor, String currency, Instant capturedAt,
      boolean test,
      long chargedBack, Mood mood) {}

  WalletBooks(WalletDatabase database) {
    sql = JdbcClient.create(database.pool());
    transaction = new TransactionTemplate(new JdbcTransactionManager(database.pool()));
  }

  <T> T inOneTransaction(Supplier<T> work) {
    return inTurn(() -> {
      var result = transaction.execute(_ -> work.get());
      if (result == null) throw new IllegalStateException("the work gave nothing back");
      return result;
    });
  }

  /** For work of which each statement may stand for itself. */
  <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /** Takes in a payment and moves its money, in one statement; false when one of this id is there. */
  boolean capture(Captured payment) {
    return sql.sql("""
        with fresh as (
          insert into payment (id, payer, merchant, minor, currency, captured_at, test) values (?, ?, ?, ?, ?, ?, ?)
          on conflict do nothing returning *
        )
        insert into line (cause, step, account, minor, currency, at)
        select 'capture:' || f.id, 'CAPTURED', v.account, v.minor, f.currency, f.captured_at from fresh f,
          lateral (values ('payer:' || f.payer, -f.minor), ('merchant:' || f.merchant, f.minor)) as v(account, minor)
        """)
        .params(payment.id(), payment.payer(), payment.merchant(), payment.minor(), payment.currency(),
            stamp(payment.capturedAt()), payment.test())
        .update() > 0;
  }

  Optional<Captured> payment(String id) {
    var found = sql.sql("""
        select p.*, b.payment as about, b.kind, b.times, b.moved, b.millis, b.until, b.reason
        from payment p left join behaviour b on p.test and b.payment in (p.id, '')
        where p.id = ? order by b.payment desc
        """)
        .param(id).query((row, _) -> captured(row)).list();
    if (found.isEmpty()) return Optional.empty();
    var told = new ArrayList<Behaviour>();
    for (var one : found) told.addAll(one.mood().told());
    var first = found.getFirst();
    return Optional
        .of(new Captured(first.id, first.payer, first.merchant, first.minor, first.currency, first.capturedAt,
            first.test, first.chargedBack, new Mood(told)));
  }

  void chargeBack(String payment, long minor) {
    sql.sql("update payment set charged_back = charged_back + ? where id = ?").params(minor, payment).update();
  }

  /** Uses up one lost answer; tells whether the order is carried out nevertheless, empty when none is left to lose. */
  Optional<Boolean> loseAnswer(String payment) {
    return sql.sql("""
        update behaviour set times = times - 1
        where kind = 'UNKNOWN' and times > 0 and payment =
          (select max(payment) from behaviour where kind = 'UNKNOWN' and times > 0 and payment in (?, ''))
        returning moved
        """)
        .param(payment).query(Boolean.class).optional();
  }

  boolean add(WalletRefund refund) {
    var order = refund.order();
    return sql.sql("""
        insert into refund (reference, payment, minor, currency, payee, memo, ordered_at, arrives_at, fails_at,
          reverses_at, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """)
        .params(order.reference(), order.payment(), order.minor(), order.currency(), order.payee(), refund.memo(),
            stamp(refund.orderedAt()))
        .param(perhaps(refund.arrivesAt())).param(perhaps(refund.failsAt())).param(perhaps(refund.reversesAt()))
        .param(refund.reason())
        .update() == 1;
  }

  Optional<WalletRefund> refund(String reference) {
    return sql.sql("select * from refund where reference = ?").param(reference).query((row, _) -> refund(row))
        .optional();
  }

  List<WalletRefund> refunds(String payment) {
    return sql.sql("select * from refund where payment = ? order by ordered_at, reference").param(payment)
        .query((row, _) -> refund(row)).list();
  }

  /** What tells whether anything was booked since: nothing while there is no refund. */
  Optional<String> mark(boolean test) {
    return sql.sql("""
        select count(*) || ' ' || sum(hashtextextended(r.reference || ' ' || r.booked, 0)) from refund r
        join payment p on p.id = r.payment where p.test = ? having count(*) > 0
        """).param(test).query(String.class).optional();
  }

  /** A refund and who had paid. */
  @FunctionalInterface
  interface Reader {
    void take(WalletRefund refund, String payer) throws IOException;
  }

  /** Hands out all refunds of live or of test payments, page by page. */
  void eachRefund(boolean test, Reader reader) throws IOException {
    record Row(WalletRefund refund, String payer) {}
    var last = "";
    while (true) {
      var page = sql.sql("""
          select r.*, p.payer from refund r join payment p on p.id = r.payment
          where p.test = ? and r.reference > ? order by r.reference limit ?
          """).params(test, last, PAGE).query((row, _) -> new Row(refund(row), row.getString("payer"))).list();
      for (var row : page) reader.take(row.refund(), row.payer());
      if (page.size() < PAGE) return;
      last = page.getLast().refund().order().reference();
    }
  }

  void reverseAt(String reference, Instant when) {
    sql.sql("update refund set reverses_at = ? where reference = ? and booked = 'ARRIVED' and reverses_at is null")
        .params(stamp(when), reference).update();
  }

  /** Marks {@code step} as booked, unless somebody else just did. */
  boolean advance(WalletRefund refund, WalletRefund.Step step) {
    return sql.sql("update refund set booked = ? where reference = ? and booked = ?")
        .params(step.name(), refund.order().reference(), refund.booked().name()).update() == 1;
  }

  /** Moves {@code minor} from one account to another. */
  void move(String cause, String step, String from, String to, long minor, String currency, Instant at) {
    sql.sql("""
        insert into line (cause, step, account, minor, currency, at) values (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)
        """)
        .params(cause, step, from, -minor, currency, stamp(at), cause, step, to, minor, currency, stamp(at)).update();
  }

  Map<String, Long> balances(String currency) {
    var balances = new LinkedHashMap<String, Long>();
    sql.sql(
        "select account, sum(minor)::bigint as balance from line where currency = ? group by account order by account")
        .param(currency)
        .query((RowCallbackHandler) row -> balances.put(row.getString("account"), row.getLong("balance")));
    return balances;
  }

  /** The causes whose lines do not sum to zero, or whose refund does not stand where its lines put it. */
  List<String> unbalanced() {
    return sql.sql("""
        select cause from line group by cause, step, currency having sum(minor) <> 0
        union
        select r.reference from refund r
        where (r.booked = 'ARRIVED') <> (r.minor = (select coalesce(sum(l.minor), 0) from line l
          where l.cause = r.reference and l.account = 'payee:' || r.payee))
        order by 1
        """)
        .query((row, _) -> row.getString("cause")).list();
  }

  void tell(String payment, Behaviour behaviour) {
    record Columns(String kind, int times, boolean moved, Duration delay, @Nullable Instant until, String reason) {}
    var columns = switch (behaviour) {
      case Behaviour.Slow(var delay) -> new Columns("SLOW", 0, false, delay, null, "");
      case Behaviour.Fail(var reason, var after) -> new Columns("FAIL", 0, false, after, null, reason);
      case Behaviour.Unknown(var times, var moved) -> new Columns("UNKNOWN", times, moved, Duration.ZERO, null, "");
      case Behaviour.ReverseLater(var delay) -> new Columns("REVERSE_LATER", 0, false, delay, null, "");
      case Behaviour.Down(var until) -> new Columns("DOWN", 0, false, Duration.ZERO, until, "");
    };
    sql.sql("""
        insert into behaviour (payment, kind, times, moved, millis, until, reason) values (?, ?, ?, ?, ?, ?, ?)
        on conflict (payment, kind) do update set times = excluded.times, moved = excluded.moved,
          millis = excluded.millis, until = excluded.until, reason = excluded.reason
        """)
        .params(payment, columns.kind, columns.times, columns.moved, columns.delay.toMillis())
        .param(perhaps(columns.until)).param(columns.reason)
        .update();
  }

  void forget(String payment) {
    sql.sql("delete from behaviour where payment = ?").param(payment).update();
  }

  private static Captured captured(ResultSet row) throws SQLException {
    var kind = row.getString("kind");
    return new Captured(row.getString("id"), row.getString("payer"), row.getString("merchant"), row.getLong("minor"),
        row.getString("currency"), instant(row, "captured_at"), row.getBoolean("test"), row.getLong("charged_back"),
        new Mood(kind == null ? List.of() : List.of(behaviour(kind, row))));
  }

  private static Behaviour behaviour(String kind, ResultSet row) throws SQLException {
    var delay = Duration.ofMillis(row.getLong("millis"));
    return switch (kind) {
      case "SLOW" -> new Behaviour.Slow(delay);
      case "FAIL" -> new Behaviour.Fail(row.getString("reason"), delay);
      case "UNKNOWN" -> new Behaviour.Unknown(row.getInt("times"), row.getBoolean("moved"));
      case "REVERSE_LATER" -> new Behaviour.ReverseLater(delay);
      case "DOWN" -> new Behaviour.Down(instant(row, "until"));
      default -> throw new IllegalStateException("the wallet was told " + kind);
    };
  }

  private static WalletRefund refund(ResultSet row) throws SQLException {
    var order = new RefundOrder(row.getString("reference"), row.getString("payment"), row.getLong("minor"),
        row.getString("currency"), row.getString("payee"));
    return new WalletRefund(order, row.getString("memo"), instant(row, "ordered_at"), perhaps(row, "arrives_at"),
        perhaps(row, "fails_at"), perhaps(row, "reverses_at"), row.getString("reason"),
        WalletRefund.Step.valueOf(row.getString("booked")));
  }

  private static OffsetDateTime stamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime perhaps(@Nullable Instant instant) {
    return instant == null ? null : stamp(instant);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant perhaps(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
