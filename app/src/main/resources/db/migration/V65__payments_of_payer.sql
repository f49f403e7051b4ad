-- A buyer looks for the payment something went wrong with, the newest first.
create index payment_of_payer on payment (payer, registered_at desc);
