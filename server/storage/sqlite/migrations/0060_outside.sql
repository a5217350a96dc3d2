-- What is also kept outside the database. A record waits until it has a place in the chain; then it is written outside.
create table outside_records (
    number integer primary key autoincrement,
    id blob not null unique,
    body text not null,
    place integer unique,
    mac blob
) strict;
create index outside_waiting on outside_records (number) where place is null;

-- The files it is written to, and how far.
create table outside_files (
    id blob primary key not null,
    place integer not null,
    begun_at integer not null
) strict;

-- Recoveries of a database that fell behind; at most one is under way.
create table recoveries (
    id blob primary key not null,
    record text not null,
    ended_at integer
) strict;
create unique index recoveries_under_way on recoveries ((1)) where ended_at is null;
