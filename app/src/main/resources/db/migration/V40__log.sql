-- Every change has one entry in the log, written in its own transaction. `salt` (16 bytes) is what the entry's parts are
-- committed to with, `hash` (32 bytes) the entry's hash; both are empty for what happened before there was a log. `tx` is the
-- transaction that wrote the row, by which the sequencer knows that no earlier one is still to come; nothing commits to it.
alter table event
  add column salt bytea not null default '',
  add column hash bytea not null default '',
  add column tx   xid8  not null default pg_current_xact_id();
create index event_by_tx on event (tx);

-- The hash of the dispute's last entry, empty while it has none: the next entry refers to it.
alter table dispute add column chain bytea not null default '';

-- Changes that belong to no dispute: money that comes and goes outside, rules, keys, statements. `body` says what it was,
-- without personal data.
create table act (
  id   bigint      generated always as identity primary key,
  live boolean     not null,
  kind text        not null,
  at   timestamptz not null,
  body jsonb       not null,
  salt bytea       not null,
  hash bytea       not null,
  tx   xid8        not null default pg_current_xact_id()
);
create index act_by_tx on act (tx);
create index act_by_kind on act (kind, id);
revoke update, delete on act from ${app};

-- Where the log began: rows of an earlier transaction, or of this one, have no entry.
create table log_start (tx xid8 not null);
insert into log_start values (pg_current_xact_id());
revoke insert, update, delete on log_start from ${app};
