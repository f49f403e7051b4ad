package redress.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Figures over the disputes filed in a span of time. Every share is told as its two numbers; the formulas stand beside
 * them
 * and in the API's description.
 */
public final class Statistics {
  private final JdbcClient sql;

  public Statistics(JdbcClient sql) {
    this.sql = sql;
  }

  /** Which disputes are counted: filed from (included) to (not included), of one merchant or of all; UTC. */
  public record Span(boolean live, @Nullable String merchant, Instant from, Instant to, Instant now) {}

  /** What was counted; spans of time are whole seconds, null when there was nothing to measure. */
  public record Counted(long disputes, long payments, long open, long closed, long firstReplyDue, long firstReplyIn24h,
      @Nullable Long firstReplyP50, @Nullable Long firstReplyP90, long settled, long settledInNegotiation, long formed,
      long fulfilled, long enforced, long followedUp, long reopened, long notReached, long satisfied, long repeated,
      long closedAMonthAgo, long merchantOverdue, long buyerOverdue, long platformBreaches,
      @Nullable Long moneyP50, long appealed, long overturned) {}

  /** Counts. */
  public Counted count(Span span) {
    return sql.sql(COUNT).param("live", span.live()).param("merchant", span.merchant())
        .param("from", span.from().atOffset(ZoneOffset.UTC)).param("to", span.to().atOffset(ZoneOffset.UTC))
        .param("now", span.now().atOffset(ZoneOffset.UTC))
        .query(Counted.class).single();
  }

  /** How the disputes that are closed ended: how many of them each way, by the outcome's name. */
  public Map<String, Long> outcomes(Span span) {
    return sql.sql("""
        select outcome, count(*) as many from dispute
        where live = :live and status = 'CLOSED' and outcome is not null and filed_at >= :from and filed_at < :to
          and (cast(:merchant as text) is null or merchant = :merchant)
        group by outcome
        """).param("live", span.live()).param("merchant", span.merchant())
        .param("from", span.from().atOffset(ZoneOffset.UTC)).param("to", span.to().atOffset(ZoneOffset.UTC))
        .query((row, _) -> Map.entry(row.getString("outcome"), row.getLong("many"))).list().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  // @formatter:off
  private static final String COUNT = """
      with d as (
        select * from dispute
        where live = :live and filed_at >= :from and filed_at < :to
          and (cast(:merchant as text) is null or merchant = :merchant)
      )
      select
        count(*)                                                                               as disputes,
        (select count(*) from payment p where (p.state->>'live')::boolean = :live
           and (p.state->>'capturedAt')::timestamptz >= :from and (p.state->>'capturedAt')::timestamptz < :to
           and (cast(:merchant as text) is null or p.merchant = :merchant))                    as payments,
        count(*) filter (where status <> 'CLOSED')                                             as open,
        count(*) filter (where status = 'CLOSED')                                              as closed,
        count(*) filter (where first_reply_at is not null or filed_at + interval '24 hours' <= coalesce(closed_at, :now))
                                                                                               as first_reply_due,
        count(*) filter (where first_reply_at <= filed_at + interval '24 hours')               as first_reply_in24h,
        round(percentile_cont(0.5) within group (order by extract(epoch from first_reply_at - filed_at)))::bigint as first_reply_p50,
        round(percentile_cont(0.9) within group (order by extract(epoch from first_reply_at - filed_at)))::bigint as first_reply_p90,
        count(*) filter (where settlements > 0 and origin is distinct from 'RULING')           as settled,
        count(*) filter (where settlements > 0 and origin in ('OFFER', 'REFUND_NOW') and mediated_at is null)
                                                                                               as settled_in_negotiation,
        coalesce(sum(settlements), 0)                                                          as formed,
        count(*) filter (where outcome = 'SETTLED_FULFILLED')                                  as fulfilled,
        count(*) filter (where enforced)                                                       as enforced,
        count(*) filter (where answer is not null or not_reached)                              as followed_up,
        count(*) filter (where reopenings > 0)                                                 as reopened,
        count(*) filter (where not_reached)                                                    as not_reached,
        count(*) filter (where answer = 'SATISFIED')                                           as satisfied,
        count(*) filter (where closed_at < cast(:now as timestamptz) - interval '30 days' and exists (
          select 1 from dispute n where n.buyer = d.buyer and n.merchant = d.merchant and n.live = d.live
            and (n.home, n.id) <> (d.home, d.id)
            and n.filed_at > d.closed_at and n.filed_at <= d.closed_at + interval '30 days'))  as repeated,
        count(*) filter (where closed_at < cast(:now as timestamptz) - interval '30 days')     as closed_a_month_ago,
        count(*) filter (where merchant_late)                                                  as merchant_overdue,
        count(*) filter (where buyer_late)                                                     as buyer_overdue,
        coalesce(sum(breaches), 0)                                                             as platform_breaches,
        round(percentile_cont(0.5) within group (order by extract(epoch from paid_at - filed_at)))::bigint as money_p50,
        count(*) filter (where appealed)                                                       as appealed,
        count(*) filter (where overturned)                                                     as overturned
      from d
      """;
  // @formatter:on
}
