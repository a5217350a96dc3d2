create table passwords (
    person blob primary key not null references persons (id),
    hash text not null,
    set_at integer not null
) strict;

create table authenticator_apps (
    id blob primary key not null,
    person blob not null references persons (id),
    name text not null,
    added_at integer not null,
    used_at integer,
    last_step integer not null,
    seed blob not null
) strict;
create index authenticator_apps_of on authenticator_apps (person);

-- Wrong answers in a row behind a door, and all there ever were.
create table wrong_doors (
    door blob primary key not null,
    in_a_row integer not null,
    total integer not null,
    last_at integer
) strict;
create index wrong_doors_by_age on wrong_doors (last_at);

-- When the newest of them were, in a ring of slots: ten thousand wrong answers take no more room than a few hundred.
create table wrong_answers (
    door blob not null,
    slot integer not null,
    at integer not null,
    primary key (door, slot)
) strict, without rowid;
create index wrong_answers_by_age on wrong_answers (at);
