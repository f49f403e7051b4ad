-- What providers and banks wrote down themselves: statement files, and a record for each movement of money in them.

-- A payment is found by the account at its provider and by what it is called there.
alter table payment
  add column provider    text not null default '',
  add column at_provider text not null default '';
update payment set provider = coalesce(state->>'provider', ''), at_provider = coalesce(state->>'atProvider', id);
create index payment_at_provider on payment (provider, at_provider);

-- A file that was imported: `id` is the SHA-256 of its bytes, `book` the account at a provider as payments name it.
-- `fresh` counts the records it brought that were not there yet or stood differently, `lines` all that it tells of.
create table statement (
  id          text        primary key,
  format      text        not null,
  book        text        not null,
  name        text        not null,
  lines       bigint      not null,
  fresh       bigint      not null,
  duplicate   bigint      not null,
  broken      bigint      not null,
  mismatches  bigint      not null,
  first_at    timestamptz,
  last_at     timestamptz,
  imported_at timestamptz not null,
  imported_by text        not null
);
create index statement_by_time on statement (imported_at, id);

-- What is wrong with a file: a line that cannot be read, or a total that disagrees with the lines. Never what it says.
create table statement_flaw (
  statement text   not null,
  n         int    not null,
  line      bigint not null,
  kind      text   not null check (kind in ('BROKEN', 'TOTAL')),
  reason    text   not null,
  detail    text   not null,
  primary key (statement, n)
);

-- One movement of money in somebody else's books. `id` follows from book, kind and the provider's own id, so that it counts once
-- however many files tell of it. `called` and `alias` are what the file calls the payment, `payment` is ours, '' while it is not
-- known. `minor` is signed as the account's owner sees it: a refund to a buyer is negative. `counterparty` and `memo` are
-- somebody's words: erasable.
create table record (
  home         smallint    not null,
  id           text        not null,
  book         text        not null,
  kind         text        not null check (kind in ('PAYMENT', 'REFUND', 'CHARGEBACK', 'FEE', 'TRANSFER', 'OTHER')),
  state        text        not null check (state in ('SUCCEEDED', 'PROCESSING', 'FAILED', 'REVERSED')),
  reference    text        not null,
  provider_id  text        not null,
  called       text        not null,
  alias        text        not null,
  payment      text        not null,
  dispute      text        not null,
  refund       int         not null,
  obligation   int         not null,
  minor        bigint      not null,
  currency     text        not null,
  fee          bigint      not null,
  counterparty text        not null,
  memo         text        not null,
  at           timestamptz not null,
  statement    text        not null,
  line         bigint      not null,
  primary key (home, id)
);
create index record_of_payment   on record (home, payment) where payment <> '';
create index record_of_dispute   on record (dispute)       where dispute <> '';
create index record_by_called    on record (book, called);
create index record_by_alias     on record (book, alias)   where alias <> '' and payment = '';
create index record_by_reference on record (book, reference);
