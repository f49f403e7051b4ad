-- What a test caller imports is about test payments only: it never tells anything of a live one.
alter table payment add column live boolean not null default true;
update payment set live = false where not (state->>'live')::boolean;
alter table statement add column live boolean not null default true;
alter table record    add column live boolean not null default true;
