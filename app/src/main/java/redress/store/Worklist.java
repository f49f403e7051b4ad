package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;

/** What waits for the platform's own people, in piles: what is at risk first, then what has waited longest. */
public final class Worklist {
  private static final Duration SOON = Duration.ofDays(1);

  private final JdbcClient sql;

  public Worklist(JdbcClient sql) {
    this.sql = sql;
  }

  /** A kind of work. The conditions begin with the phase, which is how open disputes are found quickly. */
  public enum Pile {
    // @formatter:off
    UNASSIGNED   ("d.phase = 'MEDIATION' and d.status = 'MEDIATION_QUEUED'"),
    MINE         ("d.phase = 'MEDIATION' and d.mediator = :subject"),
    APPROVALS    ("d.phase = 'MEDIATION' and d.status = 'MEDIATING' and d.stage->'stage'->'waiting' is not null"),
    APPEALS      ("d.phase = 'MEDIATION' and d.status = 'APPEALED'"),
    MEDIATION    ("d.phase = 'MEDIATION'"),
    EXCEPTIONS   ("d.phase = 'VERIFICATION' and d.status = 'EXCEPTION'"),
    CONFIRMATIONS("d.phase = 'SETTLEMENT' and d.status = 'CONFIRMING'"),
    PERFORMING   ("d.phase = 'SETTLEMENT' and d.status = 'PERFORMING'"),
    DAY_1        ("d.phase = 'VERIFICATION' and d.status = 'AUDITING'"),
    DAY_2        ("d.phase = 'VERIFICATION' and d.status = 'FOLLOWING_UP'"),
    DAY_3        ("d.phase = 'VERIFICATION' and d.status = 'CONCLUDING'"),
    PAYOUTS      ("d.phase = 'VERIFICATION' and d.status = 'EXCEPTION' and d.stage->'stage'->'payout' is not null");
    // @formatter:on

    private final String condition;

    Pile(String condition) {
      this.condition = condition;
    }
  }

  /** Why something comes first: its time is over, is over within a day, it is large, it went wrong before. */
  public enum Risk {
    LATE, URGENT, LARGE, TROUBLED, NONE
  }

  /** One dispute of a pile; {@code minor} units are disputed, it has waited {@code since}; times are UTC. */
  public record Line(DisputeId id, String status, String reason, String merchant, String mediator, long minor,
      String currency, @Nullable String deadline, @Nullable Instant due, Instant since, Risk risk, List<String> tags) {
    public Line {
      tags = List.copyOf(tags);
    }
  }

  /** Whose piles: of live or of test disputes, {@code subject} is whose {@link Pile#MINE} is meant. */
  public record Whose(boolean live, String subject) {}

  /**
   * At most {@code limit} of a pile at {@code now}, or when their test clocks say, after the first {@code skip}; from
   * {@code large} minor units on it is large.
   */
  public List<Line> list(Pile pile, Whose whose, Instant now, long large, int skip, int limit) {
    return sql.sql("select * from (" + LINE + " where d.live = :live and " + pile.condition
        + ") w order by risk, since, home, id offset :skip limit :limit")
        .param("live", whose.live()).param("subject", whose.subject()).param("large", large)
        .param("now", now.atOffset(ZoneOffset.UTC)).param("soon", SOON.toSeconds())
        .param("skip", skip).param("limit", limit).query((row, _) -> line(row)).list();
  }

  /** How many there are in each of these piles, in one look. */
  public Map<Pile, Integer> count(Set<Pile> piles, Whose whose) {
    var counts = piles.stream().map(it -> "count(*) filter (where " + it.condition + ") as " + it)
        .collect(Collectors.joining(", "));
    return sql.sql("select " + counts + " from dispute d where d.live = :live and d.phase <> 'CLOSED'"
        + " and d.phase in ('MEDIATION', 'SETTLEMENT', 'VERIFICATION')")
        .param("live", whose.live()).param("subject", whose.subject()).query((row, _) -> {
          var all = new EnumMap<Pile, Integer>(Pile.class);
          for (var pile : piles) all.put(pile, row.getInt(pile.name()));
          return all;
        }).single();
  }

  private static Line line(ResultSet row) throws SQLException {
    var due = row.getObject("due", OffsetDateTime.class);
    return new Line(new DisputeId(row.getInt("home"), row.getLong("id")), row.getString("status"),
        row.getString("reason"), row.getString("merchant"), row.getString("mediator"), row.getLong("minor"),
        row.getString("currency"), row.getString("deadline"), due == null ? null : due.toInstant(),
        row.getObject("since", OffsetDateTime.class).toInstant(), Risk.values()[row.getInt("risk")],
        List.of((String[]) row.getArray("tags").getArray()));
  }

  private static final String LINE = """
      select d.home, d.id, d.status, d.reason, d.merchant, d.mediator, d.minor, d.currency, d.deadline, d.due, d.tags,
        coalesce(d.settled_at, d.mediated_at, d.filed_at) as since,
        case when d.due <= coalesce(c.now, :now) then 0
          when d.due < coalesce(c.now, :now) + make_interval(secs => :soon) then 1
          when d.minor >= :large then 2
          when d.exceptions + d.reopenings > 0 then 3 else 4 end as risk
      from dispute d left join test_clock c on c.id = d.clock""";
}
