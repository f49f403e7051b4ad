-- What a post that takes several steps aims at, so that a repeat after a crash goes on to the same end.
alter table post add column aim text not null default '';
