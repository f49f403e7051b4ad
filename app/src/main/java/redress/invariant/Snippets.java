package redress.invariant;

/** Pieces of SQL that several invariants are put together from: common table expressions, read from events alone. */
final class Snippets {
  /** Each state a refund was seen in. */
  private static final String MOVES = """
      move as materialized (
        select e.home, e.dispute, e.n, e.at, e.type, (e.body->'refund'->>'id')::int as id,
          (e.body->'refund'->>'obligation')::int as obligation, (e.body->'refund'->>'minor')::bigint as minor,
          e.body->'refund'->>'state' as state, e.body->'refund'->>'executor' as executor,
          (e.body->'refund'->>'compensation')::boolean as compensation,
          (e.body->'refund'->>'fromFund')::bigint as fund, e.body->'refund'->>'outsideReference' as reference,
          e.body->>'was' as was, coalesce((e.body->>'afterClose')::boolean, false) as after_close
        from event e where e.type in ('RefundRequested', 'RefundMoved', 'OutsideRefundFound')
      )""";

  /** Each refund as it stands: its last state. */
  static final String REFUNDS = "with " + MOVES + """
      , refund as (select distinct on (home, dispute, id) * from move order by home, dispute, id, n desc)
      """;

  /** Each promise as it was agreed or ruled, with what it is worth (minor units). */
  static final String PROMISES = """
      promised as (
        select e.home, e.dispute, e.n, (o->>'id')::int as obligation, o->'promise' as promise,
          o->'promise'->>'kind' as kind,
          case when o->'promise'->>'kind' in ('REFUND', 'COMPENSATION') then (o->'promise'->>'minor')::bigint
            else (o->'promise'->>'valueIfBroken')::bigint end as worth
        from event e, jsonb_array_elements(e.body->'obligations') o where e.type = 'SettlementFormed'
      )
      """;

  /** Disputes in which too much was found to have been paid. */
  static final String OVERPAID = """
      overpaid as (
        select distinct home, dispute from event
        where type = 'FindingRaised' and body->'finding'->>'code' in ('OVERPAID', 'DUPLICATE_REFUND')
      )
      """;

  /** What of a refund may still be paid by its provider. */
  static final String IN_FLIGHT = "('REQUESTED', 'PROCESSING', 'UNKNOWN')";
  /** What counts as spent. */
  static final String LIVE = "('REQUESTED', 'PROCESSING', 'UNKNOWN', 'SUCCEEDED')";

  /** What each account of each dispute moved by each event (minor units, credits negative). */
  static String moved(String account) {
    return """
        select e.home, e.payment, e.dispute, e.n, sum(l.minor) as minor
        from ledger_line l join ledger_entry e on e.home = l.home and e.id = l.entry
        where l.account = '%s' group by e.home, e.payment, e.dispute, e.n
        """.formatted(account);
  }

  /** The promises in a JSON array, field by field, so that a zero that is not written down is one that is. */
  static String promises(String array, String promise) {
    return """
        (select coalesce(jsonb_agg(jsonb_build_array(q->>'kind', coalesce(q->>'minor', '0'), q->>'executor',
          coalesce(q->>'valueIfBroken', '0'), q->>'within', coalesce(q->>'after', '0')) order by i), '[]')
        from (select %s as q, i from jsonb_array_elements(coalesce(%s, '[]')) with ordinality as a(p, i)) promise)"""
        .formatted(promise, array);
  }

  private Snippets() {}
}
