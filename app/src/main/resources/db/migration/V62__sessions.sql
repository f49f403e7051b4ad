-- How people come in until accounts exist: a link that opens once, and the session it begins. Of both only the SHA-256
-- of the secret is kept.

create table sign_in_link (
  hash         text        primary key,
  role         text        not null,
  subject      text        not null,
  person       text        not null,
  amount_limit bigint      not null,
  conflicts    text[]      not null,
  live         boolean     not null,
  leads        text        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
create index sign_in_link_over on sign_in_link (expires_at);

create table session (
  hash         text        primary key,
  id           text        not null unique,
  role         text        not null,
  subject      text        not null,
  person       text        not null,
  amount_limit bigint      not null,
  conflicts    text[]      not null,
  live         boolean     not null,
  created_at   timestamptz not null,
  seen_at      timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
create index session_of_person on session (subject, person) where ended_at is null;
create index session_over on session (expires_at);
