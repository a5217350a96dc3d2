-- What is also kept outside the database. A record waits until it has a place in the chain; then it is written outside.
create table outside_records (
    id uuid primary key,
    number bigint generated always as identity,
    body text not null,
    place bigint unique,
    mac bytea
);
create index outside_waiting on outside_records (number) where place is null;

-- The files it is written to, and how far.
create table outside_files (
    id uuid primary key,
    place bigint not null,
    begun_at bigint not null
);

-- Recoveries of a database that fell behind; at most one is under way.
create table recoveries (
    id uuid primary key,
    record json not null,
    ended_at bigint
);
create unique index recoveries_under_way on recoveries ((1)) where ended_at is null;
