-- Wrong codes at a person's login. Nothing here is forgotten by age: a stop lasts until a proof (security decision 19).
create table wrong_codes (
    person blob primary key not null references persons (id),
    in_a_row integer not null,
    last_at integer,
    since_proof integer not null,
    stopped_at integer
) strict;

-- From where a person signed in, as a keyed MAC: strangers' guesses do not slow these.
create table known_sources (
    person blob not null references persons (id),
    source blob not null,
    at integer not null,
    primary key (person, source)
) strict, without rowid;
create index known_sources_by_age on known_sources (at);

-- Enrolments that were proved and are not finished.
create table open_enrolments (
    person blob primary key not null references persons (id),
    proved_at integer not null
) strict;
create index open_enrolments_by_age on open_enrolments (proved_at);
insert into open_enrolments (person, proved_at)
select person, max(at) from proofings
where person not in (select person from associations where activated_at is not null)
group by person;

create index outbox_sent on outbox (sent_at) where sent_at is not null;
