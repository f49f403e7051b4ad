-- What people look for again and again in their list of disputes: a name, and the query of the page's address.
create table saved_view (
  owner text        not null,
  id    text        not null,
  name  text        not null,
  query text        not null,
  at    timestamptz not null,
  primary key (owner, id),
  unique (owner, name)
);
