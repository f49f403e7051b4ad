-- Feedback that is about no dispute. `body` and `answer` are texts that people wrote: erasable.
create table opinion (
  id          text        primary key,
  subject     text        not null,
  role        text        not null,
  kind        text        not null check (kind in ('OPINION', 'RATING', 'SUGGESTION')),
  rating      int         not null,
  body        text,
  live        boolean     not null,
  at          timestamptz not null,
  answer      text,
  answered_by text,
  answered_at timestamptz
);
create index opinion_by_time on opinion (at);
create index opinion_of_subject on opinion (subject);
