-- What is left of how often somebody may ask, shared by all servers. The id is a hash; nothing is lost with a row but
-- that somebody may ask a little more, so that none of it is logged by the database.

create unlogged table rate_share (
  id      text             primary key,
  tokens  double precision not null,
  at      timestamptz      not null,
  granted bigint           not null
);
create index rate_share_over on rate_share (at);
grant select, insert, update, delete on rate_share to ${app};
