package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.check.Facts;
import redress.dispute.DisputeId;
import redress.dispute.Home;

/** Movements of money in somebody else's books, as statements told of them, each once. */
public final class Records {
  private final JdbcClient sql;

  public Records(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * One movement as it is kept: see {@link Movement}. {@code format} is that of its file; {@code payment} is our
   * payment's id, empty while it is unknown;
   * {@code dispute}, {@code refund} and {@code obligation} are what its own words name of ours, empty and 0 for
   * nothing;
   * {@code statement} and {@code line} say where it was read.
   */
  public record Kept(int home, String id, String book, String format, boolean live, Movement.Kind kind,
      Facts.State state,
      String reference,
      String providerId, String called, String payment, String dispute, int refund, int obligation, long minor,
      String currency, long fee, String counterparty, String memo, Instant at, String statement, long line) {}

  /** Every record of a payment of ours, oldest first, also those that came before it was registered. */
  public List<Kept> ofPayment(String payment) {
    return sql.sql("""
        select r.*, coalesce(s.format, '') as format from (
          select r.* from record r where r.home = :home and r.payment = :payment and r.payment <> ''
          union all
          select r.* from payment p join record r on r.book = p.provider and r.called = p.at_provider
            and r.payment = '' and r.live = p.live
          where p.home = :home and p.id = :payment
          union all
          select r.* from payment p join record r on r.book = p.provider and r.alias = p.at_provider
            and r.alias <> '' and r.alias <> r.called and r.payment = '' and r.live = p.live
          where p.home = :home and p.id = :payment
        ) r left join statement s on s.id = r.statement
        order by r.at, r.id
        """).param("home", Home.of(payment)).param("payment", payment).query((row, _) -> kept(row)).list();
  }

  /** Every record whose own words name this dispute, oldest first. */
  public List<Kept> ofDispute(DisputeId dispute) {
    return sql.sql("""
        select r.*, coalesce(s.format, '') as format from record r left join statement s on s.id = r.statement
        where r.dispute = ? and r.dispute <> '' order by r.at, r.id
        """).param(dispute.toString()).query((row, _) -> kept(row)).list();
  }

  /** The instant of the newest record that statements of this book tell of; empty when there is none. */
  public Optional<Instant> reach(String book, boolean live) {
    return Optional.ofNullable(sql.sql("select max(last_at) as last_at from statement where book = ? and live = ?")
        .param(book).param(live).query((row, _) -> row.getObject("last_at", OffsetDateTime.class)).list().getFirst())
        .map(OffsetDateTime::toInstant);
  }

  /** The books with records whose payment was not known when they came. */
  public List<String> unlinked() {
    return sql.sql("select distinct book from record where payment = '' and called <> ''")
        .query((row, _) -> row.getString("book")).list();
  }

  /** Links the records of {@code book} whose payment was registered after they came; returns how many. */
  public int relink(String book) {
    return relink(book, "called") + relink(book, "alias");
  }

  /** Waits for an import of the same book: what it brings must not be there already under another home. */
  private int relink(String book, String name) {
    return sql.sql("""
        with alone as materialized (select pg_advisory_xact_lock(hashtextextended(:book, %d)))
        update record r set home = n.home, payment = n.id
        from (
          select at_provider as name, live, min(home) as home, min(id) as id from payment where provider = :book
          group by at_provider, live having count(*) = 1
        ) n
        where (select count(*) from alone) = 1 and r.book = :book and r.payment = '' and r.live = n.live
          and r.%s = n.name
        """.formatted(Intake.LOCK, name)).param("book", book).update();
  }

  static Kept kept(ResultSet row) throws SQLException {
    return new Kept(row.getInt("home"), row.getString("id"), row.getString("book"),
        row.getString("format"), row.getBoolean("live"), Movement.Kind.valueOf(row.getString("kind")),
        Facts.State.valueOf(row.getString("state")),
        row.getString("reference"), row.getString("provider_id"), row.getString("called"), row.getString("payment"),
        row.getString("dispute"), row.getInt("refund"), row.getInt("obligation"), row.getLong("minor"),
        row.getString("currency"), row.getLong("fee"), row.getString("counterparty"), row.getString("memo"),
        row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("statement"), row.getLong("line"));
  }
}
