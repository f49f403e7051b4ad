package redress.invariant;

import java.util.List;

/** What must hold in time: the three days, deadlines that never act early, and breaches on record. */
final class Times {
  /** How late a deadline may act without a record of it. */
  private static final String GRACE = "interval '1 minute'";

  /**
   * What silence caused, beside the instant it was due at: the last event before it that set that instant. The rows are
   * those of the transition table that a deadline takes.
   */
  private static final String SILENCE = """
      silence as (
        select e.home, e.dispute, e.n, e.at, (
          select case e.type
              when 'OfferEnded'         then s.body->'offer'->>'expires'
              when 'MediationQueued'    then case e.row when 10 then s.body->>'totalDue' else s.body->>'replyDue' end
              when 'Closed'             then s.body->>'replyDue'
              when 'EvidenceClosed'     then s.body->>'due'
              when 'ProposalEnded'      then s.body->>'due'
              else s.body->>'ends' end
          from event s
          where s.home = e.home and s.dispute = e.dispute and s.n < e.n and case e.type
              when 'OfferEnded'         then s.type = 'OfferMade' and s.body->'offer'->>'id' = e.body->>'offer'
              when 'MediationQueued'    then case e.row when 10 then s.type in ('Filed', 'RoundStarted')
                                               else s.type in ('Filed', 'RoundStarted', 'TurnPassed') end
              when 'Closed'             then s.type in ('Filed', 'RoundStarted', 'TurnPassed')
              when 'EvidenceClosed'     then s.type = 'EvidenceRequested'
              when 'ProposalEnded'      then s.type = 'SettlementProposed'
              when 'FollowUpStarted'    then s.type = 'AuditingStarted'
              else s.type = 'FollowUpStarted' end
          order by s.n desc limit 1
        )::timestamptz as due
        from event e
        where (e.type = 'OfferEnded' and e.body->>'state' = 'EXPIRED')
          or (e.type = 'MediationQueued' and e.row in (8, 9, 10)) or (e.type = 'Closed' and e.row = 9)
          or (e.type = 'EvidenceClosed' and e.body->>'complete' = 'false')
          or (e.type = 'ProposalEnded' and e.body->>'state' = 'EXPIRED')
          or e.type in ('FollowUpStarted', 'ConcludingStarted')
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
