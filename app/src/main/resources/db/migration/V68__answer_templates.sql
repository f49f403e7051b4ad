-- What a merchant writes again and again; its people share it. Words of people: to be changed and erased.
create table answer_template (
  merchant text        not null,
  id       text        not null,
  title    text        not null,
  body     text        not null,
  author   text        not null,
  at       timestamptz not null,
  primary key (merchant, id)
);
