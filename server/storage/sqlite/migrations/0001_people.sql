-- Times are microseconds since 1970 in UTC; ids are the sixteen bytes of a UUID; days are ISO 8601.

create table persons (
    id blob primary key not null,
    user_name text not null unique,
    given_name text not null,
    family_name text not null,
    work_mail text,
    private_mail text,
    mobile text,
    -- Counts the holds ever put on her; it only grows.
    epoch integer not null,
    -- Sealed, and a keyed index to find it by.
    cpr blob not null,
    cpr_index blob not null unique,
    added_at integer not null
) strict;

-- A user name belongs to the first who had it, for ever.
create table user_names (
    name text primary key not null,
    person blob not null references persons (id)
) strict;
create trigger user_names_stay before update on user_names
begin
    select raise(abort, 'a user name is never given to another');
end;
create trigger user_names_last before delete on user_names
begin
    select raise(abort, 'a user name is reserved for ever');
end;

-- The wrapped key of a person's part of the trail; shredding it shreds that part.
create table trail_keys (
    person blob primary key not null references persons (id),
    wrapped blob
) strict;

create table holds (
    id blob primary key not null,
    person blob not null references persons (id),
    origin text not null,
    reason text not null,
    at integer not null
) strict;
create index holds_of on holds (person);

create table associations (
    id blob primary key not null,
    person blob not null references persons (id),
    cvr text not null,
    employee_number text not null,
    unit text not null,
    starts_on text not null,
    ends_on text,
    activated_at integer,
    closed_at integer
) strict;
create index associations_of on associations (person);
create index associations_by_number on associations (cvr, employee_number);
-- HR's number is one per organisation; somebody who comes back may get her old one.
create unique index associations_open_number on associations (cvr, employee_number) where closed_at is null;
create index associations_ending on associations (ends_on) where closed_at is null;

create table terms (
    hash blob primary key not null,
    version text not null,
    date text not null,
    pages integer not null
) strict;

create table acceptances (
    id blob primary key not null,
    person blob not null references persons (id),
    terms blob not null references terms (hash),
    at integer not null,
    accepted text not null
) strict;
create index acceptances_of on acceptances (person, at);

create table proofings (
    id blob primary key not null,
    person blob not null references persons (id),
    at integer not null,
    level text not null,
    means text not null,
    register text not null,
    process text not null
) strict;
create index proofings_of on proofings (person, at);

create table roles (
    id blob primary key not null,
    person blob not null references persons (id),
    kind text not null,
    proposed_at integer not null,
    state text not null
) strict;
create index roles_of on roles (person);

create table imports (
    id blob primary key not null,
    at integer not null,
    operator text not null,
    source text not null,
    hash blob not null
) strict;
