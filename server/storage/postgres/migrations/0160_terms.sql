-- Drafts of new terms. One goes on at a time; how each ended stays.
create table terms_drafts (
    id uuid primary key,
    record json not null,
    ended_at bigint
);
create unique index terms_drafts_open on terms_drafts ((1)) where ended_at is null;

-- What was published of them: never changed, never taken away.
create table terms_published (
    number bigint primary key,
    hash bytea not null unique,
    version text not null unique,
    record json not null,
    pages json not null
);

create trigger terms_published_stay before update or delete on terms_published
    for each row execute function refuse('published terms are append-only');
create trigger terms_published_last before truncate on terms_published
    for each statement execute function refuse('published terms are append-only');
alter table terms_published enable always trigger terms_published_stay;
alter table terms_published enable always trigger terms_published_last;
