-- Times are microseconds since 1970 in UTC; ids are the sixteen bytes of a UUID; days are dates.

-- Refuses whatever asks it, in the words its trigger gives.
create function refuse() returns trigger language plpgsql as $$
begin
    raise exception '%', tg_argv[0] using errcode = 'integrity_constraint_violation';
end
$$;

create table persons (
    id uuid primary key,
    user_name text not null unique,
    given_name text not null,
    family_name text not null,
    work_mail text,
    private_mail text,
    mobile text,
    -- Counts the holds ever put on her; it only grows.
    epoch bigint not null,
    -- Sealed, and a keyed index to find it by.
    cpr bytea not null,
    cpr_index bytea not null unique,
    added_at bigint not null
);

-- A user name belongs to the first who had it, for ever.
create table user_names (
    name text primary key,
    person uuid not null references persons (id)
);
create trigger user_names_stay before update or delete on user_names
    for each row execute function refuse('a user name is reserved for ever');
create trigger user_names_last before truncate on user_names
    for each statement execute function refuse('a user name is reserved for ever');
alter table user_names enable always trigger user_names_stay;
alter table user_names enable always trigger user_names_last;

-- The wrapped key of a person's part of the trail; shredding it shreds that part.
create table trail_keys (
    person uuid primary key references persons (id),
    wrapped bytea
);

create table holds (
    id uuid primary key,
    person uuid not null references persons (id),
    origin text not null,
    reason text not null,
    at bigint not null
);
create index holds_of on holds (person);

create table associations (
    id uuid primary key,
    person uuid not null references persons (id),
    cvr text not null,
    employee_number text not null,
    unit text not null,
    starts_on date not null,
    ends_on date,
    activated_at bigint,
    closed_at bigint
);
create index associations_of on associations (person);
create index associations_by_number on associations (cvr, employee_number);
-- HR's number is one per organisation; somebody who comes back may get her old one.
create unique index associations_open_number on associations (cvr, employee_number) where closed_at is null;
create index associations_ending on associations (ends_on) where closed_at is null;

create table terms (
    hash bytea primary key,
    version text not null,
    date date not null,
    pages bigint not null
);

create table acceptances (
    id uuid primary key,
    person uuid not null references persons (id),
    terms bytea not null references terms (hash),
    at bigint not null,
    accepted json not null
);
create index acceptances_of on acceptances (person, at);

create table proofings (
    id uuid primary key,
    person uuid not null references persons (id),
    at bigint not null,
    level text not null,
    means json not null,
    register json not null,
    process text not null
);
create index proofings_of on proofings (person, at);

create table roles (
    id uuid primary key,
    person uuid not null references persons (id),
    kind text not null,
    proposed_at bigint not null,
    state json not null
);
create index roles_of on roles (person);

create table imports (
    id uuid primary key,
    at bigint not null,
    operator text not null,
    source text not null,
    hash bytea not null
);
