package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Payment;
import redress.dispute.Status;
import redress.policy.Role;

/** What readers see of disputes: where they stand, what happened, what was written and moved. */
public final class Disputes {
  private final JdbcClient sql;

  public Disputes(JdbcClient sql) {
    this.sql = sql;
  }

  /** Whose a dispute is: fixed when it is filed. {@code clock} names its test clock, null for the system's. */
  public record Place(String payment, String buyer, String merchant, String currency, boolean live,
      @Nullable String clock) {}

  /** A dispute with its payment. */
  public record Found(DisputeId id, Dispute dispute, Payment payment) {}

  /** One thing that happened: number, instant (UTC), by whom, and between which statuses it led. */
  public record Happened(int n, Instant at, Status before, Status after, Role role, String subject, String person,
      Event event) {}

  /** A text that was written; {@code body} null: erased. */
  public record Written(String id, String subject, Role role, Instant at, @Nullable String body) {}

  /** One line of an entry; {@code minor} is positive for a debit. {@code n} is the event it comes from. */
  public record Moved(long entry, int n, Instant at, String cause, String account, long minor, String currency,
      int refund) {}

  /** Whose the dispute is. */
  public Optional<Place> place(DisputeId id) {
    return sql.sql("select payment, buyer, merchant, currency, live, clock from dispute where home = ? and id = ?")
        .param(id.home()).param(id.number())
        .query((row, _) -> new Place(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
            row.getBoolean(5), row.getString(6)))
        .optional();
  }

  /**
   * The disputes that what happens to a payment concerns, by what its provider calls it: all that are open, or else the
   * last one that was; none when the payment was never disputed or is not known.
   */
  public List<DisputeId> concerned(String provider, String atProvider) {
    return sql.sql("""
        select home, id from (
          select d.home, d.id, d.phase,
            rank() over (partition by d.payment order by d.phase = 'CLOSED', d.filed_at desc, d.id) as r
          from payment p join dispute d on d.home = p.home and d.payment = p.id
          where p.provider = ? and p.at_provider = ?
        ) v where phase <> 'CLOSED' or r = 1 order by home, id
        """)
        .param(provider).param(atProvider).query((row, _) -> new DisputeId(row.getInt(1), row.getLong(2))).list();
  }

  /** In whose hands mediation is, empty text for nobody's yet; empty when the dispute never came to mediation. */
  public Optional<String> mediator(DisputeId id) {
    return sql.sql("select mediator from dispute where home = ? and id = ? and mediated_at is not null")
        .param(id.home()).param(id.number()).query(String.class).optional();
  }

  /** The dispute as it stands. */
  public Optional<Found> find(DisputeId id) {
    return Optional.ofNullable(find(Set.of(id)).get(id));
  }

  /** Those of these disputes that are there, as they stand, in one look. */
  public Map<DisputeId, Found> find(Set<DisputeId> ids) {
    var found = new HashMap<DisputeId, Found>();
    if (ids.isEmpty()) return found;
    sql.sql("""
        select d.home, d.id, d.stage, p.state from unnest(?::int2[], ?::int8[]) as v(home, id)
        join dispute d on d.home = v.home and d.id = v.id
        join payment p on p.home = d.home and p.id = d.payment
        """)
        .param(ids.stream().map(id -> (short) id.home()).toArray(Short[]::new))
        .param(ids.stream().map(DisputeId::number).toArray(Long[]::new))
        .query(row -> {
          var id = new DisputeId(row.getInt("home"), row.getLong("id"));
          found.put(id, new Found(id, Json.dispute(row.getString("stage")),
              Json.MAPPER.readValue(row.getString("state"), Payment.class)));
        });
    return found;
  }

  /** What happened after event {@code after}, in order, at most {@code limit} events. */
  public List<Happened> events(DisputeId id, int after, int limit) {
    return sql.sql("select * from event where home = ? and dispute = ? and n > ? order by n limit ?")
        .param(id.home()).param(id.number()).param(after).param(limit).query((row, _) -> happened(row)).list();
  }

  /** The same of these types only. */
  public List<Happened> events(DisputeId id, Set<String> types, int after, int limit) {
    return sql.sql("select * from event where home = ? and dispute = ? and n > ? and type = any(?) order by n limit ?")
        .param(id.home()).param(id.number()).param(after).param(types.toArray(String[]::new)).param(limit)
        .query((row, _) -> happened(row)).list();
  }

  /** The newest {@code limit} events of these types, or of all, with numbers below {@code before}, in order. */
  public List<Happened> eventsBefore(DisputeId id, @Nullable Set<String> types, int before, int limit) {
    var found = sql.sql("select * from event where home = ? and dispute = ? and n < ?"
        + " and (?::text[] is null or type = any(?)) order by n desc limit ?")
        .param(id.home()).param(id.number()).param(before)
        .param(types == null ? null : types.toArray(String[]::new))
        .param(types == null ? null : types.toArray(String[]::new)).param(limit)
        .query((row, _) -> happened(row)).list();
    return found.reversed();
  }

  /** Those of these texts that are not erased, by their ids. */
  public Map<String, String> words(DisputeId id, Set<String> wanted) {
    var found = new HashMap<String, String>();
    sql.sql("select id, body from words where home = ? and id = any(?) and dispute = ? and body is not null")
        .param(id.home()).param(wanted.toArray(String[]::new)).param(id.number())
        .query(row -> {
          found.put(row.getString("id"), row.getString("body"));
        });
    return found;
  }

  /** Everything that was written in the dispute. */
  public List<Written> words(DisputeId id) {
    return sql.sql("select id, subject, role, at, body from words where home = ? and dispute = ? order by at, id")
        .param(id.home()).param(id.number())
        .query((row, _) -> new Written(row.getString("id"), row.getString("subject"),
            Role.valueOf(row.getString("role")), instant(row, "at"), row.getString("body")))
        .list();
  }

  /** Every line that the dispute caused in the ledger, in order. */
  public List<Moved> money(DisputeId id) {
    return sql.sql("""
        select e.id, e.n, e.at, e.cause, l.account, l.minor, l.currency, e.refund
        from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
        where e.home = ? and e.payment = (select payment from dispute where home = ? and id = ?) and e.dispute = ?
        order by e.n, e.id, l.line
        """).param(id.home()).param(id.home()).param(id.number()).param(id.number())
        .query((row, _) -> new Moved(row.getLong("id"), row.getInt("n"), instant(row, "at"), row.getString("cause"),
            row.getString("account"), row.getLong("minor"), row.getString("currency"), row.getInt("refund")))
        .list();
  }

  private static Happened happened(ResultSet row) throws SQLException {
    return new Happened(row.getInt("n"), instant(row, "at"), Status.valueOf(row.getString("status_before")),
        Status.valueOf(row.getString("status_after")), Role.valueOf(row.getString("role")), row.getString("subject"),
        row.getString("by_person"), Json.MAPPER.readValue(row.getString("body"), Event.class));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
