-- What was posted under an idempotency key outside of any dispute: `ref` names what came of it, null while it runs.
create table post (
  principal text        not null,
  key       text        not null,
  body_hash text        not null,
  ref       text,
  at        timestamptz not null,
  primary key (principal, key)
);
