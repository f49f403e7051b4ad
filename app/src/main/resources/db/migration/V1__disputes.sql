-- Everything that belongs to a payment carries its home (0..4095, derived from the payment's id) and leads its primary key
-- with it, so that it can live on one node of a distributed engine. Amounts are minor units, instants UTC.

-- People -----------------------------------------------------------------------------------------------------------------

create table party (
  id          text        primary key,
  kind        text        not null check (kind in ('BUYER', 'MERCHANT')),
  account     text        not null,
  level       int         not null check (level >= 0),
  verified_at timestamptz,
  zone        text        not null,
  language    text        not null
);

-- Names and contacts: personal, erasable, in no event.
create table party_contact (
  party text primary key,
  name  text not null,
  email text not null,
  phone text not null
);

-- The key under which a person's texts are committed to: without it nobody can guess a text from its commitment.
create table subject_key (
  subject text  primary key,
  key     bytea not null
);

create table api_key (
  id           text        primary key,
  hash         text        not null unique,
  name         text        not null,
  role         text        not null,
  subject      text        not null,
  scopes       text[]      not null default '{}',
  amount_limit bigint      not null default 9223372036854775807,
  conflicts    text[]      not null default '{}',
  live         boolean     not null,
  created_at   timestamptz not null,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

-- Rules and clocks -------------------------------------------------------------------------------------------------------

create table rule_set (
  version        text        primary key,
  effective_from timestamptz not null,
  body           jsonb       not null
);

create table test_clock (
  id  text        primary key,
  now timestamptz not null
);

-- Payments and disputes --------------------------------------------------------------------------------------------------

create table payment (
  home          smallint    not null,
  id            text        not null,
  revision      int         not null,
  merchant      text        not null,
  payer         text        not null,
  clock         text,
  details       jsonb       not null default '{}',
  registered_at timestamptz not null,
  state         jsonb       not null,
  primary key (home, id)
) with (fillfactor = 80);

-- At most one open dispute for each item of a payment; '' stands for the payment as a whole.
create table open_item (
  home    smallint not null,
  payment text     not null,
  item    text     not null,
  dispute bigint   not null,
  primary key (home, payment, item)
);

-- `stage` is all that the rules need, without what is null, empty, zero or false; the other columns are for lists, queues and statistics and follow from it and from
-- the events. Columns that change with every step are in no index, so that most updates stay on their page.
create table dispute (
  home           smallint    not null,
  id             bigint      not null,
  payment        text        not null,
  version        int         not null check (version > 0),
  stage          json        not null,
  phase          text        not null,
  status         text        not null,
  awaited        text        check (awaited in ('BUYER', 'MERCHANT', 'PLATFORM')),
  buyer          text        not null,
  merchant       text        not null,
  reason         text        not null,
  wish           text        not null,
  minor          bigint      not null,
  currency       text        not null,
  live           boolean     not null,
  clock          text,
  rules          text        not null,
  round          int         not null,
  deadline       text,
  due            timestamptz,
  mediator       text        not null,
  verifier       text        not null,
  outcome        text,
  liable         text,
  remedy         text,
  origin         text,
  filed_at       timestamptz not null,
  updated_at     timestamptz not null,
  first_reply_at timestamptz,
  mediated_at    timestamptz,
  decided_at     timestamptz,
  settled_at     timestamptz,
  confirmed_at   timestamptz,
  audited_at     timestamptz,
  paid_at        timestamptz,
  closed_at      timestamptz,
  paid           bigint      not null,
  compensated    bigint      not null,
  settlements    int         not null,
  reopenings     int         not null,
  exceptions     int         not null,
  breaches       int         not null,
  buyer_late     boolean     not null,
  merchant_late  boolean     not null,
  enforced       boolean     not null,
  appealed       boolean     not null,
  overturned     boolean     not null,
  not_reached    boolean     not null,
  charged_back   boolean     not null,
  answer         text,
  tags           text[]      not null default '{}',
  primary key (home, id)
) with (fillfactor = 75);
create index dispute_of_payment  on dispute (home, payment);
create index dispute_of_buyer    on dispute (buyer, filed_at);
create index dispute_of_merchant on dispute (merchant, filed_at);
create index dispute_by_filing   on dispute (filed_at);
create index dispute_in_work     on dispute (phase, filed_at) where phase <> 'CLOSED';

-- What happened, numbered 1..n without gaps in each dispute. Never changed. `batch` names the transaction's round, so that a
-- desk that lost its connection while committing can find out whether the round landed.
create table event (
  home          smallint    not null,
  dispute       bigint      not null,
  n             int         not null check (n > 0),
  at            timestamptz not null,
  row           smallint    not null,
  status_before text        not null,
  status_after  text        not null,
  role          text        not null,
  subject       text        not null,
  by_person     text        not null,
  type          text        not null,
  batch         bigint      not null,
  body          jsonb       not null,
  primary key (home, dispute, n)
);
create index event_of_feedback on event (at) where type in ('FeedbackGiven', 'FeedbackAnswered');

-- Texts that people wrote: by subject, erasable. Events hold only the id and a keyed commitment.
create table words (
  home      smallint    not null,
  id        text        not null,
  dispute   bigint      not null,
  subject   text        not null,
  role      text        not null,
  chars     int         not null,
  at        timestamptz not null,
  body      text,
  erased_at timestamptz,
  primary key (home, id)
);
create index words_of_dispute on words (home, dispute);
create index words_of_subject on words (subject);

-- Receipts of accepted commands that carried an idempotency key.
create table receipt (
  home      smallint    not null,
  principal text        not null,
  key       text        not null,
  body_hash text        not null,
  dispute   bigint      not null,
  command   text        not null,
  version   int         not null,
  events    int         not null,
  at        timestamptz not null,
  primary key (principal, key, home)
);

-- Things to do -----------------------------------------------------------------------------------------------------------

-- `key` is 'deadline' for the dispute's next deadline, else the event it comes from and its place there. `clock` is the test
-- clock by which it is due, null for the system's. Claiming moves `due`; the errand's own instants are in its body.
create table errand (
  home       smallint    not null,
  dispute    bigint      not null,
  key        text        not null,
  n          int         not null,
  due        timestamptz not null,
  clock      text,
  live       boolean     not null,
  tries      int         not null default 0,
  body       jsonb       not null,
  parked_at  timestamptz,
  last_error text,
  primary key (home, dispute, key)
);
create index errand_due    on errand (due) where clock is null and parked_at is null;
create index errand_tested on errand (clock, due) where clock is not null and parked_at is null;
create index errand_parked on errand (parked_at) where parked_at is not null;

-- What people are told: a row for each notice, recipient and channel, with the words as they were sent and what came of it.
-- `recipient` is a party's or staff member's id, empty for everybody in the audience's role. `id` follows from the errand, the
-- audience and the channel, so that an errand done again finds what it did before. `repeats` counts attempts that were begun
-- and never ended.
create table notice (
  home         smallint    not null,
  id           text        not null,
  dispute      bigint      not null,
  errand       text        not null,
  audience     text        not null,
  recipient    text        not null,
  kind         text        not null,
  about        int         not null,
  channel      text        not null,
  language     text        not null,
  subject      text        not null,
  text         text        not null,
  state        text        not null check (state in ('WAITING', 'SENDING', 'DELIVERED', 'FAILED', 'SUPPRESSED')),
  attempts     int         not null default 0,
  repeats      int         not null default 0,
  result       text        not null default '',
  at           timestamptz not null,
  tried_at     timestamptz,
  delivered_at timestamptz,
  read_at      timestamptz,
  primary key (home, id)
);
create index notice_of_dispute  on notice (home, dispute);
create index notice_in_inbox    on notice (recipient, audience, at) where channel = 'IN_APP' and state = 'DELIVERED';
create index notice_repeated    on notice (home) where repeats > 0;

-- Money ------------------------------------------------------------------------------------------------------------------

-- Double entry. An entry's cause is event n of a dispute (0 of dispute 0: the payment's registration); `refund` links all
-- entries of one refund, so that a reversal is found beside what it reverses.
create table ledger_entry (
  home     smallint    not null,
  id       bigint      not null,
  payment  text        not null,
  merchant text        not null,
  dispute  bigint      not null,
  n        int         not null,
  cause    text        not null,
  currency text        not null,
  refund   int         not null,
  live     boolean     not null,
  at       timestamptz not null,
  primary key (home, id)
);
create index ledger_entry_of_payment on ledger_entry (home, payment);
create index ledger_entry_of_merchant on ledger_entry (merchant, at);

-- `minor` is positive for a debit and negative for a credit; the lines of an entry sum to zero.
create table ledger_line (
  home     smallint not null,
  entry    bigint   not null,
  line     smallint not null,
  account  text     not null,
  minor    bigint   not null check (minor <> 0),
  currency text     not null,
  payment  text     not null,
  dispute  bigint   not null,
  primary key (home, entry, line)
);
create index ledger_line_of_payment on ledger_line (home, payment);

-- Who may what -----------------------------------------------------------------------------------------------------------

alter default privileges in schema public grant select, insert, update, delete on tables to ${app};
alter default privileges in schema public grant usage, select on sequences to ${app};
grant usage on schema public to ${app};
grant select, insert, update, delete on
  party, party_contact, subject_key, api_key, test_clock, payment, open_item, dispute, words, receipt, errand, notice
  to ${app};
grant select, insert on event, ledger_entry, ledger_line, rule_set to ${app};
