-- What an audit read in each piece of evidence: how much of it could be read, the verdict, and by which of its words, as facts
-- with their place. No text of the document. `settlement` is the number of the settlement being verified, `day` the day of
-- the verification (0: while a problem stopped it); a later look of the same day takes the place of the earlier.
create table testimony (
  home       smallint    not null,
  dispute    bigint      not null,
  settlement int         not null,
  day        smallint    not null,
  evidence   int         not null,
  at         timestamptz not null,
  sha256     text        not null,
  legibility text        not null,
  verdict    text        not null check (verdict in ('CORROBORATES', 'CONTRADICTS', 'SILENT')),
  points     json        not null,
  primary key (home, dispute, settlement, day, evidence)
);
