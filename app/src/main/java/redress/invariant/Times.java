package redress.invariant;

import java.util.List;

/** What must hold in time: the three days, deadlines that never act early, and breaches on record. */
final class Times {
  /** How late a deadline may act without a record of it. */
  private static final String GRACE = "interval '1 minute'";

  /** Each instant that an event sets for later, with what it is for. */
  private static final String SET = """
      set_for as (
        select e.home, e.dispute, e.n, v.what, v.due::timestamptz as due
        from event e cross join lateral (values
          ('reply', e.body->>'replyDue'), ('talks', e.body->>'totalDue'), ('first reply', e.body->>'firstReplyDue'),
          ('first action', e.body->>'firstActionDue'), ('target', e.body->>'targetDue'),
          ('appeal', e.body->>'appealBy'), ('confirm', e.body->>'confirmBy'), ('enforcement', e.body->>'until'),
          (case e.type when 'EvidenceRequested' then 'evidence' when 'SettlementProposed' then 'proposal'
             when 'ObligationMoved' then 'promise ' || (e.body->>'obligation') end, e.body->>'due'),
          (case e.type when 'AuditingStarted' then 'day 1' when 'FollowUpStarted' then 'day 2' end, e.body->>'ends'),
          ('offer ' || (e.body->'offer'->>'id'), e.body->'offer'->>'expires'),
          ('finding ' || (e.body->'finding'->>'id'), e.body->'finding'->>'next'),
          (case e.type when 'FindingWaits' then 'finding ' || (e.body->>'finding')
             when 'Alerted' then case e.body->>'deadline' when 'EXCEPTION_CURE' then 'finding ' || (e.body->>'about')
               when 'ENFORCEMENT_MAX' then 'enforcement' end end, e.body->>'next')) v(what, due)
        where v.what is not null and v.due is not null
      )
      """;

  /** What only silence causes, with what it was that passed. The rows are those of the transition table. */
  private static final String CAUSED = """
      caused as (
        select home, dispute, n, at, case type
          when 'OfferEnded'        then case body->>'state' when 'EXPIRED' then 'offer ' || (body->>'offer') end
          when 'ProposalEnded'     then case body->>'state' when 'EXPIRED' then 'proposal' end
          when 'EvidenceClosed'    then case body->>'complete' when 'false' then 'evidence' end
          when 'MediationQueued'   then case when row in (8, 9) then 'reply' when row = 10 then 'talks'
                                          when row = 33 and role = 'SYSTEM' then 'cure' end
          when 'AppealOpened'      then case when role <> 'SYSTEM' then null when row = 19 then 'appeal' else 'cure' end
          when 'SettlementFormed'  then case when row = 21 and role = 'SYSTEM' then 'appeal' end
          when 'Closed'            then case when row = 9 then 'reply' when row = 31 then 'enforcement'
                                          when row = 21 and role = 'SYSTEM' then 'appeal' when row = 33 then 'cure' end
          when 'TargetMissed'      then case body->>'deadline' when 'MERCHANT_FIRST_REPLY' then 'first reply'
                                          when 'MEDIATION_FIRST_ACTION' then 'first action' else 'target' end
          when 'Overdue'           then case body->>'deadline' when 'SETTLEMENT_CONFIRM' then 'confirm' end
          when 'FindingRaised'     then case body->'finding'->>'code' when 'CONFIRMATION_UNAVAILABLE'
                                          then 'confirm' end
          when 'ObligationMoved'   then case when row = 24 and (body->>'state' = 'OVERDUE'
                                            or (body->>'due' is null and body->>'state' in ('PENDING', 'SHIPPED')))
                                          then 'promise ' || (body->>'obligation') end
          when 'FindingWaits'      then 'finding ' || (body->>'finding')
          when 'FollowUpStarted'   then 'day 1'
          when 'ConcludingStarted' then 'day 2' end as what
        from event
      )
      """;

  /**
   * What silence caused, beside the instant it was due at: the one set last for it; for the end of some cure time, the
   * last that had come of those set for findings of the settlement.
   */
  private static final String SILENCE = SET + ", " + CAUSED + """
      , silence as (
        select c.home, c.dispute, c.n, c.at, (array_agg(s.due order by s.n desc))[1] as due
        from caused c left join set_for s
          on s.home = c.home and s.dispute = c.dispute and s.what = c.what and s.n < c.n
        where c.what <> 'cure' group by c.home, c.dispute, c.n, c.at
        union all
        select c.home, c.dispute, c.n, c.at, coalesce(max(s.due) filter (where s.due <= c.at), min(s.due))
        from caused c left join set_for s
          on s.home = c.home and s.dispute = c.dispute and s.what like 'finding %' and s.n < c.n
          and s.n > (select max(f.n) from event f where f.home = c.home and f.dispute = c.dispute
            and f.n < c.n and f.type = 'SettlementFormed')
        where c.what = 'cure' group by c.home, c.dispute, c.n, c.at
      )
      """;

  static final List<Invariant> ALL = List.of(
      new Invariant("deadlines_never_act_early", "Nothing that silence causes happens before its time.", "event",
          "with " + SILENCE + """
              select home, dispute, 'event ' || n as what from silence where due is null or at < due
              """),
      new Invariant("late_ones_are_on_record", "A deadline that acts late leaves a record of its lateness.", "event",
          "with " + SILENCE + """
              select s.home, s.dispute, 'event ' || s.n as what from silence s
              where s.at > s.due + %s and not exists (select 1 from event b where b.home = s.home
                and b.dispute = s.dispute and b.n < s.n and b.at >= s.due and b.type = 'Breached')
              union all
              select home, dispute, 'event ' || n from event where type = 'Breached'
                and ((body->>'due')::timestamptz > at
                  or abs(extract(epoch from at - (body->>'due')::timestamptz)
                    - extract(epoch from (body->>'lateness')::interval)) > 0.000001)
              """.formatted(GRACE)),
      new Invariant("days_follow_each_other",
          "The three days of verification come in order, each at least 24 hours long, and the result after them.",
          "event", """
              with day as (
                select home, dispute, n, at, type, (body->>'ends')::timestamptz as ends,
                  lag(type) over w as before, lag((body->>'ends')::timestamptz) over w as ended
                from event where type in ('AuditingStarted', 'FollowUpStarted', 'ConcludingStarted')
                  or (type = 'Closed' and row = 29)
                window w as (partition by home, dispute order by n)
              )
              select home, dispute, 'event ' || n as what from day where case type
                when 'AuditingStarted'   then ends < at + interval '24 hours'
                when 'FollowUpStarted'   then before is distinct from 'AuditingStarted' or at < ended
                  or ends < ended + interval '24 hours'
                when 'ConcludingStarted' then before is distinct from 'FollowUpStarted' or at < ended
                  or ends < ended + interval '24 hours'
                else before is distinct from 'ConcludingStarted' or at < ended end
              """));

  private Times() {}
}
