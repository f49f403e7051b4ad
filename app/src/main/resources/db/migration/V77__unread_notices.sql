-- How many notices are unread is on every page, and asked for all who watch every moment.
create index notice_unread on notice (recipient, audience)
  where channel = 'IN_APP' and state = 'DELIVERED' and read_at is null;
