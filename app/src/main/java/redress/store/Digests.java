package redress.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Status;

/** The daily overviews of merchants: whose turn it is, what they list, and what became of them. */
public final class Digests {
  private final JdbcClient sql;

  public Digests(JdbcClient sql) {
    this.sql = sql;
  }

  /** A dispute that waits for a merchant until {@code due} (UTC); the amount in minor units. */
  public record Waiting(DisputeId id, Status status, Instant due, long minor, String currency) {}

  /** What waits for a merchant of real disputes: the first so many by what is due, and how many there are in all. */
  public record Pile(List<Waiting> first, int all) {
    public Pile {
      first = List.copyOf(first);
    }
  }

  /**
   * Merchants with an e-mail address that want an overview, by whose clock it is {@code hour} or later and who have
   * none for that day of theirs; after the id {@code after}, so that a round takes each once.
   */
  public List<String> next(Instant now, int hour, String after, int limit) {
    return sql.sql("""
        select p.id from party p join party_contact c on c.party = p.id left join notice_wish w on w.party = p.id
        where p.kind = 'MERCHANT' and p.id > :after and c.email <> '' and coalesce(w.digest, true)
          and not 'EMAIL' = any (coalesce(w.without, '{}')) and extract(hour from :now at time zone p.zone) >= :hour
          and not exists (select from notice_digest d where d.party = p.id and d.day = (:now at time zone p.zone)::date)
        order by p.id limit :limit
        """).param("now", utc(now)).param("hour", hour).param("after", after).param("limit", limit)
        .query((row, _) -> row.getString(1)).list();
  }

  /** What waits for {@code merchant}. */
  public Pile waiting(String merchant, int limit) {
    var first = sql.sql("""
        select home, id, status, due, minor, currency from dispute
        where merchant = ? and phase <> 'CLOSED' and awaited = 'MERCHANT' and live and due is not null
        order by due, id limit ?
        """).param(merchant).param(limit).query((row, _) -> new Waiting(
        new DisputeId(row.getInt("home"), row.getLong("id")), Status.valueOf(row.getString("status")),
        row.getObject("due", OffsetDateTime.class).toInstant(), row.getLong("minor"), row.getString("currency")))
        .list();
    int all = first.size() < limit ? first.size() : sql.sql("""
        select count(*) from dispute
        where merchant = ? and phase <> 'CLOSED' and awaited = 'MERCHANT' and live and due is not null
        """).param(merchant).query(Integer.class).single();
    return new Pile(first, all);
  }

  /** Takes the merchant's day; false when somebody else has. */
  public boolean begin(String merchant, LocalDate day, String state, String subject, String text, Instant now) {
    return sql.sql("""
        insert into notice_digest (party, day, state, subject, text, at) values (?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """).param(merchant).param(day).param(state).param(subject).param(text).param(utc(now)).update() == 1;
  }

  /** What became of it; {@code result} holds no address. */
  public void end(String merchant, LocalDate day, boolean delivered, String result) {
    sql.sql("update notice_digest set state = ?, result = ? where party = ? and day = ?")
        .param(delivered ? "DELIVERED" : "FAILED").param(result).param(merchant).param(day).update();
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
