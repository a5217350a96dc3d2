-- Codes on her printed sheet; keyed MACs only. A new sheet replaces the one before.
create table printed_codes (
    mac bytea primary key,
    person uuid not null references persons (id),
    kind text not null,
    made_at bigint not null,
    spent_at bigint
);
create index printed_codes_of on printed_codes (person, kind);

-- The epoch she last opened her blocked login with: links sent under an older one are dead.
alter table persons add column opened_epoch bigint not null default 0;
-- Her epoch when a notice was queued.
alter table outbox add column epoch bigint not null default 0;

-- Tokens handed to services, as far as their end matters, and what came of ending them.
create table visits (
    id uuid primary key,
    person uuid not null references persons (id),
    session uuid not null,
    relying_party uuid not null references relying_parties (id),
    name_id text not null,
    session_index text not null,
    began_at bigint not null,
    until bigint not null,
    ending text not null default 'none',
    ended_at bigint,
    due_at bigint,
    attempts bigint not null default 0,
    leased_until bigint
);
create index visits_of on visits (person, until);
create index visits_to_end on visits (due_at) where ending = 'asked';
create index visits_by_end on visits (until);

-- The mass brake counts what was blocked lately.
create index holds_by_age on holds (origin, at);
