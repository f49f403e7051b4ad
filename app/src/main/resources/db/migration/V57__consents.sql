-- Whoever agrees to show a result agrees to the record there is: `record` is its number. A later one needs new agreements,
-- and an address shows the record it was opened for or nothing.
alter table certificate_consent add column record int not null default 1;
update certificate_consent c set record = coalesce((select max(r.number) from result_record r
  where r.home = c.home and r.dispute = c.dispute and r.at <= c.given_at), 1);
alter table certificate_consent alter column record drop default;
alter table certificate add column record int not null default 1;
update certificate c set record = coalesce((select max(r.number) from result_record r
  where r.home = c.home and r.dispute = c.dispute and r.at <= c.made_at), 1);
alter table certificate alter column record drop default;
