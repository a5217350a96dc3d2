create table passwords (
    person uuid primary key references persons (id),
    hash text not null,
    set_at bigint not null
);

create table authenticator_apps (
    id uuid primary key,
    person uuid not null references persons (id),
    name text not null,
    added_at bigint not null,
    used_at bigint,
    last_step bigint not null,
    seed bytea not null
);
create index authenticator_apps_of on authenticator_apps (person);

-- Wrong answers in a row behind a door, and all there ever were.
create table wrong_doors (
    door bytea primary key,
    in_a_row bigint not null,
    total bigint not null,
    last_at bigint
);
create index wrong_doors_by_age on wrong_doors (last_at);

-- When the newest of them were, in a ring of slots: ten thousand wrong answers take no more room than a few hundred.
create table wrong_answers (
    door bytea not null,
    slot bigint not null,
    at bigint not null,
    primary key (door, slot)
);
create index wrong_answers_by_age on wrong_answers (at);
