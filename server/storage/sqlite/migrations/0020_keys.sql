-- Which steps of which keys the trail has told of, so that each is told once.
create table known_keys (
    key blob not null,
    step text not null,
    at integer not null,
    primary key (key, step)
) strict, without rowid;

-- Rotations of keys; at most one is under way.
create table key_rotations (
    id blob primary key not null,
    record text not null,
    ended_at integer
) strict;
create unique index key_rotations_under_way on key_rotations ((1)) where ended_at is null;
