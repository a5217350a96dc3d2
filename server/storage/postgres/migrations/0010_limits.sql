-- Wrong codes at a person's login. Nothing here is forgotten by age: a stop lasts until a proof (security decision 19).
create table wrong_codes (
    person uuid primary key references persons (id),
    in_a_row bigint not null,
    last_at bigint,
    since_proof bigint not null,
    stopped_at bigint
);

-- From where a person signed in, as a keyed MAC: strangers' guesses do not slow these.
create table known_sources (
    person uuid not null references persons (id),
    source bytea not null,
    at bigint not null,
    primary key (person, source)
);
create index known_sources_by_age on known_sources (at);

-- Enrolments that were proved and are not finished.
create table open_enrolments (
    person uuid primary key references persons (id),
    proved_at bigint not null
);
create index open_enrolments_by_age on open_enrolments (proved_at);
insert into open_enrolments (person, proved_at)
select person, max(at) from proofings
where person not in (select person from associations where activated_at is not null)
group by person;

create index outbox_sent on outbox (sent_at) where sent_at is not null;
