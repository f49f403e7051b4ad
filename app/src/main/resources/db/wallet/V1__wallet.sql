-- The wallet's own books. They belong to the role redress_wallet; the desk's role has no privilege on them.

create table payment (
  id           text        primary key,
  payer        text        not null,
  merchant     text        not null,
  minor        bigint      not null check (minor > 0),
  currency     text        not null,
  captured_at  timestamptz not null,
  test         boolean     not null,
  charged_back bigint      not null default 0 check (charged_back between 0 and minor)
);

-- A refund is paid once under its reference. When it arrives, fails or is taken back is settled when it is ordered;
-- booked is the last step the lines know of.
create table refund (
  reference   text        primary key,
  payment     text        not null references payment,
  minor       bigint      not null check (minor > 0),
  currency    text        not null,
  payee       text        not null,
  memo        text        not null,
  ordered_at  timestamptz not null,
  arrives_at  timestamptz,
  fails_at    timestamptz,
  reverses_at timestamptz,
  reason      text        not null default '',
  booked      text        not null default 'NOTHING'
              check (booked in ('NOTHING', 'ORDERED', 'ARRIVED', 'FAILED', 'REVERSED')),
  check ((arrives_at is null) <> (fails_at is null))
);
create index refund_payment on refund (payment);

-- Double entry: the lines of one step of one cause sum to zero. Lines are only ever added.
create table line (
  cause    text        not null,
  step     text        not null
           check (step in ('CAPTURED', 'ORDERED', 'ARRIVED', 'FAILED', 'REVERSED', 'CHARGED_BACK')),
  account  text        not null,
  minor    bigint      not null check (minor <> 0),
  currency text        not null,
  at       timestamptz not null,
  primary key (cause, step, account)
);

-- What the wallet has been told to do, for tests; payment '' stands for every test payment.
create table behaviour (
  payment text        not null,
  kind    text        not null check (kind in ('SLOW', 'FAIL', 'UNKNOWN', 'REVERSE_LATER', 'DOWN')),
  times   int         not null default 0,
  moved   boolean     not null default false,
  millis  bigint      not null default 0,
  until   timestamptz,
  reason  text        not null default '',
  primary key (payment, kind)
);
