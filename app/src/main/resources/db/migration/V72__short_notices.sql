-- What a notice says where there is little room; in how many parts it went, when the other end said that it has it, and
-- when the post looks at it again of its own accord.
alter table notice
  add column brief       text     not null default '',
  add column parts       smallint not null default 0,
  add column received_at timestamptz,
  add column due         timestamptz;
create index notice_due on notice (due) where due is not null;

-- One message of a network: which notice it is part of (null while only its receipt is there), and what became of it.
create table notice_part (
  channel   text        not null,
  reference text        not null,
  home      smallint,
  notice    text,
  receipt   text        not null default '',
  result    text        not null default '',
  at        timestamptz not null,
  primary key (channel, reference)
);
create index notice_part_of on notice_part (home, notice);
