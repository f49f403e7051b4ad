package redress.invariant;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redress.dispute.Status;
import redress.dispute.Transition;

/** What must hold for what happened in each dispute, and for the row that sums it up. */
final class Histories {
  /** Every (row, before, after) of the published table, which is written by hand. */
  private static final String ALLOWED = IntStream.rangeClosed(0, Transition.values().length).boxed()
      .flatMap(row -> Stream.of(Status.values()).flatMap(before -> Stream.of(Status.values())
          .filter(after -> Transition.allows(row, before, after))
          .map(after -> "(%d, '%s', '%s')".formatted(row, before, after))))
      .collect(Collectors.joining(", "));

  static final List<Invariant> ALL = List.of(
      new Invariant("every_change_is_in_the_table",
          "Every change of status is a row of the transition table, and no row is named where it cannot be taken.",
          "event", """
              with t as materialized (select * from (values %s) as t(row, before, after)),
              start as (select distinct row, before from t)
              select e.home, e.dispute, 'event ' || e.n as what from event e
              left join t on t.row = e.row and t.before = e.status_before and t.after = e.status_after
              left join start s on s.row = e.row and s.before = e.status_before
              where case when e.status_before = e.status_after then s.row is null else t.row is null end
              """.formatted(ALLOWED)),
      new Invariant("changes_join", "Every event starts in the status in which the one before it ended.", "event", """
          select home, dispute, 'event ' || n as what from (
            select home, dispute, n, status_before,
              lag(status_after, 1, 'NOT_FILED') over (partition by home, dispute order by n) as was from event
          ) e where status_before <> was
          """),
      new Invariant("events_have_no_gaps",
          "Events are numbered 1..n without gaps, and a dispute's version is the number of its events.", "event", """
              select home, dispute, 'events' as what from (
                select home, dispute, count(*) as many, min(n) as first, max(n) as last
                from event group by home, dispute
              ) e full join (select home, id as dispute, version from dispute) d using (home, dispute)
              where many is distinct from version or first <> 1 or last <> many
              """),
      new Invariant("time_never_goes_back", "No event of a dispute happened before the one before it.", "event", """
          select home, dispute, 'event ' || n as what from (
            select home, dispute, n, at, lag(at) over (partition by home, dispute order by n) as was from event
          ) e where at < was
          """),
      new Invariant("rows_follow_events", "A dispute's row stands where its last event left it.", "dispute", """
          select d.home, d.id as dispute, 'row' as what from dispute d
          join event e on e.home = d.home and e.dispute = d.id and e.n = d.version
          where d.status <> e.status_after or d.updated_at <> e.at or (d.stage->>'version')::int <> d.version
            or (d.stage->>'lastAt')::timestamptz <> e.at
          """),
      new Invariant("one_outcome", "A closed dispute has exactly the outcome it was closed with, an open one has none.",
          "dispute", """
              select d.home, d.id as dispute, 'outcome' as what from dispute d left join (
                select home, dispute, count(*) filter (where type = 'Closed') as closed,
                  count(*) filter (where status_before = 'CLOSED' and status_after <> 'CLOSED') as reopened,
                  (array_agg(body->>'outcome' order by n desc) filter (where type = 'Closed'))[1] as outcome
                from event where type = 'Closed' or status_before = 'CLOSED' group by home, dispute
              ) c on c.home = d.home and c.dispute = d.id
              where d.outcome is distinct from case when d.status = 'CLOSED' then c.outcome end
                or coalesce(c.closed, 0) - coalesce(c.reopened, 0) <> case when d.status = 'CLOSED' then 1 else 0 end
              """),
      new Invariant("open_ones_have_a_deadline",
          "Every open dispute has its next deadline waiting to be acted on, and a closed one has none.", "dispute", """
              select d.home, d.id as dispute, 'deadline' as what from dispute d
              left join errand r on r.home = d.home and r.dispute = d.id and r.key = 'deadline'
              where case when d.status = 'CLOSED' then r.key is not null or d.due is not null
                else d.due is null or r.key is null or (r.body->>'due')::timestamptz <> d.due end
              """),
      new Invariant("one_open_dispute_per_item", "No item of a payment is in two open disputes.", "dispute", """
          with told as (
            select home, dispute, max(n) filter (where type <> 'Closed') as opened,
              coalesce(max(n) filter (where type = 'Closed'), 0) as closed
            from event where type in ('Filed', 'ItemsDisputed', 'Closed') group by home, dispute
          ), open as (
            select t.home, t.dispute, d.payment, coalesce(e.body->'items', e.body->'filing'->'items') as items
            from told t join event e on e.home = t.home and e.dispute = t.dispute and e.n = t.opened
            join dispute d on d.home = t.home and d.id = t.dispute where t.opened > t.closed
          ), wanted as (
            select o.home, o.payment, o.dispute, i.item from open o
            join payment p on p.home = o.home and p.id = o.payment,
            lateral (
              select jsonb_array_elements_text(o.items) as item
              union select '' where o.items = '[]'
              union select jsonb_array_elements_text(p.state->'items') where o.items = '[]'
            ) i
          )
          select w.home, min(w.dispute) as dispute, 'item in two disputes' as what
          from wanted w group by w.home, w.payment, w.item having count(*) > 1
          union all
          select home, dispute, 'item' as what from wanted w full join open_item i using (home, payment, dispute, item)
          where w.home is null or i.home is null
          """),
      new Invariant("limits_are_kept", "Nothing happens more often in a dispute than the rules allow.", "event", """
          select home, dispute, 'limits' as what from (
            select home, dispute, count(*) filter (where type = 'EvidenceRequested') as requests,
              count(*) filter (where type = 'SettlementProposed') as proposals,
              count(*) filter (where body->>'counts' = 'true') as reopenings,
              count(*) filter (where type = 'RoundStarted' and row = 35) as after_close,
              count(*) filter (where type = 'RoundStarted' and row = 17) as returned,
              count(*) filter (where type = 'ExceptionOpened' and row = 36) as reversals
            from event
            where type in
              ('EvidenceRequested', 'SettlementProposed', 'RoundStarted', 'MediationQueued', 'ExceptionOpened')
            group by home, dispute
          ) c
          where requests > 3 or proposals > 3 or reopenings > 3 or after_close > 1 or returned > 1 or reversals > 2
          """),
      new Invariant("offers_end_once", "An offer ends once, after it was made, and so does a finding.", "event", """
          select home, dispute, kind || ' ' || id as what from (
            select home, dispute, n, 'offer' as kind, body->'offer'->>'id' as id, true as begins
            from event where type = 'OfferMade'
            union all select home, dispute, n, 'offer', body->>'offer', false from event where type = 'OfferEnded'
            union all select home, dispute, n, 'finding', body->'finding'->>'id', true
            from event where type = 'FindingRaised'
            union all select home, dispute, n, 'finding', body->>'finding', false from event where type = 'FindingEnded'
          ) e group by home, dispute, kind, id
          having count(*) filter (where begins) <> 1 or count(*) filter (where not begins) > 1
            or min(n) filter (where not begins) < min(n) filter (where begins)
          """));

  private Histories() {}
}
