-- Staff see what is due first of everybody's disputes: without this, all that are open are sorted for twenty lines.
create index dispute_by_due on dispute ((coalesce(due, 'infinity'::timestamptz)), home, id) where phase <> 'CLOSED';
