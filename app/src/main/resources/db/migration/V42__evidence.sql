-- Bytes that are in the vault or on their way in or out. A row is written before its bytes are kept and taken away after
-- they are gone, so that nothing is in the vault unknown to this table. leaving_at: the sweep is taking it away, and
-- nobody may refer to it any more.
create table kept (
  sha256     text        not null primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size       bigint      not null check (size >= 0),
  since      timestamptz not null,
  leaving_at timestamptz,
  checked_at timestamptz,
  sound      boolean     not null default true
);
create index kept_by_check on kept (checked_at nulls first);
create index kept_by_age on kept (since);

-- A file a party sent for a dispute. COMING: parts of it are here. READY: all of it is here and was looked at; a draft of
-- its giver. GIVING: on its way to be evidence, under key if the caller named one. GIVEN: evidence, for good.
create table upload (
  home        smallint    not null,
  id          text        not null,
  dispute     bigint      not null,
  side        text        not null check (side in ('BUYER', 'MERCHANT')),
  subject     text        not null,
  person      text        not null,
  name        text        not null,
  declared    text        not null,
  state       text        not null check (state in ('COMING', 'READY', 'GIVING', 'GIVEN')),
  length      bigint      not null check (length > 0),
  received    bigint      not null check (received between 0 and length),
  sha256      text        references kept (sha256),
  preview     text        references kept (sha256),
  media_type  text        not null default '',
  pages       int         not null default 0,
  evidence    int         not null default 0,
  key         text        not null default '',
  created_at  timestamptz not null,
  touched_at  timestamptz not null,
  primary key (home, id),
  check (state = 'COMING' or (sha256 is not null and received = length)),
  check (state <> 'GIVEN' or evidence > 0)
);
create index upload_of_dispute on upload (home, dispute);
create index upload_by_bytes on upload (sha256);
create index upload_by_preview on upload (preview) where preview is not null;
create index upload_not_given on upload (touched_at) where state <> 'GIVEN';

-- A piece of an upload that comes in pieces: the bytes from start on.
create table upload_part (
  home   smallint not null,
  upload text     not null,
  start  bigint   not null,
  size   bigint   not null check (size > 0),
  sha256 text     not null references kept (sha256),
  primary key (home, upload, start),
  foreign key (home, upload) references upload (home, id) on delete cascade
);
create index upload_part_by_bytes on upload_part (sha256);

-- In whose hands a piece of evidence was: who gave it, saw it and took a copy, and when.
create table custody (
  home     smallint    not null,
  dispute  bigint      not null,
  evidence int         not null check (evidence > 0),
  n        bigint      not null generated always as identity,
  act      text        not null check (act in ('GAVE', 'SAW', 'DOWNLOADED')),
  at       timestamptz not null,
  role     text        not null,
  subject  text        not null,
  person   text        not null,
  primary key (home, dispute, evidence, n)
);
create unique index custody_gave on custody (home, dispute, evidence) where act = 'GAVE';
revoke update, delete on custody from ${app};
