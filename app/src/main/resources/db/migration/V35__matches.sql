-- What the books say of each promise to pay, and why. One row for each promise, changed only when its answer changes: `body`
-- names the records, the rule and what differs. `owed` and `paid` are minor units.
create table match (
  home       smallint    not null,
  dispute    bigint      not null,
  obligation int         not null,
  payment    text        not null,
  merchant   text        not null,
  book       text        not null,
  verdict    text        not null check (verdict in ('EXACT', 'UNDER', 'OVER', 'MISSING', 'PENDING')),
  owed       bigint      not null,
  paid       bigint      not null,
  currency   text        not null,
  live       boolean     not null,
  body       json        not null,
  first_at   timestamptz not null,
  changed_at timestamptz not null,
  primary key (home, dispute, obligation)
);
create index match_by_verdict on match (verdict, changed_at);

-- A record that nothing owed explains: work for somebody. `note` is what they found out, `explained_at` when a later run
-- found what it was for, or somebody said so.
create table stray (
  home         smallint    not null,
  record       text        not null,
  payment      text        not null,
  first_at     timestamptz not null,
  explained_at timestamptz,
  owner        text        not null default '',
  note         text        not null default '',
  noted_at     timestamptz,
  primary key (home, record)
);
create index stray_open on stray (first_at, record) where explained_at is null;
