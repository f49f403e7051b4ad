-- The words of notices as they were changed here, every version; the first (0) comes with the program and is not in here.
create table notice_template (
  notice   text        not null,
  language text        not null check (language in ('EN', 'ZH')),
  version  int         not null check (version > 0),
  source   text        not null,
  person   text        not null,
  at       timestamptz not null,
  primary key (notice, language, version)
);
