-- Drafts of new terms. One goes on at a time; how each ended stays.
create table terms_drafts (
    id blob primary key not null,
    record text not null,
    ended_at integer
) strict;
create unique index terms_drafts_open on terms_drafts ((1)) where ended_at is null;

-- What was published of them: never changed, never taken away.
create table terms_published (
    number integer primary key not null,
    hash blob not null unique,
    version text not null unique,
    record text not null,
    pages text not null
) strict;

create trigger terms_published_stay before update on terms_published
begin
    select raise(abort, 'published terms are append-only');
end;
create trigger terms_published_last before delete on terms_published
begin
    select raise(abort, 'published terms are append-only');
end;
-- `insert or replace` deletes without asking the trigger above.
create trigger terms_published_new before insert on terms_published
when exists (select 1 from terms_published where number = new.number or hash = new.hash or version = new.version)
begin
    select raise(abort, 'already there: terms_published');
end;
