package redress.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Hindsight.Happening;
import redress.dispute.Payment;

/** Whole disputes from their first event to their last, many at once, for those who look back. */
public final class Pasts {
  private static final int AT_ONCE = 100;

  private final JdbcClient sql;

  public Pasts(JdbcClient sql) {
    this.sql = sql;
  }

  /** A dispute: under which version of the rules it was filed, its payment as it is now, and all that happened. */
  public record Past(DisputeId id, String rules, Payment payment, List<Happening> events) {
    public Past {
      events = List.copyOf(events);
    }
  }

  /** The ids of at most {@code limit} disputes filed from {@code from} (UTC) on, the latest first. */
  public List<DisputeId> filed(boolean live, Instant from, int limit) {
    return sql.sql("""
        select home, id from dispute where live = ? and filed_at >= ? order by filed_at desc, home, id limit ?
        """).param(live).param(from.atOffset(ZoneOffset.UTC)).param(limit)
        .query((row, _) -> new DisputeId(row.getInt("home"), row.getLong("id"))).list();
  }

  /** These disputes, a hundred at a time. */
  public List<Past> of(List<DisputeId> ids) {
    var all = new ArrayList<Past>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      all.addAll(some(ids.subList(from, Math.min(ids.size(), from + AT_ONCE))));
    }
    return all;
  }

  private List<Past> some(List<DisputeId> ids) {
    var events = new LinkedHashMap<DisputeId, List<Happening>>();
    sql.sql("""
        select e.home, e.dispute, e.at, e.body from unnest(?::int2[], ?::int8[]) as v(home, id)
        join event e on e.home = v.home and e.dispute = v.id order by e.home, e.dispute, e.n
        """).param(homes(ids)).param(numbers(ids)).query(row -> {
      events.computeIfAbsent(new DisputeId(row.getInt("home"), row.getLong("dispute")), _ -> new ArrayList<>())
          .add(new Happening(Json.MAPPER.readValue(row.getString("body"), Event.class),
              row.getObject("at", OffsetDateTime.class).toInstant()));
    });
    var filed = filed(ids);
    return events.entrySet().stream().filter(it -> filed.containsKey(it.getKey())).map(it -> {
      var under = Objects.requireNonNull(filed.get(it.getKey()));
      return new Past(it.getKey(), under.rules(), under.payment(), it.getValue());
    }).toList();
  }

  private record Filed(String rules, Payment payment) {}

  private Map<DisputeId, Filed> filed(List<DisputeId> ids) {
    var all = new LinkedHashMap<DisputeId, Filed>();
    sql.sql("""
        select d.home, d.id, d.rules, p.state from unnest(?::int2[], ?::int8[]) as v(home, id)
        join dispute d on d.home = v.home and d.id = v.id join payment p on p.home = d.home and p.id = d.payment
        """).param(homes(ids)).param(numbers(ids)).query(row -> {
      all.put(new DisputeId(row.getInt("home"), row.getLong("id")), new Filed(row.getString("rules"),
          Json.MAPPER.readValue(row.getString("state"), Payment.class)));
    });
    return all;
  }

  private static Short[] homes(List<DisputeId> ids) {
    return ids.stream().map(it -> (short) it.home()).toArray(Short[]::new);
  }

  private static Long[] numbers(List<DisputeId> ids) {
    return ids.stream().map(DisputeId::number).toArray(Long[]::new);
  }
}
