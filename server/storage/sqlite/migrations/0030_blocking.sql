-- Codes on her printed sheet; keyed MACs only. A new sheet replaces the one before.
create table printed_codes (
    mac blob primary key not null,
    person blob not null references persons (id),
    kind text not null,
    made_at integer not null,
    spent_at integer
) strict, without rowid;
create index printed_codes_of on printed_codes (person, kind);

-- The epoch she last opened her blocked login with: links sent under an older one are dead.
alter table persons add column opened_epoch integer not null default 0;
-- Her epoch when a notice was queued.
alter table outbox add column epoch integer not null default 0;

-- Tokens handed to services, as far as their end matters, and what came of ending them.
create table visits (
    id blob primary key not null,
    person blob not null references persons (id),
    session blob not null,
    relying_party blob not null references relying_parties (id),
    name_id text not null,
    session_index text not null,
    began_at integer not null,
    until integer not null,
    ending text not null default 'none',
    ended_at integer,
    due_at integer,
    attempts integer not null default 0,
    leased_until integer
) strict;
create index visits_of on visits (person, until);
create index visits_to_end on visits (due_at) where ending = 'asked';
create index visits_by_end on visits (until);

-- The mass brake counts what was blocked lately.
create index holds_by_age on holds (origin, at);
