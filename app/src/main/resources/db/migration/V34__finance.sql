-- What one person of finance asked for and a second one decides; it lives where the merchant's deposit lives, or the fund.
create table finance_request (
  home       smallint    not null,
  id         text        not null,
  kind       text        not null check (kind in ('WITHDRAWAL', 'WRITE_OFF')),
  pot        text        not null check (pot in ('DEPOSIT', 'FUND')),
  merchant   text        not null,
  currency   text        not null,
  live       boolean     not null,
  minor      bigint      not null check (minor > 0),
  ref        text        not null,
  asked_by   text        not null,
  asked_at   timestamptz not null,
  state      text        not null check (state in ('DONE', 'WAITING', 'APPROVED', 'REJECTED')),
  decided_by text        check (decided_by <> asked_by),
  decided_at timestamptz,
  primary key (home, id)
);
create index finance_request_waiting on finance_request (live, asked_at) where state = 'WAITING';

-- A day as finance closed it: what each account of each merchant, provider and currency moved on that day (UTC). Never
-- changed; what is booked on that day afterwards shows as late beside it.
create table finance_close (
  day       date        not null,
  live      boolean     not null,
  closed_by text        not null,
  closed_at timestamptz not null,
  primary key (day, live)
);
create table finance_close_line (
  day      date    not null,
  live     boolean not null,
  merchant text    not null,
  provider text    not null,
  currency text    not null,
  account  text    not null,
  entries  bigint  not null,
  debit    bigint  not null check (debit >= 0),
  credit   bigint  not null check (credit >= 0),
  primary key (day, live, merchant, provider, currency, account)
);
revoke update, delete on finance_close, finance_close_line from ${app};
create index ledger_entry_by_day on ledger_entry (live, at);
