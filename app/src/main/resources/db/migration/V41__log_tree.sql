-- The log's two trees: of live payments, which is public, and of test payments. Each committed entry is one leaf; the
-- sequencer alone numbers them, without gaps, and nothing of it is ever changed. A leaf is an event (home, dispute, n) or an act.
create table log_leaf (
  live    boolean  not null,
  index   bigint   not null check (index >= 0),
  home    smallint not null,
  dispute bigint   not null,
  n       int      not null,
  act     bigint   not null,
  hash    bytea    not null check (length(hash) = 32),
  primary key (live, index),
  check ((act = 0) = (n > 0))
);
create unique index log_leaf_of_event on log_leaf (home, dispute, n) where act = 0;
create unique index log_leaf_of_act on log_leaf (act) where act <> 0;
create index log_leaf_by_hash on log_leaf using hash (hash);

-- Up to 256 hashes side by side, as C2SP tlog-tiles has them; only the last tile of each level grows.
create table log_tile (
  live   boolean  not null,
  level  smallint not null check (level between 0 and 7),
  number bigint   not null check (number >= 0),
  hashes bytea    not null check (length(hashes) between 32 and 8192),
  primary key (live, level, number)
);

-- How many leaves have a number and are in the tiles.
create table log_tree (
  live boolean primary key,
  size bigint  not null check (size >= 0)
);
insert into log_tree values (true, 0), (false, 0);

-- What had been committed when the sequencer last looked, and in which cluster: in another one (a restored dump) transactions
-- are counted from anew, and it looks for rows without a leaf instead.
create table log_mark (
  one     boolean primary key default true check (one),
  cluster bigint      not null,
  seen    pg_snapshot not null
);

-- What was signed: a note (C2SP tlog-checkpoint). It is published once it has been read back and verified.
create table log_checkpoint (
  live         boolean     not null,
  size         bigint      not null check (size > 0),
  at           timestamptz not null,
  note         text        not null,
  published_at timestamptz,
  primary key (live, size)
);

-- What witnesses signed, and a time stamp (RFC 3161) of an authority outside.
create table log_cosignature (
  live    boolean     not null,
  size    bigint      not null,
  witness text        not null,
  line    text        not null,
  at      timestamptz not null,
  primary key (live, size, witness)
);
create table log_stamp (
  live  boolean     not null,
  size  bigint      not null,
  at    timestamptz not null,
  token bytea       not null,
  primary key (live, size)
);

-- How far each witness is, when it is told next, and what it holds against us. Claiming moves `due` forward.
create table log_witness (
  live  boolean     not null,
  name  text        not null,
  size  bigint      not null,
  due   timestamptz not null,
  since timestamptz,
  tries int         not null,
  alarm text        not null,
  primary key (live, name)
);

-- Why nothing is signed: the first entry (or -1: the tree) that is not what it was.
create table log_alarm (
  live  boolean     primary key,
  index bigint      not null,
  what  text        not null,
  at    timestamptz not null
);

-- The public keys ever signed with, as the notes that state them.
create table log_key (
  purpose   text not null,
  number    int  not null check (number > 0),
  statement text not null,
  primary key (purpose, number)
);

revoke update, delete on log_leaf, log_cosignature, log_stamp, log_key from ${app};
revoke delete on log_tile, log_tree, log_mark from ${app};
revoke update, delete on log_checkpoint from ${app};
grant update (published_at) on log_checkpoint to ${app};
