-- Who lets people in, and how texts are found.

-- The human who holds a key where its subject is a merchant.
alter table api_key add column person text not null default '';

-- Keys that party tokens are proved with. The private half is here only where this server signs for the platform itself.
create table token_key (
  id          text        primary key,
  platform    text        not null,
  public_key  bytea       not null,
  private_key bytea,
  live        boolean     not null,
  created_at  timestamptz not null,
  revoked_at  timestamptz
);
create unique index token_key_own on token_key (platform, live) where private_key is not null and revoked_at is null;

-- Substrings of what people wrote, in any language.
create extension if not exists pg_trgm;
create index words_by_substring on words using gin (body gin_trgm_ops) where body is not null;
