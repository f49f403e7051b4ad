package redress.invariant;

import java.util.List;

/** What must hold for deposits, the fund and what is owed: every movement once, nothing drawn that no dispute took. */
final class Vaults {
  /** What one movement does to what lies there, and to what of it is set aside (minor units). */
  private static final String CHANGES = """
      moved as (
        select m.*, case kind when 'WITHDRAWAL' then -minor when 'RESERVED' then -minor when 'CONFIRMED' then 0
            else minor end as free,
          case kind when 'RESERVED' then minor when 'CONFIRMED' then -minor when 'RELEASED' then -minor else 0 end
            as aside
        from reserve_move m
      )
      """;
  /** Each answer of a reserve with the ask it answers. */
  private static final String ANSWERS = """
      answer as (
        select e.home, e.dispute, e.n, e.body->>'pot' as pot, (e.body->>'minor')::bigint as minor,
          (select max(a.n) from event a where a.home = e.home and a.dispute = e.dispute and a.n < e.n
            and a.type = 'FundsAsked') as asked
        from event e where e.type = 'FundsReserved'
      )
      """;
  /** What of a refund is drawn from deposit and fund for good: it was not given back before the dispute ended. */
  private static final String USED = """
      used as (
        select home, dispute, sum(deposit) as deposit, sum(fund) as fund from (
          select distinct on (e.home, e.dispute, e.body->'refund'->>'id') e.home, e.dispute,
            case when gone then 0 else (e.body->'refund'->>'fromDeposit')::bigint end as deposit,
            case when gone then 0 else (e.body->'refund'->>'fromFund')::bigint end as fund
          from (
            select e.*, e.body->'refund'->>'state' in ('FAILED', 'REVERSED')
              and not coalesce((e.body->>'afterClose')::boolean, false) as gone
            from event e where e.type in ('RefundRequested', 'RefundMoved')
          ) e order by e.home, e.dispute, e.body->'refund'->>'id', e.n desc
        ) r group by home, dispute
      )
      """;

  static final List<Invariant> ALL = List.of(
      new Invariant("reserves_follow_their_movements",
          "What lies in a reserve, and what of it is set aside, is the sum of its movements.", "reserve", "with "
              + CHANGES + """
                  select r.home::int, null::bigint as dispute, r.id as what from reserve r
                  left join moved m on m.home = r.home and m.reserve = r.id
                  group by r.home, r.id
                  having coalesce(sum(m.free), 0) <> r.balance or coalesce(sum(m.aside), 0) <> r.held
                    or count(m.n) <> r.moves or coalesce(max(m.n), 0) <> r.moves
                  """),
      new Invariant("reserves_are_never_overdrawn",
          "After no movement is less than nothing in a reserve, and each says what there was after it.",
          "reserve_move", "with " + CHANGES + """
              select home::int, null::bigint as dispute, reserve || ' movement ' || n as what from (
                select *, sum(free) over w as was, sum(aside) over w as set_aside from moved
                window w as (partition by home, reserve order by n)
              ) m where balance < 0 or held < 0 or was <> balance or set_aside <> held
              """),
      new Invariant("draws_end_once",
          "What a dispute was granted was set aside once, and confirmed or released once, all of it.", "reserve_draw",
          """
              select d.dispute_home as home, d.dispute, 'draw ' || d.number as what from reserve_draw d
              left join reserve_move m on m.home = d.home and m.reserve = d.reserve
                and m.dispute_home = d.dispute_home and m.dispute = d.dispute and m.number = d.number
                and m.kind in ('RESERVED', 'CONFIRMED', 'RELEASED')
              group by d.home, d.reserve, d.dispute_home, d.dispute, d.number
              having coalesce(sum(m.minor) filter (where m.kind = 'RESERVED'), -1) <> d.granted
                or coalesce(sum(m.minor) filter (where m.kind = 'CONFIRMED'), -1)
                  <> case d.state when 'CONFIRMED' then d.granted else -1 end
                or coalesce(sum(m.minor) filter (where m.kind = 'RELEASED'), -1)
                  <> case d.state when 'RELEASED' then d.granted else -1 end
              """),
      new Invariant("draws_are_taken",
          "A reserve confirms what a dispute took and nothing else, and a dispute takes what a reserve set aside.",
          "reserve_draw", "with " + ANSWERS + """
              select coalesce(a.home, d.dispute_home) as home, coalesce(a.dispute, d.dispute) as dispute,
                'draw ' || coalesce(a.asked, d.number) as what
              from answer a full join reserve_draw d
                on d.dispute_home = a.home and d.dispute = a.dispute and d.number = a.asked
              left join event e on e.home = a.home and e.dispute = a.dispute and e.n = a.asked
              where case when a.n is null then d.state = 'CONFIRMED'
                else d.number is null or d.state = 'RELEASED' or d.granted <> a.minor
                  or d.wanted <> (e.body->'ask'->>'minor')::bigint or e.body->'ask'->>'pot' <> a.pot end
              """),
      new Invariant("what_is_not_used_goes_back",
          "What a dispute gives back goes back to the reserve once, as soon as its errand is done.", "event", """
              select coalesce(e.home, m.dispute_home) as home, coalesce(e.dispute, m.dispute) as dispute,
                'event ' || coalesce(e.n, m.number) as what
              from (select * from event where type = 'FundsReturned') e
              full join (select * from reserve_move where kind = 'RETURNED') m
                on m.dispute_home = e.home and m.dispute = e.dispute and m.number = e.n
              where e.n is null or (m.n is null and not exists (select 1 from errand r where r.home = e.home
                  and r.dispute = e.dispute and r.n = e.n))
                or m.minor <> (e.body->>'minor')::bigint
              """),
      new Invariant("reserved_is_used_or_given_back",
          "A closed dispute has used what it took of deposit and fund, or given it back.", "dispute", "with " + USED
              + """
                  , took as (
                    select home, dispute,
                      sum(minor) filter (where pot = 'DEPOSIT') as deposit,
                      sum(minor) filter (where pot = 'FUND') as fund
                    from (
                      select home, dispute, body->>'pot' as pot,
                        case type when 'FundsReserved' then 1 else -1 end * (body->>'minor')::bigint as minor
                      from event where type in ('FundsReserved', 'FundsReturned')
                    ) e group by home, dispute
                  )
                  select d.home, d.id as dispute, 'reserves' as what from dispute d
                  left join used u on u.home = d.home and u.dispute = d.id
                  left join took t on t.home = d.home and t.dispute = d.id
                  where d.status = 'CLOSED' and (coalesce(u.deposit, 0) <> coalesce(t.deposit, 0)
                    or coalesce(u.fund, 0) <> coalesce(t.fund, 0))
                  """),
      new Invariant("reserves_are_booked",
          "Money that came into a reserve or went out of it is booked, and what belongs to no payment has a cause.",
          "reserve_move", """
              select coalesce(m.home, e.home)::int as home, null::bigint as dispute,
                coalesce(m.reserve || ' movement ' || m.n, 'entry ' || e.id) as what
              from (select * from reserve_move where kind in ('TOP_UP', 'WITHDRAWAL', 'RECOVERED')) m
              full join (
                select e.home, e.id, e.cause, sum(l.minor) filter (where l.minor > 0) as minor
                from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
                where e.payment = '' and e.cause not in ('recovery', 'write-off', 'paid-back') group by e.home, e.id
              ) e on e.home = m.home and e.id = m.entry
              where m.n is null or e.id is null or m.minor <> e.minor or e.cause <> case m.kind
                when 'TOP_UP' then 'top-up' when 'WITHDRAWAL' then 'withdrawal' else 'recovered' end
              """),
      new Invariant("reserves_lie_in_the_ledger",
          "What lies in a reserve is there in the ledger: less what disputes have taken and not used yet.", "reserve",
          """
              select r.home::int, null::bigint as dispute, r.id as what from reserve r left join (
                select case l.account when 'merchant.deposit' then e.merchant else '' end as merchant,
                  case l.account when 'merchant.deposit' then 'DEPOSIT' else 'FUND' end as kind, l.currency, e.live,
                  -sum(l.minor) as minor
                from ledger_line l join ledger_entry e on e.home = l.home and e.id = l.entry
                where l.account in ('merchant.deposit', 'platform.fund') group by 1, 2, 3, 4
              ) l on l.merchant = r.merchant and l.kind = r.kind and l.currency = r.currency and l.live = r.live
              where coalesce(l.minor, 0) < r.balance + r.held
              """),
      new Invariant("what_is_owed_follows_from_events",
          "What merchants owe, and what buyers may still claim, is what the events of each dispute add up to.",
          "event", "with " + USED + """
              , owed as (
                select home, dispute, sum(minor) as merchant, sum(claim) as buyer from (
                  select home, dispute, fund as minor, 0 as claim from used
                  union all
                  select home, dispute, case type
                      when 'PromiseBroken' then (body->>'minor')::bigint - (body->>'fromHold')::bigint
                      when 'ChargebackOpened' then (body->>'fromReceivable')::bigint
                      else -(body->'refund'->>'minor')::bigint end,
                    case type when 'PromiseBroken' then (body->>'minor')::bigint else 0 end
                  from event where type in ('PromiseBroken', 'ChargebackOpened') or (type = 'RefundMoved'
                    and (body->>'afterClose')::boolean and body->'refund'->>'state' = 'REVERSED'
                    and body->>'was' = 'SUCCEEDED' and body->'refund'->>'executor' = 'PLATFORM')
                ) e group by home, dispute
              ), booked as (
                select home, dispute, sum(minor) filter (where account = 'merchant.receivable') as merchant,
                  -sum(minor) filter (where account = 'buyer.claim') as buyer
                from ledger_line where dispute <> 0 group by home, dispute
              )
              select home, dispute, 'receivable' as what from owed full join booked using (home, dispute)
              where coalesce(owed.merchant, 0) <> coalesce(booked.merchant, 0)
                or coalesce(owed.buyer, 0) <> coalesce(booked.buyer, 0)
              """),
      new Invariant("overpayments_are_claimed_back",
          "What reached a buyer above what was captured is claimed back as soon as nothing of it is on its way.",
          "payment", Snippets.REFUNDS + """
              , spent as (
                select d.home, d.payment, sum(r.minor) filter (where r.state in %s and not r.compensation) as minor,
                  bool_or(r.state in %s) as flying
                from refund r join dispute d on d.home = r.home and d.id = r.dispute group by d.home, d.payment
              ), back as (
                select d.home, d.payment,
                  sum((e.body->>'minor')::bigint) filter (where e.type = 'ChargebackOpened') as minor,
                  sum((e.body->>'minor')::bigint) filter (where e.type = 'Overpaid') as claimed
                from event e join dispute d on d.home = e.home and d.id = e.dispute
                where e.type in ('ChargebackOpened', 'Overpaid') group by d.home, d.payment
              )
              select p.home::int, null::bigint as dispute, p.id as what from payment p
              left join spent s on s.home = p.home and s.payment = p.id
              left join back b on b.home = p.home and b.payment = p.id
              where not coalesce(s.flying, false) and coalesce(b.claimed, 0)
                <> greatest(0, coalesce(s.minor, 0) + coalesce(b.minor, 0) - (p.state->>'captured')::bigint)
              """.formatted(Snippets.LIVE, Snippets.IN_FLIGHT)),
      new Invariant("two_people_decide",
          "What needs a second person was decided by one, and nothing was given up that nobody approved.",
          "finance_request", """
              select home::int, null::bigint as dispute, id as what from finance_request
              where (state in ('APPROVED', 'REJECTED')) <> (decided_by is not null) or decided_by = asked_by
                or (kind = 'WRITE_OFF' and state = 'DONE')
              union all
              select null::int, null::bigint, coalesce(w.merchant, r.merchant) from (
                select e.merchant, e.live, l.currency, sum(l.minor) as minor
                from ledger_line l join ledger_entry e on e.home = l.home and e.id = l.entry
                where l.account = 'platform.loss' group by 1, 2, 3
              ) w full join (
                select merchant, live, currency, sum(minor) as minor from finance_request
                where kind = 'WRITE_OFF' and state = 'APPROVED' group by 1, 2, 3
              ) r using (merchant, live, currency)
              where coalesce(w.minor, 0) <> coalesce(r.minor, 0)
              """),
      new Invariant("one_currency_a_payment", "Everything booked about a payment is in the payment's own currency.",
          "ledger_entry", """
              select e.home::int, nullif(e.dispute, 0) as dispute, e.payment || ' entry ' || e.id as what
              from ledger_entry e join payment p on p.home = e.home and p.id = e.payment
              where e.currency <> p.state->>'currency'
              """),
      new Invariant("what_happened_cannot_be_changed",
          "The application may write events, entries, movements and closes, and never change or delete one.",
          "ledger_entry", """
              select null::int as home, null::bigint as dispute, t || ' ' || p as what
              from unnest(array['event', 'ledger_entry', 'ledger_line', 'reserve_move', 'finance_close',
                  'finance_close_line']) t, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
              where has_table_privilege('redress_app', t, p)
              """),
      new Invariant("closes_balance", "In every day that was closed the debits equal the credits of each currency.",
          "finance_close_line", """
              select null::int as home, null::bigint as dispute, day || ' ' || currency as what
              from finance_close_line group by day, live, currency having sum(debit) <> sum(credit)
              """),
      new Invariant("closes_stay_true",
          "What a closed day shows was booked on that day, and is still there; more is late, less is impossible.",
          "finance_close_line", """
              select null::int as home, null::bigint as dispute, c.day || ' ' || c.merchant || ' ' || c.account as what
              from finance_close_line c left join (
                select (e.at at time zone 'UTC')::date as day, e.live, e.merchant,
                  coalesce(p.state->>'provider', '') as provider, l.currency, l.account, count(*) as entries,
                  sum(greatest(l.minor, 0)) as debit, sum(greatest(-l.minor, 0)) as credit
                from ledger_entry e join ledger_line l on l.home = e.home and l.entry = e.id
                left join payment p on p.home = e.home and p.id = e.payment group by 1, 2, 3, 4, 5, 6
              ) b using (day, live, merchant, provider, currency, account)
              where b.entries is null or b.entries < c.entries or b.debit < c.debit or b.credit < c.credit
              """));

  private Vaults() {}
}
