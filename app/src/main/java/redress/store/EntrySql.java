package redress.store;

/** What entries are worked out from: the events of some homes, or at some places, and what was booked for them. */
enum EntrySql {
  /** Parameters: the first home, and the one behind the last. */
  OF_HOMES("""
      null::bytea as previous, l.live as leaf_live, l.index as leaf, l.hash as leaf_hash,
        coalesce(l.live <> d.live, false) as astray, l.hash is null and e.hash <> '' and exists (
          select 1 from log_mark m where pg_visible_in_snapshot(e.tx, m.seen)
            and m.cluster = (select system_identifier from pg_control_system())) as lost
      """, """
      from event e
      left join log_leaf l on l.act = 0 and l.home = e.home and l.dispute = e.dispute and l.n = e.n
      """, """
      where e.home >= ? and e.home < ? order by e.home, e.dispute, e.n
      """, """
      from ledger_entry e join dispute d on d.home = e.home and d.id = e.dispute
      left join ledger_line l on l.home = e.home and l.entry = e.id
      where e.home >= ? and e.home < ? and e.dispute > 0 order by e.home, e.id, l.line
      """),
  /** Parameters: homes, disputes and numbers. */
  OF_PLACES("""
      p.hash as previous, null::boolean as leaf_live, null::int8 as leaf, null::bytea as leaf_hash,
        false as astray, false as lost
      """, """
      from unnest(?::int2[], ?::int8[], ?::int4[]) v(home, dispute, n)
      join event e on e.home = v.home and e.dispute = v.dispute and e.n = v.n
      left join event p on p.home = e.home and p.dispute = e.dispute and p.n = e.n - 1
      """, "", """
      from unnest(?::int2[], ?::int8[], ?::int4[]) v(home, dispute, n)
      join dispute d on d.home = v.home and d.id = v.dispute
      join ledger_entry e on e.home = d.home and e.payment = d.payment and e.dispute = d.id and e.n = v.n
      left join ledger_line l on l.home = e.home and l.entry = e.id
      order by e.home, e.id, l.line
      """);

  private static final String EVENTS = """
      select e.home, e.dispute, e.n, e.at, e.row, e.status_before, e.status_after, e.role, e.subject, e.by_person,
        e.type, e.body::text as json, e.salt, e.hash,
        e.hash = '' and exists (select 1 from log_start s where s.tx = e.tx) as early,
        coalesce(e.n <= d.version and (e.n < d.version or d.chain = e.hash) and case when e.type = 'Filed' then
          d.payment = e.body->'filing'->>'payment' and d.merchant = e.body->'filing'->>'merchant'
          and d.buyer = e.body->'filing'->>'buyer' and d.currency = e.body->'filing'->>'currency'
          and d.minor::text = e.body->'filing'->>'minor' and d.reason = e.body->'filing'->>'reason'
          and d.wish = e.body->'filing'->>'wish' and d.rules = e.body->'filing'->>'rules'
          and d.live::text = e.body->'filing'->>'live' and d.filed_at = e.at else true end, false) as fits,
      """;

  private static final String JOINED = """
      left join dispute d on d.home = e.home and d.id = e.dispute
      """;

  private static final String LEDGER = """
      select e.home, e.dispute, e.n, e.id, e.cause, e.currency, e.refund, e.at, l.line, l.account, l.minor,
        coalesce(e.payment = d.payment and e.merchant = d.merchant and e.live = d.live and l.payment = e.payment
          and l.dispute = e.dispute and l.currency = e.currency, false) as fits
      """;

  /**
   * Acts, with whether what they did is still there; to be continued with which. What an act says is never trusted to
   * be
   * a number: whoever changed it must not be able to make the query fail. {@link Bookings} looks at those of the
   * ledger.
   */
  static final String ACTS = """
      select a.id, a.live, a.kind, a.at, a.body::text as json, a.salt, a.hash, coalesce(case a.kind
        when 'key.made' then exists (
          select 1 from api_key k where k.id = a.body->>'id' and k.hash = a.body->>'hash'
            and k.role = a.body->>'role' and k.subject = a.body->>'subject' and k.person = a.body->>'person'
            and k.name = a.body->>'name' and k.amount_limit::text = a.body->>'limit' and k.live = a.live
            and k.created_at = a.at
            and a.body->'scopes' = to_jsonb(array(select s from unnest(k.scopes) s order by s collate "C"))
            and a.body->'conflicts' = to_jsonb(array(select s from unnest(k.conflicts) s order by s collate "C"))
            and coalesce(a.body->'addresses', '[]') = to_jsonb(
              array(select s from unnest(k.addresses) s order by s collate "C"))
            and coalesce((
              select r.body->>'expires' from act r where r.kind = 'key.expires' and r.body->>'id' = k.id
              order by r.id desc limit 1), a.body->>'expires', '') = coalesce(
                to_char(k.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')
            and (k.revoked_at is not null) = exists (
              select 1 from act r where r.kind = 'key.revoked' and r.body->>'id' = k.id))
        when 'key.revoked' then exists (
          select 1 from api_key k where k.id = a.body->>'id' and k.revoked_at = a.at and k.live = a.live)
        when 'key.expires' then exists (
          select 1 from api_key k where k.id = a.body->>'id' and k.live = a.live and k.expires_at is not null)
        when 'token-key.made' then exists (
          select 1 from token_key k where k.id = a.body->>'id' and k.platform = a.body->>'platform'
            and encode(k.public_key, 'hex') = a.body->>'key' and k.live = a.live and k.created_at = a.at
            and (k.revoked_at is not null) = exists (
              select 1 from act r where r.kind = 'token-key.revoked' and r.body->>'id' = k.id))
        when 'token-key.revoked' then exists (
          select 1 from token_key k where k.id = a.body->>'id' and k.revoked_at = a.at and k.live = a.live)
        when 'rules.published' then exists (
          select 1 from rule_set r where r.version = a.body->'rules'->>'version' and r.body = a.body->'rules'
            and to_char(r.effective_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') = rpad(
              replace(a.body->'rules'->>'effectiveFrom', 'Z',
                case when a.body->'rules'->>'effectiveFrom' like '%.%' then '' else '.' end), 26, '0'))
        when 'statement.imported' then exists (
          select 1 from statement s where s.id = a.body->>'statement' and s.live = a.live
            and s.format = a.body->>'format' and s.book = a.body->>'book' and s.lines::text = a.body->>'lines'
            and s.fresh::text = a.body->>'fresh' and s.duplicate::text = a.body->>'duplicate'
            and s.broken::text = a.body->>'broken' and s.mismatches::text = a.body->>'mismatches'
            and s.imported_by = a.body->>'by')
        when 'reserve.moved' then exists (
          select 1 from reserve_move m
          where m.home = case when a.body->>'home' ~ '^[0-9]{1,4}$' then (a.body->>'home')::int2 end
            and m.reserve = a.body->>'reserve' and m.n::text = a.body->>'n' and m.kind = a.body->>'move'
            and m.minor::text = a.body->>'minor' and m.balance::text = a.body->>'balance'
            and m.held::text = a.body->>'held' and m.merchant = a.body->>'merchant' and m.at = a.at
            and m.number::text = a.body->>'number' and a.body->>'dispute' =
              'dsp_' || lpad(to_hex(m.dispute_home::int), 3, '0') || lpad(to_hex(m.dispute), 16, '0'))
        when 'reserve.limited' then exists (
          select 1 from reserve r
          where r.home = case when a.body->>'home' ~ '^[0-9]{1,4}$' then (a.body->>'home')::int2 end
            and r.id = a.body->>'reserve' and r.live = a.live and (
              exists (select 1 from act l where l.kind = a.kind and l.id > a.id and l.body->>'reserve' = r.id)
              or (r.per_dispute::text, r.per_merchant::text, r.per_day::text) is not distinct from
                (a.body->>'perDispute', a.body->>'perMerchant', a.body->>'perDay')))
        when 'certificate.agreed' then exists (
          select 1 from certificate_consent c
          where c.home = case when a.body->>'home' ~ '^[0-9]{1,4}$' then (a.body->>'home')::int2 end
            and 'dsp_' || lpad(to_hex(c.home::int), 3, '0') || lpad(to_hex(c.dispute), 16, '0') = a.body->>'dispute'
            and c.side = a.body->>'side' and c.what = a.body->>'what' and c.feedback::text = a.body->>'feedback'
            and c.given_by = a.body->>'by' and c.given_at = a.at
            and c.record::text = coalesce(a.body->>'record', c.record::text) and (c.revoked_at is null or exists (
              select 1 from act r where r.kind = 'certificate.revoked' and r.at = c.revoked_at
                and r.body->>'dispute' = a.body->>'dispute' and r.body->>'side' = c.side and r.body->>'what' = c.what)))
        when 'certificate.revoked' then exists (
          select 1 from certificate_consent c
          where c.home = case when a.body->>'home' ~ '^[0-9]{1,4}$' then (a.body->>'home')::int2 end
            and 'dsp_' || lpad(to_hex(c.home::int), 3, '0') || lpad(to_hex(c.dispute), 16, '0') = a.body->>'dispute'
            and c.side = a.body->>'side' and c.what = a.body->>'what' and c.revoked_at = a.at)
        else true end, false) as fits, l.live as leaf_live, l.index as leaf, l.hash as leaf_hash,
        coalesce(l.live <> a.live or l.home <> 0 or l.dispute <> 0, false) as astray, l.hash is null and exists (
          select 1 from log_mark m where pg_visible_in_snapshot(a.tx, m.seen)
            and m.cluster = (select system_identifier from pg_control_system())) as lost
      from act a left join log_leaf l on l.act = a.id and l.act <> 0 where\s""";

  private final String events;
  private final String ledger;

  EntrySql(String more, String from, String which, String booked) {
    this.events = EVENTS + more + from + JOINED + which;
    this.ledger = LEDGER + booked;
  }

  /** The query for events. */
  String events() {
    return events;
  }

  /** The query for what was booked, entry by entry and line by line. */
  String ledger() {
    return ledger;
  }
}
