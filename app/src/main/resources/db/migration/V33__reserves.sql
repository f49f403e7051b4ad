-- What lies aside for enforcement: the deposits of merchants and the compensation fund, each at a home of its own (derived
-- from its id). `balance` lies there for anybody, `held` is set aside for an ask that has not ended; limits bound what one
-- dispute, one merchant and one day (UTC) may draw, null: no bound. Test payments have reserves of their own.
create table reserve (
  home         smallint not null,
  id           text     not null,
  kind         text     not null check (kind in ('DEPOSIT', 'FUND')),
  merchant     text     not null,
  currency     text     not null,
  live         boolean  not null,
  balance      bigint   not null default 0 check (balance >= 0),
  held         bigint   not null default 0 check (held >= 0),
  moves        int      not null default 0,
  per_dispute  bigint   check (per_dispute >= 0),
  per_merchant bigint   check (per_merchant >= 0),
  per_day      bigint   check (per_day >= 0),
  primary key (home, id)
) with (fillfactor = 50);
create index reserve_of_merchant on reserve (merchant, kind);

-- One row for each ask of a dispute, by the number of the event that asked: asked again, it gets the same.
create table reserve_draw (
  home         smallint    not null,
  reserve      text        not null,
  dispute_home smallint    not null,
  dispute      bigint      not null,
  number       int         not null,
  merchant     text        not null,
  wanted       bigint      not null check (wanted > 0),
  granted      bigint      not null check (granted >= 0 and granted <= wanted),
  state        text        not null check (state in ('OPEN', 'CONFIRMED', 'RELEASED')),
  at           timestamptz not null,
  primary key (home, reserve, dispute_home, dispute, number)
);
create index reserve_draw_of_dispute on reserve_draw (dispute_home, dispute);

-- Every movement of a reserve, numbered 1..n without gaps. Never changed. `balance` and `held` are what there was after it,
-- `entry` the ledger entry beside it where money came or went, `ref` what it was about outside.
create table reserve_move (
  home         smallint    not null,
  reserve      text        not null,
  n            int         not null check (n > 0),
  kind         text        not null check (kind in
    ('TOP_UP', 'WITHDRAWAL', 'RESERVED', 'CONFIRMED', 'RELEASED', 'RETURNED', 'RECOVERED')),
  minor        bigint      not null check (minor >= 0),
  balance      bigint      not null,
  held         bigint      not null,
  merchant     text        not null,
  dispute_home smallint,
  dispute      bigint,
  number       int,
  entry        bigint,
  ref          text        not null default '',
  by           text        not null,
  second       text        not null default '',
  at           timestamptz not null,
  primary key (home, reserve, n)
);
create unique index reserve_move_once on reserve_move (home, reserve, kind, dispute_home, dispute, number)
  where dispute is not null;
revoke update, delete on reserve_move from ${app};
