-- A flow that is used up is gone: nothing can go on with it.
create table flows (
    id blob primary key not null,
    browser blob not null,
    person blob references persons (id),
    epoch integer,
    expires_at integer not null,
    about text not null
) strict;
create index flows_of on flows (person) where person is not null;
create index flows_by_end on flows (expires_at);

create table invitations (
    person blob primary key not null references persons (id),
    mac blob not null unique,
    epoch integer not null,
    until integer not null
) strict;

create table sessions (
    id blob primary key not null,
    person blob not null references persons (id),
    epoch integer not null,
    browser blob not null,
    shown text not null,
    began_at integer not null,
    seen_at integer not null,
    ended_at integer
) strict;
create index sessions_of on sessions (person) where ended_at is null;
create index sessions_in on sessions (browser) where ended_at is null;
create index sessions_by_age on sessions (began_at);

-- What a browser carries before anybody signed in; only a hash of its cookie is kept.
create table browser_sessions (
    id_hash blob primary key not null,
    data text not null,
    expires_at integer not null
) strict;
create index browser_sessions_by_end on browser_sessions (expires_at);
