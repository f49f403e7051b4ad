-- A merchant's overview of one day of its own calendar, written down before it is sent: at most one goes out.
create table notice_digest (
  party   text        not null,
  day     date        not null,
  state   text        not null check (state in ('SENDING', 'DELIVERED', 'FAILED', 'EMPTY')),
  subject text        not null default '',
  text    text        not null default '',
  result  text        not null default '',
  at      timestamptz not null,
  primary key (party, day)
);
