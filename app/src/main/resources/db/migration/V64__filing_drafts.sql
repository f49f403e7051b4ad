-- What a buyer is about to file: what was said so far, as the body the API takes, and what each file is that was sent
-- for it. It is under the id its dispute will have. Gone once it is filed, or when nobody has touched it for 30 days.

create table filing_draft (
  home       smallint    not null,
  dispute    bigint      not null,
  principal  text        not null,
  live       boolean     not null,
  payment    text        not null,
  key        text        not null,
  said       jsonb       not null,
  files      jsonb       not null default '{}',
  created_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (home, dispute)
);
create unique index filing_draft_of on filing_draft (principal, live, payment);
create index filing_draft_over on filing_draft (touched_at);
