package redress.invariant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import redress.seal.Canonical;
import redress.seal.Digest;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What must hold for what was agreed or ruled, who may have a say in it, and what a result may claim. */
final class Agreements {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  static final List<Invariant> ALL = List.of(
      new Invariant("terms_are_sealed", "The hash of every settlement's terms is the one both sides agreed to.",
          "event", """
              select e.home, e.dispute, 'event ' || e.n as what, e.body->'settlement'->'terms' as terms,
                e.body->'settlement'->>'termsHash' as hash, d.currency
              from event e join dispute d on d.home = e.home and d.id = e.dispute where e.type = 'SettlementFormed'
              """, Agreements::isUnsealed),
      new Invariant("terms_are_what_was_agreed",
          "A settlement's terms are those of the accepted offer, of the accepted proposal or of the ruling.",
          "event", """
              select s.home, s.dispute, 'event ' || s.n as what from event s
              where s.type = 'SettlementFormed' and s.body->'settlement'->>'origin' <> 'REFUND_NOW' and not exists (
                select 1 from event e where e.home = s.home and e.dispute = s.dispute and e.n < s.n
                  and case s.body->'settlement'->>'origin'
                    when 'OFFER' then e.type = 'OfferMade'
                      and e.body->'offer'->'terms' = s.body->'settlement'->'terms' and exists (
                        select 1 from event a where a.home = s.home and a.dispute = s.dispute and a.n < s.n
                          and a.type = 'OfferEnded' and a.body->>'state' = 'ACCEPTED'
                          and a.body->>'offer' = e.body->'offer'->>'id')
                    when 'PROPOSAL' then e.type = 'SettlementProposed'
                      and e.body->'terms' = s.body->'settlement'->'terms'
                    else e.type in ('Decided', 'AppealDecided')
                      and e.body->'ruling'->'terms' = s.body->'settlement'->'terms' end)
              """),
      new Invariant("terms_never_change", "Terms and promises stand in the dispute as they were agreed.", "dispute", """
          select d.home, d.id as dispute, 'terms' as what from dispute d left join event e
            on e.home = d.home and e.dispute = d.id and e.type = 'SettlementFormed'
            and e.body->'settlement'->>'number' = d.stage->'settlement'->>'number'
          where d.stage->'settlement' is not null and (e.n is null
            or e.body->'settlement'->'terms'->>'remedy' <> d.stage->'settlement'->'terms'->>'remedy'
            or %s <> %s
            or e.body->'settlement'->>'termsHash' <> d.stage->'settlement'->>'termsHash'
            or %s <> %s)
          """.formatted(Snippets.promises("e.body->'settlement'->'terms'->'promises'", "p"),
          Snippets.promises("d.stage::jsonb->'settlement'->'terms'->'promises'", "p"),
          Snippets.promises("e.body->'obligations'", "p->'promise'"),
          Snippets.promises("d.stage::jsonb->'obligations'", "p->'promise'"))),
      new Invariant("fulfilled_is_fulfilled",
          "SETTLED_FULFILLED means: nothing blocks, no promise was waived, broken or left unpaid, and a buyer who was "
              + "not reached, or whose dispute a lead ended, is on record with what was said.",
          "event", Snippets.REFUNDS.replace("with ", "with " + Snippets.PROMISES + ", ") + """
              , over as (
                select e.home, e.dispute, e.n, e.row,
                  (select max(s.n) from event s where s.home = e.home and s.dispute = e.dispute and s.n < e.n
                    and s.type = 'SettlementFormed') as formed,
                  (select max(s.n) from event s where s.home = e.home and s.dispute = e.dispute and s.n < e.n
                    and s.type = 'AuditingStarted') as audited
                from event e where e.type = 'Closed' and e.body->>'outcome' = 'SETTLED_FULFILLED'
              )
              select o.home, o.dispute, 'event ' || o.n as what from over o
              where exists (select 1 from event f where f.home = o.home and f.dispute = o.dispute
                  and f.n > o.formed and f.n < o.n and f.type = 'FindingRaised'
                  and f.body->'finding'->>'code' in (%s) and not exists (
                    select 1 from event x where x.home = o.home and x.dispute = o.dispute and x.n < o.n
                      and x.type = 'FindingEnded' and x.body->>'finding' = f.body->'finding'->>'id'))
                or exists (select 1 from event m where m.home = o.home and m.dispute = o.dispute
                  and m.n > o.formed and m.n < o.n and m.type = 'ObligationMoved'
                  and m.body->>'state' in ('WAIVED_BY_CREDITOR', 'BROKEN', 'LAPSED', 'ENFORCED'))
                or exists (select 1 from promised p where p.home = o.home and p.dispute = o.dispute and p.n = o.formed
                  and p.kind in ('REFUND', 'COMPENSATION') and p.worth > (
                    select coalesce(sum(minor), 0) from (
                      select distinct on (m.id) m.minor, m.state from move m where m.home = o.home
                        and m.dispute = o.dispute and m.obligation = p.obligation and m.n < o.n
                      order by m.id, m.n desc
                    ) paid where state = 'SUCCEEDED'))
                or o.row <> 32 and not exists (select 1 from event c where c.home = o.home and c.dispute = o.dispute
                  and c.n > o.audited and c.n < o.n and c.type = 'ConcludingStarted'
                  and exists (select 1 from event a where a.home = o.home and a.dispute = o.dispute
                    and a.n > o.formed and a.n < c.n and case c.row
                      when 26 then a.type = 'FollowUpAnswered' and a.n > o.audited
                        and a.body->>'answer' = 'SATISFIED'
                      else a.type = 'FindingRaised' and a.body->'finding'->>'code' = 'BUYER_NOT_REACHED' end))
                or o.row = 32 and not exists (select 1 from event a where a.home = o.home and a.dispute = o.dispute
                  and a.n > o.formed and a.n < o.n and (a.body->>'answer' = 'SATISFIED'
                    or a.body->'finding'->>'code' in ('BUYER_NOT_REACHED', 'BUYER_DISSATISFIED')))
              """.formatted(Blocking.CODES)),
      new Invariant("nobody_judges_twice",
          "Decisions, approvals and appeals of one dispute are different people's, and so are mediating and verifying.",
          "event", """
              select d.home, d.dispute, 'event ' || d.n as what from event d
              where d.type = 'Decided' and d.body->'ruling'->>'approvedBy' = d.body->'ruling'->>'decidedBy'
              union all
              select a.home, a.dispute, 'event ' || a.n from event a
              join event d on d.home = a.home and d.dispute = a.dispute and d.type = 'Decided'
              where a.type = 'AppealDecided' and a.body->'ruling'->>'decidedBy'
                in (d.body->'ruling'->>'decidedBy', d.body->'ruling'->>'approvedBy')
              union all
              select p.home, p.dispute, 'event ' || p.n from event p join lateral (
                select e.body->>'askedBy' as asker from event e where e.home = p.home and e.dispute = p.dispute
                  and e.n < p.n and e.type = 'PayoutAsked' order by e.n desc limit 1
              ) a on a.asker = p.subject
              where p.type = 'PayoutApproved'
              union all
              select v.home, v.dispute, 'event ' || v.n from event v
              join event m on m.home = v.home and m.dispute = v.dispute and m.type = 'Assigned'
                and m.body->>'mediator' = v.body->>'verifier'
              where v.type = 'VerifierActed'
              """));

  private static boolean isUnsealed(ResultSet row) throws SQLException {
    var terms = JSON.readValue(row.getString("terms"), OBJECT);
    var promises = (List<?>) terms.getOrDefault("promises", List.of());
    var sealed = Map.of("dispute", Examination.id(row), "currency", row.getString("currency"),
        "remedy", String.valueOf(terms.get("remedy")), "promises", promises.stream().map(Agreements::promise).toList());
    return !Digest.sha256(Canonical.json(sealed)).equals(row.getString("hash"));
  }

  /** A promise as it is sealed: what is not said is the empty text. */
  private static Map<String, Object> promise(Object one) {
    var sealed = new java.util.TreeMap<String, Object>(Map.of("executor", "", "within", ""));
    ((Map<?, ?>) one).forEach((key, value) -> {
      if (value != null) sealed.put(String.valueOf(key), value);
    });
    return sealed;
  }

  private Agreements() {}
}
