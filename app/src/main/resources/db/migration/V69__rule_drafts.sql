-- Rules that somebody prepares and nobody goes by yet; what is published is in rule_set, with its entry in the log.
create table rule_draft (
  id   text        primary key,
  base text        not null,
  body jsonb       not null,
  by   text        not null,
  at   timestamptz not null
);
