package redress.invariant;

import java.util.List;

/** What must hold for the money that buyers get: caps, causes, and what the provider's own books say. */
final class Payouts {
  /** A refund's reference is its dispute's id and its own number; the wallet knows nothing else of it. */
  private static final String REFERENCE =
      "'dsp_' || lpad(to_hex(r.home::int), 3, '0') || lpad(to_hex(r.dispute), 16, '0') || '-r' || r.id";

  static final List<Invariant> ALL = List.of(
      new Invariant("refunds_within_captured",
          "Over all disputes of a payment, refunds done and in flight plus chargebacks are at most what was captured; "
              + "more from outside is a finding.",
          "payment", Snippets.REFUNDS + ", " + Snippets.OVERPAID + """
              , spent as (
                select d.home, d.payment, sum(r.minor) as total,
                  sum(r.minor) filter (where r.executor = 'PLATFORM') as ours
                from refund r join dispute d on d.home = r.home and d.id = r.dispute
                where not r.compensation and r.state in %s group by d.home, d.payment
              ), back as (
                select d.home, d.payment, sum((e.body->>'minor')::bigint) as total
                from event e join dispute d on d.home = e.home and d.id = e.dispute
                where e.type = 'ChargebackOpened' group by d.home, d.payment
              )
              select p.home, null::bigint as dispute, p.id as what
              from payment p left join spent s on s.home = p.home and s.payment = p.id
              left join back b on b.home = p.home and b.payment = p.id
              where s.ours > (p.state->>'captured')::bigint
                or (coalesce(s.total, 0) + coalesce(b.total, 0) > (p.state->>'captured')::bigint
                  and not exists (select 1 from overpaid o join dispute d on d.home = o.home and d.id = o.dispute
                    where d.home = p.home and d.payment = p.id))
              """.formatted(Snippets.LIVE)),
      new Invariant("payouts_have_one_cause",
          "Every payout is ordered once, for a promise that was agreed or ruled before it.", "event", "with "
              + Snippets.PROMISES + """
                  , paid as (
                    select home, dispute, n, (body->'refund'->>'id')::int as id,
                      (body->'refund'->>'obligation')::int as obligation,
                      count(*) over (partition by home, dispute, body->'refund'->>'id') as times
                    from event where type in ('RefundRequested', 'OutsideRefundFound')
                  )
                  select p.home, p.dispute, 'refund ' || p.id as what from paid p
                  where p.times > 1 or not exists (select 1 from promised o where o.home = p.home
                    and o.dispute = p.dispute and o.obligation = p.obligation and o.n < p.n)
                  """),
      new Invariant("promises_are_paid_once",
          "What is paid or in flight for a promise is at most what it is worth; more from outside is a finding.",
          "event", Snippets.REFUNDS + ", " + Snippets.PROMISES + ", " + Snippets.OVERPAID + """
              , sums as (
                select home, dispute, obligation, sum(minor) as total,
                  sum(minor) filter (where executor = 'PLATFORM') as ours
                from refund where state in %s group by home, dispute, obligation
              )
              select s.home, s.dispute, 'promise ' || s.obligation as what
              from sums s join promised o using (home, dispute, obligation)
              where s.ours > o.worth or (s.total > o.worth
                and not exists (select 1 from overpaid v where v.home = s.home and v.dispute = s.dispute))
              """.formatted(Snippets.LIVE)),
      new Invariant("one_payout_in_flight", "No promise has two payouts on their way at once.", "event",
          Snippets.REFUNDS + """
              , before as (
                select distinct on (r.home, r.dispute, r.n, m.id) r.home, r.dispute, r.id, m.state
                from move r join move m using (home, dispute, obligation)
                where r.type = 'RefundRequested' and m.id <> r.id and m.n < r.n
                order by r.home, r.dispute, r.n, m.id, m.n desc
              )
              select home, dispute, 'refund ' || id as what from before where state in %s
              """.formatted(Snippets.IN_FLIGHT)),
      new Invariant("outside_payments_count_once",
          "A payment made outside counts in one dispute, once for each promise it keeps.", "event",
          Snippets.REFUNDS + """
              select d.home, min(d.id) as dispute, 'outside payment' as what
              from refund r join dispute d on d.home = r.home and d.id = r.dispute
              where r.reference <> '' group by d.home, d.payment, r.reference
              having count(distinct d.id) > 1 or count(*) > count(distinct r.obligation)
              """),
      new Invariant("payments_follow_the_books", "What a payment remembers of its money is what its books say.",
          "payment", Snippets.REFUNDS + """
              , spent as (
                select d.home, d.payment, sum(r.minor) filter (where not r.compensation) as refunded,
                  sum(r.minor) filter (where r.compensation) as compensated
                from refund r join dispute d on d.home = r.home and d.id = r.dispute
                where r.state in %s group by d.home, d.payment
              ), free as (select home, payment, -sum(minor) as minor from (%s) m group by home, payment),
              held as (select home, payment, -sum(minor) as minor from (%s) m group by home, payment)
              select p.home, null::bigint as dispute, p.id as what
              from payment p left join spent s on s.home = p.home and s.payment = p.id
              left join free f on f.home = p.home and f.payment = p.id
              left join held h on h.home = p.home and h.payment = p.id
              where (p.state->>'available')::bigint <> coalesce(f.minor, 0)
                or coalesce(h.minor, 0)
                  <> (select coalesce(sum(value::bigint), 0) from jsonb_each_text(p.state->'holds'))
                or (p.state->>'refunded')::bigint <> coalesce(s.refunded, 0)
                or (p.state->>'compensated')::bigint <> coalesce(s.compensated, 0)
              """.formatted(Snippets.LIVE, Snippets.moved("merchant.available"), Snippets.moved("merchant.hold"))));

  /** What must hold between our books and the wallet's own; only where both can be read in one snapshot. */
  static final List<Invariant> WALLET = List.of(
      new Invariant("wallet_balances", "In the wallet's own books every step of every cause sums to zero.",
          "wallet.line", """
              select null::int as home, null::bigint as dispute, cause || ' ' || step as what
              from wallet.line group by cause, step, currency having sum(minor) <> 0
              """),
      new Invariant("wallet_paid_what_we_ordered",
          "Each of our references has one effect in the wallet's own books: our amount, our payment, our payer.",
          "wallet.refund", Snippets.REFUNDS + """
              select r.home, r.dispute, w.reference as what
              from wallet.refund w left join (
                select r.*, d.payment, d.buyer, d.currency, %s as ours
                from refund r join dispute d on d.home = r.home and d.id = r.dispute where r.executor = 'PLATFORM'
              ) r on r.ours = w.reference
              where w.reference ~ '^dsp_[0-9a-f]{19}-r[0-9]+$' and (r.id is null or r.minor <> w.minor
                or r.payment <> w.payment or r.currency <> w.currency or r.buyer <> w.payee)
              """.formatted(REFERENCE)),
      new Invariant("what_succeeded_was_paid",
          "What we call paid was paid by the wallet, and what we call failed was not.", "wallet.refund",
          Snippets.REFUNDS + """
              select r.home, r.dispute, 'refund ' || r.id as what
              from refund r join dispute d on d.home = r.home and d.id = r.dispute
              join payment p on p.home = d.home and p.id = d.payment and p.state->>'provider' = 'WALLET'
              left join wallet.refund w on w.reference = %s
              where r.executor = 'PLATFORM' and case r.state
                when 'SUCCEEDED' then w.reference is null or w.booked not in ('ARRIVED', 'REVERSED')
                when 'FAILED' then w.booked = 'ARRIVED' else false end
              """.formatted(REFERENCE)));

  private Payouts() {}
}
