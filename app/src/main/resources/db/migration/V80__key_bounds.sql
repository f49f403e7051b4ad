-- From where a key may be used (none: from anywhere), and until when (none: until it is ended).
alter table api_key add column addresses  text[] not null default '{}';
alter table api_key add column expires_at timestamptz;
