-- Passkeys and security keys. What checks their answers is public; there is no secret in a row.
create table passkeys (
    id uuid primary key,
    person uuid not null references persons (id),
    -- The name a key goes by, over everybody.
    credential bytea not null unique,
    name text not null,
    added_at bigint not null,
    added_by text not null,
    used_at bigint,
    counter bigint not null,
    -- What was seen of it, as JSON.
    registered json not null,
    stored bytea not null
);
create index passkeys_of on passkeys (person);

-- On what ground a method was added; those before were added by an enrolment or longer ago than it matters.
alter table authenticator_apps add column added_by text not null default 'enrolment';

-- The method a person wants to be asked for first; it may be of any kind, and gone.
create table primary_factors (
    person uuid primary key references persons (id),
    factor uuid not null
);
