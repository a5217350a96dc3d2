-- A flow that is used up is gone: nothing can go on with it.
create table flows (
    id uuid primary key,
    browser uuid not null,
    person uuid references persons (id),
    epoch bigint,
    expires_at bigint not null,
    about json not null
);
create index flows_of on flows (person) where person is not null;
create index flows_by_end on flows (expires_at);

create table invitations (
    person uuid primary key references persons (id),
    mac bytea not null unique,
    epoch bigint not null,
    until bigint not null
);

create table sessions (
    id uuid primary key,
    person uuid not null references persons (id),
    epoch bigint not null,
    browser uuid not null,
    shown json not null,
    began_at bigint not null,
    seen_at bigint not null,
    ended_at bigint
);
create index sessions_of on sessions (person) where ended_at is null;
create index sessions_in on sessions (browser) where ended_at is null;
create index sessions_by_age on sessions (began_at);

-- What a browser carries before anybody signed in; only a hash of its cookie is kept.
create table browser_sessions (
    id_hash bytea primary key,
    data text not null,
    expires_at bigint not null
);
create index browser_sessions_by_end on browser_sessions (expires_at);
