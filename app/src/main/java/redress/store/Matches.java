package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import redress.check.Match;
import redress.dispute.DisputeId;
import redress.store.Records.Kept;

/** What matching found, promise by promise, and the records that nothing owed explains. */
public final class Matches {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  public Matches(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** A record that counts towards a promise or was taken for it, where it was read, and by which rule. */
  public record Part(String record, String statement, long line, long minor, Match.Rule rule, boolean counts) {}

  /** Which records stand for a promise and everything that differs. */
  public record Why(List<Part> parts, List<Match.Remark> remarks) {}

  /** What the books say of one promise (minor units). */
  public record Found(DisputeId dispute, int obligation, String payment, String merchant, String book,
      Match.Verdict verdict, long owed, long paid, String currency, boolean live, Why why) {}

  /** The same as it is kept: since when it stands, and since when it stands so. */
  public record Standing(Found found, Instant firstAt, Instant changedAt) {}

  /** A record that nothing owed explains, with who looks into it and what they found out. */
  public record Stray(Kept record, String payment, Instant firstAt, @Nullable Instant explainedAt, String owner,
      String note) {}

  /** A record that nothing explains, and the payment it is about. */
  public record Loose(int home, String record, String payment) {}

  /**
   * Writes down what was found in a range of homes at {@code at}, in one transaction: only what is new or different.
   * Returns the disputes whose answer changed.
   */
  public Set<DisputeId> write(Books.Range range, List<Found> found, List<Loose> strays, Instant at) {
    var changed = new HashSet<DisputeId>();
    transaction.executeWithoutResult(_ -> {
      promises(found, at, changed);
      gone(range, found);
      strays(range, strays, at);
    });
    return changed;
  }

  private void promises(List<Found> found, Instant at, Set<DisputeId> changed) {
    if (found.isEmpty()) return;
    sql.sql("""
        insert into match as m (home, dispute, obligation, payment, merchant, book, verdict, owed, paid, currency, live,
          body, first_at, changed_at)
        select v.*, :at, :at from unnest(:homes::int2[], :disputes::int8[], :obligations::int4[], :payments::text[],
          :merchants::text[], :books::text[], :verdicts::text[], :owed::int8[], :paid::int8[], :currencies::text[],
          :live::bool[], :bodies::json[]) as v
        on conflict (home, dispute, obligation) do update set payment = excluded.payment, merchant = excluded.merchant,
          book = excluded.book, verdict = excluded.verdict, owed = excluded.owed, paid = excluded.paid,
          body = excluded.body, changed_at = excluded.changed_at
        where (m.verdict, m.owed, m.paid, m.book, m.body::text)
          is distinct from (excluded.verdict, excluded.owed, excluded.paid, excluded.book, excluded.body::text)
        returning home, dispute
        """)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("homes", column(found, Short[]::new, it -> (short) it.dispute().home()))
        .param("disputes", column(found, Long[]::new, it -> it.dispute().number()))
        .param("obligations", column(found, Integer[]::new, Found::obligation))
        .param("payments", column(found, String[]::new, Found::payment))
        .param("merchants", column(found, String[]::new, Found::merchant))
        .param("books", column(found, String[]::new, Found::book))
        .param("verdicts", column(found, String[]::new, it -> it.verdict().name()))
        .param("owed", column(found, Long[]::new, Found::owed))
        .param("paid", column(found, Long[]::new, Found::paid))
        .param("currencies", column(found, String[]::new, Found::currency))
        .param("live", column(found, Boolean[]::new, Found::live))
        .param("bodies", column(found, String[]::new, it -> Json.MAPPER.writeValueAsString(it.why())))
        .query(row -> {
          changed.add(new DisputeId(row.getInt("home"), row.getLong("dispute")));
        });
  }

  /** A promise that was waived or lapsed is owed no more. */
  private void gone(Books.Range range, List<Found> found) {
    sql.sql("""
        delete from match m where home between :from and :to and not exists (
          select from unnest(:homes::int2[], :disputes::int8[], :obligations::int4[]) as v(home, dispute, obligation)
          where v.home = m.home and v.dispute = m.dispute and v.obligation = m.obligation)
        """)
        .param("from", range.from()).param("to", range.to())
        .param("homes", column(found, Short[]::new, it -> (short) it.dispute().home()))
        .param("disputes", column(found, Long[]::new, it -> it.dispute().number()))
        .param("obligations", column(found, Integer[]::new, Found::obligation)).update();
  }

  private void strays(Books.Range range, List<Loose> strays, Instant at) {
    var homes = column(strays, Short[]::new, it -> (short) it.home());
    var records = column(strays, String[]::new, Loose::record);
    sql.sql("""
        insert into stray (home, record, payment, first_at)
        select v.home, v.record, v.payment, ? from unnest(?::int2[], ?::text[], ?::text[]) as v(home, record, payment)
        on conflict do nothing
        """).param(at.atOffset(ZoneOffset.UTC)).param(homes).param(records)
        .param(column(strays, String[]::new, Loose::payment)).update();
    sql.sql("""
        update stray s set explained_at = :at
        where home between :from and :to and explained_at is null and not exists (
          select from unnest(:homes::int2[], :records::text[]) as v(home, record)
          where v.home = s.home and v.record = s.record)
        """).param("at", at.atOffset(ZoneOffset.UTC)).param("from", range.from()).param("to", range.to())
        .param("homes", homes).param("records", records).update();
  }

  /** What stands of one dispute. */
  public List<Standing> of(DisputeId dispute) {
    return sql.sql("select * from match where home = ? and dispute = ? order by obligation")
        .param(dispute.home()).param(dispute.number()).query((row, _) -> standing(row)).list();
  }

  /**
   * What stands with one of these verdicts, the latest changes first, from {@code offset} on; of live or of test
   * payments.
   */
  public List<Standing> list(Set<Match.Verdict> verdicts, boolean live, int offset, int limit) {
    return sql.sql("""
        select * from match where verdict = any(?) and live = ?
        order by changed_at desc, home, dispute, obligation offset ? limit ?
        """).param(verdicts.stream().map(Enum::name).toArray(String[]::new)).param(live).param(offset).param(limit)
        .query((row, _) -> standing(row)).list();
  }

  /**
   * The records that nothing explains, longest first, of live or of test payments; with those that were explained
   * since if so wanted.
   */
  public List<Stray> strays(boolean all, boolean live, int offset, int limit) {
    return sql.sql(STRAYS + """

         where (s.explained_at is null or ?) and r.live = ? order by s.first_at, s.home, s.record offset ? limit ?
        """)
        .param(all).param(live).param(offset).param(limit).query((row, _) -> stray(row)).list();
  }

  /** The stray with this record's id. */
  public Optional<Stray> stray(String record) {
    return sql.sql(STRAYS + " where s.record = ?").param(record).query((row, _) -> stray(row)).optional();
  }

  /** Writes down who looks into a stray, what they found out, and whether it is explained. False: no such stray. */
  public boolean note(String record, String owner, String note, boolean explained, Instant at) {
    return sql.sql("""
        update stray set owner = ?, note = ?, noted_at = ?,
          explained_at = case when not ? then null else coalesce(explained_at, ?) end
        where record = ?
        """).param(owner).param(note).param(at.atOffset(ZoneOffset.UTC)).param(explained)
        .param(at.atOffset(ZoneOffset.UTC)).param(record).update() == 1;
  }

  private static final String STRAYS = """
      select s.payment as about, s.first_at, s.explained_at, s.owner, s.note, r.*,
        coalesce(f.format, '') as format
      from stray s join record r on r.home = s.home and r.id = s.record left join statement f on f.id = r.statement""";

  private static Standing standing(ResultSet row) throws SQLException {
    var found = new Found(new DisputeId(row.getInt("home"), row.getLong("dispute")), row.getInt("obligation"),
        row.getString("payment"), row.getString("merchant"), row.getString("book"),
        Match.Verdict.valueOf(row.getString("verdict")), row.getLong("owed"), row.getLong("paid"),
        row.getString("currency"), row.getBoolean("live"), Json.MAPPER.readValue(row.getString("body"), Why.class));
    return new Standing(found, instant(row, "first_at"), instant(row, "changed_at"));
  }

  private static Stray stray(ResultSet row) throws SQLException {
    var explained = row.getObject("explained_at", OffsetDateTime.class);
    return new Stray(Records.kept(row), row.getString("about"), instant(row, "first_at"),
        explained == null ? null : explained.toInstant(), row.getString("owner"), row.getString("note"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> value) {
    return rows.stream().map(value).toArray(array);
  }
}
