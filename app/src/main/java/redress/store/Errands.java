package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Timer;

/**
 * Everything due: deadlines and what is to be done outside. Claiming moves an errand's {@code due} forward, so that a
 * crash
 * needs no clean-up: it simply comes due again.
 */
public final class Errands {
  /** The key of a dispute's one deadline errand. */
  public static final String DEADLINE = "deadline";

  private static final int MOST_AT_ONCE = 1_000;

  private final JdbcClient sql;

  public Errands(JdbcClient sql) {
    this.sql = sql;
  }

  /** What is to be done. */
  public sealed interface Work {
    /** The dispute's next deadline passes. */
    record Passing(Timer timer) implements Work {}

    /** Something outside. */
    record Outside(Errand errand) implements Work {}
  }

  /** An errand to be done: which, of which event ({@code n}), since when, for the how manieth time, and what. */
  public record Due(DisputeId dispute, String key, int n, Instant due, int tries, boolean live, @Nullable String clock,
      Work work) {
    /** Whether no event of the dispute caused it but somebody or something outside. */
    public boolean isFromOutside() {
      return n == 0;
    }
  }

  /**
   * An errand that comes due again at {@code at}, or lies aside since {@code parkedAt}; {@code tries} is how often it
   * was tried so
   * far, {@code why} what is in the way, without personal data.
   */
  public record Postponed(Due due, Instant at, int tries, @Nullable Instant parkedAt, String why) {}

  /** An errand that lies aside until somebody resumes it. */
  public record Parked(Due due, Instant since, String why) {}

  /**
   * Claims up to {@code limit} errands that are due at {@code now} by the system's clock, oldest first. Each comes due
   * again after
   * {@code patience}, doubled with every try, unless it is {@link #done}.
   */
  public List<Due> claim(Instant now, int limit, Duration patience) {
    return sql.sql("""
        update errand e
        set tries = e.tries + 1, due = :now + :patience * interval '1 millisecond' * power(2, least(e.tries, 10))
        from (
          select home, dispute, key, due as was from errand where clock is null and parked_at is null and due <= :now
          order by due limit :limit for update skip locked
        ) v
        where e.home = v.home and e.dispute = v.dispute and e.key = v.key
        returning e.home, e.dispute, e.key, e.n, v.was as due, e.tries, e.live, e.clock, e.body
        """)
        .param("now", now.atOffset(ZoneOffset.UTC)).param("limit", limit).param("patience", patience.toMillis())
        .query((row, _) -> due(row)).list().stream().sorted(Comparator.comparing(Due::due)).toList();
  }

  /**
   * What is due next on a test clock, in order, whether its time has come or not: at least {@code some}, if there are
   * so many, and with them all that is due at the same instants, up to a thousand or so. Whoever asks holds the clock.
   */
  public List<Due> ahead(String clock, int some) {
    return sql.sql("""
        select * from (
          select home, dispute, key, n, due, tries + 1 as tries, live, clock, body from errand
          where clock = ? and parked_at is null order by due fetch first ? rows with ties
        ) v
        order by due, home, dispute, n, key limit ?
        """)
        .param(clock).param(some).param(some + MOST_AT_ONCE).query((row, _) -> due(row)).list();
  }

  /** Strikes errands off, unless a later event has put another in their place. */
  public void done(List<Due> all) {
    if (all.isEmpty()) return;
    sql.sql("""
        delete from errand e using unnest(?::int2[], ?::int8[], ?::text[], ?::int4[]) as v(home, dispute, key, n)
        where e.home = v.home and e.dispute = v.dispute and e.key = v.key and e.n = v.n
        """)
        .param(column(all, Short[]::new, it -> (short) it.dispute().home()))
        .param(column(all, Long[]::new, it -> it.dispute().number()))
        .param(column(all, String[]::new, Due::key)).param(column(all, Integer[]::new, Due::n)).update();
  }

  /** Has errands come due later, or puts them aside, unless a later event has put another in their place. */
  public void postpone(List<Postponed> all) {
    if (all.isEmpty()) return;
    sql.sql("""
        update errand e set due = v.due::timestamptz, tries = v.tries, parked_at = v.parked_at::timestamptz,
          last_error = v.why
        from unnest(?::int2[], ?::int8[], ?::text[], ?::int4[], ?::text[], ?::int4[], ?::text[], ?::text[])
          as v(home, dispute, key, n, due, tries, parked_at, why)
        where e.home = v.home and e.dispute = v.dispute and e.key = v.key and e.n = v.n
        """)
        .param(column(all, Short[]::new, it -> (short) it.due().dispute().home()))
        .param(column(all, Long[]::new, it -> it.due().dispute().number()))
        .param(column(all, String[]::new, it -> it.due().key())).param(column(all, Integer[]::new, it -> it.due().n()))
        .param(column(all, String[]::new, it -> it.at().toString()))
        .param(column(all, Integer[]::new, Postponed::tries))
        .param(column(all, String[]::new, it -> it.parkedAt() == null ? null : it.parkedAt().toString()))
        .param(column(all, String[]::new, Postponed::why)).update();
  }

  /**
   * Adds an errand that comes from outside and not from an event, unless one with this key waits already. False when it
   * does, or
   * when there is no such dispute.
   */
  public boolean add(DisputeId dispute, String key, Instant due, Errand errand) {
    return sql.sql("""
        insert into errand (home, dispute, key, n, due, clock, live, body)
        select d.home, d.id, ?, 0, ?, d.clock, d.live, ?::jsonb from dispute d where d.home = ? and d.id = ?
        on conflict do nothing
        """)
        .param(key).param(due.atOffset(ZoneOffset.UTC)).param(Json.write(Errand.class, errand))
        .param(dispute.home()).param(dispute.number()).update() == 1;
  }

  /** What lies aside, longest first. */
  public List<Parked> parked(int limit) {
    return sql.sql("select * from errand where parked_at is not null order by parked_at, home, dispute, key limit ?")
        .param(limit).query((row, _) -> parked(row)).list();
  }

  /** What lies aside, longest first or (false) latest first, after the first {@code skip}. */
  public List<Parked> parked(boolean oldestFirst, int skip, int limit) {
    var order = oldestFirst ? "parked_at, home, dispute, key" : "parked_at desc, home, dispute, key";
    return sql.sql("select * from errand where parked_at is not null order by " + order + " offset ? limit ?")
        .param(skip).param(limit).query((row, _) -> parked(row)).list();
  }

  /** All that lies aside, longest first, as it is read. */
  public void eachParked(Consumer<Parked> to) {
    sql.sql("select * from errand where parked_at is not null order by parked_at, home, dispute, key").query(row -> {
      to.accept(parked(row));
    });
  }

  private static Parked parked(ResultSet row) throws SQLException {
    return new Parked(due(row), row.getObject("parked_at", OffsetDateTime.class).toInstant(),
        Objects.requireNonNullElse(row.getString("last_error"), ""));
  }

  /** How many errands lie aside. */
  public long countParked() {
    return sql.sql("select count(*) from errand where parked_at is not null").query(Long.class).single();
  }

  /** How many errands are due at {@code now} by the system's clock. */
  public long countDue(Instant now) {
    return sql.sql("select count(*) from errand where clock is null and parked_at is null and due <= ?")
        .param(now.atOffset(ZoneOffset.UTC)).query(Long.class).single();
  }

  /** Has a parked errand come due at {@code now}. False when there is none. */
  public boolean resume(DisputeId dispute, String key, Instant now) {
    return sql.sql("""
        update errand set parked_at = null, tries = 0, due = ?
        where home = ? and dispute = ? and key = ? and parked_at is not null
        """)
        .param(now.atOffset(ZoneOffset.UTC)).param(dispute.home()).param(dispute.number()).param(key).update() == 1;
  }

  private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, @Nullable T> value) {
    return rows.stream().map(value).toArray(array);
  }

  private static Due due(ResultSet row) throws SQLException {
    var key = row.getString("key");
    var body = row.getString("body");
    Work work = key.equals(DEADLINE)
        ? new Work.Passing(Json.MAPPER.readValue(body, Timer.class))
        : new Work.Outside(Json.MAPPER.readValue(body, Errand.class));
    return new Due(new DisputeId(row.getInt("home"), row.getLong("dispute")), key, row.getInt("n"),
        row.getObject("due", OffsetDateTime.class).toInstant(), row.getInt("tries"), row.getBoolean("live"),
        row.getString("clock"), work);
  }
}
