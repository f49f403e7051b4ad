-- Genuine callbacks of providers, each of an account's own ids once. What they say is never kept: it is only a reason to ask.
-- `subject` is the reference of our refund, or what the provider calls the payment.
create table callback (
  home       smallint    not null,
  account    text        not null,
  id         text        not null,
  kind       text        not null check (kind in ('REFUND', 'PAYMENT')),
  subject    text        not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  deliveries int         not null check (deliveries > 0),
  primary key (home, account, id)
) with (fillfactor = 80);
grant select, insert, update, delete on callback to ${app};
