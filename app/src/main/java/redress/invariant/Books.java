package redress.invariant;

import java.util.List;

/** What must hold in the ledger: double entry, causes, holds and the clearing account. */
final class Books {
  // How much each event debits (section 8 of the domain, written down a second time and not taken from the postings).
  private static final String DEBITS = """
      case type
        when 'HoldPlaced'         then (body->>'minor')::bigint
        when 'HoldReleased'       then (body->>'minor')::bigint
        when 'PromiseBroken'      then (body->>'minor')::bigint
        when 'Overpaid'           then abs((body->>'minor')::bigint)
        when 'ChargebackOpened'   then (body->>'minor')::bigint
        when 'OutsideRefundFound' then (body->'refund'->>'minor')::bigint
        when 'RefundRequested'    then (body->'refund'->>'minor')::bigint + (body->'refund'->>'fromFund')::bigint
        when 'RefundMoved' then case
          when body->'refund'->>'state' = 'SUCCEEDED' and body->>'was' in ('REQUESTED', 'PROCESSING', 'UNKNOWN')
            and body->'refund'->>'executor' = 'PLATFORM' then (body->'refund'->>'minor')::bigint
          when body->'refund'->>'state' = 'FAILED' and body->>'was' in ('REQUESTED', 'PROCESSING', 'UNKNOWN')
            and body->'refund'->>'executor' = 'PLATFORM'
            then (body->'refund'->>'minor')::bigint + (body->'refund'->>'fromFund')::bigint
          when body->'refund'->>'state' = 'REVERSED' and body->>'was' = 'SUCCEEDED' then case
            when body->'refund'->>'executor' = 'MERCHANT' or (body->>'afterClose')::boolean
              then (body->'refund'->>'minor')::bigint
            else 2 * (body->'refund'->>'minor')::bigint + (body->'refund'->>'fromFund')::bigint end
          else 0 end
        else 0 end
      """;

  static final List<Invariant> ALL = List.of(
      new Invariant("entries_balance", "In every ledger entry and currency the debits equal the credits.",
          "ledger_entry", """
              select e.home, e.dispute, e.payment || ' entry ' || e.id as what
              from ledger_entry e left join ledger_line l on l.home = e.home and l.entry = e.id
              group by e.home, e.id
              having count(l.line) < 2 or sum(l.minor) <> 0 or bool_or(l.currency <> e.currency)
              """),
      new Invariant("balances_sum_to_zero", "All balances of a currency sum to zero.", "ledger_line", """
          select null::int as home, null::bigint as dispute, currency as what
          from ledger_line group by currency having sum(minor) <> 0
          """),
      new Invariant("lines_have_entries", "Every ledger line belongs to an entry of its own payment and dispute.",
          "ledger_line", """
              select l.home, l.dispute, l.payment || ' entry ' || l.entry as what
              from ledger_line l left join ledger_entry e on e.home = l.home and e.id = l.entry
              where e.id is null or e.payment <> l.payment or e.dispute <> l.dispute
              """),
      new Invariant("entries_have_causes",
          "Every entry about a payment has one cause: an event of a dispute about it, or what was done with the "
              + "payment.",
          "ledger_entry", """
              select e.home, e.dispute, e.payment || ' entry ' || e.id as what
              from ledger_entry e
              left join payment p on p.home = e.home and p.id = e.payment
              left join dispute d on d.home = e.home and d.id = e.dispute
              left join event v on v.home = e.home and v.dispute = e.dispute and v.n = e.n
              where e.payment <> '' and (p.id is null or case when e.dispute = 0 then e.n <> 0
                else v.n is null or d.payment is distinct from e.payment end)
              """),
      new Invariant("captures_are_booked", "Every payment opened its books with exactly what was captured.",
          "payment", """
              select p.home, null::bigint as dispute, p.id as what from payment p
              left join (%s) b on b.home = p.home and b.payment = p.id and b.dispute = 0
              where coalesce(b.minor, 0) <> (p.state->>'captured')::bigint
              """.formatted(Snippets.moved("provider.settlement"))),
      new Invariant("events_are_booked",
          "Every event that moves money is booked with exactly its amount, and no other.",
          "event", """
              select home, dispute, 'event ' || n as what
              from (
                select home, dispute, n, %s as minor from event where type in ('HoldPlaced', 'HoldReleased',
                  'PromiseBroken', 'Overpaid', 'ChargebackOpened', 'OutsideRefundFound', 'RefundRequested',
                  'RefundMoved')
              ) s full join (
                select e.home, e.dispute, e.n, sum(l.minor) as minor
                from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
                where e.dispute <> 0 and l.minor > 0 group by e.home, e.dispute, e.n
              ) b using (home, dispute, n)
              where coalesce(s.minor, 0) <> coalesce(b.minor, 0)
              """.formatted(DEBITS)),
      new Invariant("holds_are_never_overdrawn", "At no event is more taken from a dispute's hold than lies there.",
          "ledger_line", """
              select home, dispute, 'event ' || n as what
              from (select *, sum(minor) over (partition by home, dispute order by n) as held from (%s) m) r
              where held > 0
              """.formatted(Snippets.moved("merchant.hold"))),
      new Invariant("holds_end", "A closed dispute holds nothing, and a hold is released at most once.", "dispute", """
          select d.home, d.id as dispute, 'hold' as what from dispute d
          left join (select home, dispute, sum(minor) as minor from (%s) m group by home, dispute) h
            on h.home = d.home and h.dispute = d.id
          left join (
            select home, dispute, count(*) filter (where type = 'HoldPlaced') as placed,
              count(*) filter (where type = 'HoldReleased') as released
            from event where type in ('HoldPlaced', 'HoldReleased') group by home, dispute
          ) c on c.home = d.home and c.dispute = d.id
          where (d.status = 'CLOSED' and coalesce(h.minor, 0) <> 0) or c.released > c.placed
          """.formatted(Snippets.moved("merchant.hold"))),
      new Invariant("available_is_never_overdrawn", "No more is taken from what a merchant may have than there is.",
          "ledger_line", """
              select home, null::bigint as dispute, payment as what from (%s) m
              group by home, payment having sum(minor) > 0
              """.formatted(Snippets.moved("merchant.available"))),
      new Invariant("clearing_is_what_is_in_flight",
          "The buyer's clearing account holds what is in flight, and nothing when nothing is.", "ledger_line",
          Snippets.REFUNDS + """
              , flying as (
                select home, dispute, sum(minor) as minor from refund
                where state in %s and executor = 'PLATFORM' group by home, dispute
              ), booked as (select home, dispute, -sum(minor) as minor from (%s) m group by home, dispute)
              select home, dispute, 'buyer.clearing' as what from flying full join booked using (home, dispute)
              where coalesce(flying.minor, 0) <> coalesce(booked.minor, 0)
              """.formatted(Snippets.IN_FLIGHT, Snippets.moved("buyer.clearing"))));

  private Books() {}
}
