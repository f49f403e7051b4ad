package redress.store;

import static redress.store.Payments.Registration.CONFLICT;
import static redress.store.Payments.Registration.CORRECTED;
import static redress.store.Payments.Registration.NEW;
import static redress.store.Payments.Registration.SAME;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import redress.dispute.Home;
import redress.dispute.Payment;
import redress.money.Transfer;
import redress.posting.Postings;

/** The payments that the host platform registered, each opening its books in the transaction that registers it. */
public final class Payments {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  public Payments(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /**
   * A payment with what only the shell knows of it: its test clock (null: the system's) and what the host platform
   * wants shown beside it, as a JSON object without personal data.
   */
  public record Registered(Payment payment, @Nullable String clock, String details) {}

  /** What became of a registration. */
  public enum Registration {
    NEW, SAME,
    /** Captured data were put right before anything happened about the payment. */
    CORRECTED,
    /** Something has happened about the payment: its captured data stand. */
    CONFLICT
  }

  private record Known(Registered registered, int revision) {}

  /** The payment with this id. */
  public Optional<Registered> find(String id) {
    return known(id).map(Known::registered);
  }

  /** The payments of this payer, the last registered first; {@code live} false: the test payments. */
  public List<Registered> ofPayer(String payer, boolean live, int limit) {
    return sql.sql("""
        select state, clock, details, revision from payment where payer = ? and live = ?
        order by registered_at desc, id limit ?
        """).param(payer).param(live).param(limit).query((row, _) -> known(row).registered()).list();
  }

  /**
   * Registers a payment as captured at {@code at}, or the same again. Other captured data than before are taken
   * only while nothing has happened about it; then the books are put right by entries of their own. Details can
   * always change.
   */
  public Registration register(Registered wanted, Instant at) {
    if (insert(wanted, at)) return NEW;
    return Objects.requireNonNull(transaction.execute(_ -> again(wanted, at)));
  }

  private Registration again(Registered wanted, Instant at) {
    var known = known(wanted.payment().id()).orElseThrow();
    boolean same = captured(known.registered().payment()).equals(captured(wanted.payment()))
        && Objects.equals(known.registered().clock(), wanted.clock());
    if (same) {
      describe(wanted);
      return SAME;
    }
    if (!isUntouched(known.registered().payment()) || !replace(wanted, known.revision())) return CONFLICT;
    var before = known.registered().payment();
    post(before, Postings.registered(before).reversed("payment.corrected"), at, Map.of());
    post(wanted.payment(), Postings.registered(wanted.payment()), at, told(wanted));
    return CORRECTED;
  }

  /** Payment and books in one statement; false when there is a payment of this id. */
  private boolean insert(Registered wanted, Instant at) {
    var payment = wanted.payment();
    return sql.sql("""
        with p as (
          insert into payment (home, id, revision, merchant, payer, clock, details, registered_at, state, provider,
            at_provider, live)
          values (:home, :payment, 1, :merchant, :payer, :clock, :details::jsonb, :at, :state::jsonb, :provider,
            :called, :live)
          on conflict do nothing returning 1
        ),""" + Booking.POST)
        .params(entry(payment, Postings.registered(payment), at, told(wanted))).param("payer", payment.payer())
        .param("clock", wanted.clock()).param("details", wanted.details())
        .param("provider", payment.provider()).param("called", payment.atProvider())
        .param("state", Json.write(Payment.class, payment)).update() > 0;
  }

  private boolean replace(Registered wanted, int revision) {
    var payment = wanted.payment();
    return sql.sql("""
        update payment set revision = revision + 1, merchant = ?, payer = ?, clock = ?, details = ?::jsonb,
          state = ?::jsonb, provider = ?, at_provider = ?, live = ?
        where home = ? and id = ? and revision = ?
        """)
        .param(payment.merchant()).param(payment.payer()).param(wanted.clock()).param(wanted.details())
        .param(Json.write(Payment.class, payment)).param(payment.provider()).param(payment.atProvider())
        .param(payment.live()).param(Home.of(payment.id())).param(payment.id()).param(revision)
        .update() == 1;
  }

  private void describe(Registered wanted) {
    sql.sql("update payment set details = ?::jsonb where home = ? and id = ? and details <> ?::jsonb")
        .param(wanted.details()).param(Home.of(wanted.payment().id())).param(wanted.payment().id())
        .param(wanted.details())
        .update();
  }

  private void post(Payment payment, Transfer transfer, Instant at, Map<String, ?> why) {
    sql.sql("with p as (select 1)," + Booking.POST).params(entry(payment, transfer, at, why)).update();
  }

  private static Map<String, Object> entry(Payment payment, Transfer transfer, Instant at, Map<String, ?> why) {
    return Booking.of(Home.of(payment.id()), payment.id(), payment.merchant(), payment.live(), transfer, at, why);
  }

  /** What the log is told of a payment's registration: what the host platform said of it, as it was taken. */
  private static Map<String, ?> told(Registered wanted) {
    var clock = wanted.clock();
    return clock == null ? Map.of("registered", wanted.payment())
        : Map.of("registered", wanted.payment(), "clock", clock);
  }

  /** What the host platform said of the payment, without what has happened since. */
  private static Payment captured(Payment payment) {
    return Payment.registered(payment.id(), payment.payer(), payment.merchant(), payment.captured(), payment.currency(),
        payment.items(), payment.capturedAt(), payment.provider(), payment.live()).called(payment.atProvider());
  }

  private static boolean isUntouched(Payment payment) {
    return payment.equals(captured(payment));
  }

  private Optional<Known> known(String id) {
    return sql.sql("select state, clock, details, revision from payment where home = ? and id = ?")
        .param(Home.of(id)).param(id).query((row, _) -> known(row)).optional();
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new Registered(Json.MAPPER.readValue(row.getString("state"), Payment.class), row.getString("clock"),
            row.getString("details")),
        row.getInt("revision"));
  }
}
