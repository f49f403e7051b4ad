-- The record of a dispute's result: one for each end, and one for whatever makes an earlier one untrue; the old one stays.
-- `n` is the event that made it final, `json` the canonical text that `jws` signs with the key `kid`.
create table result_record (
  home    smallint    not null,
  dispute bigint      not null,
  number  int         not null check (number > 0),
  n       int         not null check (n > 0),
  at      timestamptz not null,
  live    boolean     not null,
  sha256  text        not null,
  kid     text        not null,
  json    text        not null,
  jws     text        not null,
  primary key (home, dispute, number),
  unique (home, dispute, n)
);

-- The same on paper, signed once for each language.
create table result_paper (
  home     smallint    not null,
  dispute  bigint      not null,
  number   int         not null,
  language text        not null check (language in ('en', 'zh')),
  at       timestamptz not null,
  pdf      bytea       not null,
  primary key (home, dispute, number, language)
);
revoke update, delete on result_record, result_paper from ${app};

-- Who agreed that what is shared publicly: the result, the merchant's name, or words of one's own (`feedback` is their
-- number). What was taken back stays on record.
create table certificate_consent (
  home       smallint    not null,
  dispute    bigint      not null,
  side       text        not null check (side in ('BUYER', 'MERCHANT')),
  what       text        not null check (what in ('RESULT', 'NAME', 'WORDS')),
  feedback   int         not null default 0,
  number     int         not null,
  given_at   timestamptz not null,
  given_by   text        not null,
  revoked_at timestamptz,
  primary key (home, dispute, side, what, number)
);

-- The unguessable address of a public certificate. A new one is made when what was taken back is given again: the old one
-- stays dead.
create table certificate (
  home       smallint    not null,
  dispute    bigint      not null,
  token      text        not null unique,
  made_at    timestamptz not null,
  revoked_at timestamptz,
  primary key (home, dispute, token)
);
