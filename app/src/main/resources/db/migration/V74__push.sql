-- Browsers that show notices of a person: where their push service takes messages, and what those are encrypted with. The
-- address tells the device, so that it is personal and never in a log.
create table push_subscription (
  id       text        primary key,
  party    text        not null,
  live     boolean     not null,
  endpoint text        not null,
  p256dh   text        not null,
  auth     text        not null,
  at       timestamptz not null
);
create index push_subscription_of on push_subscription (party, live);

-- What this centre shows push services, so that they know its messages (RFC 8292): one key pair, made once.
create table push_key (
  one         boolean primary key default true check (one),
  private_key text    not null,
  public_key  text    not null
);
