-- How a party wants to be told: which channels not, when not to be disturbed (null: the usual), in which language (null:
-- the registered one), whether news and the daily overview are wanted. The token ends them without signing in.
create table notice_wish (
  party      text     primary key,
  without    text[]   not null default '{}',
  quiet_from smallint check (quiet_from between 0 and 23),
  quiet_to   smallint check (quiet_to between 0 and 23),
  wish_language text  check (wish_language in ('en', 'zh')),
  news       boolean  not null default true,
  digest     boolean  not null default true,
  token      text     not null unique
);
