-- Which steps of which keys the trail has told of, so that each is told once.
create table known_keys (
    key uuid not null,
    step text not null,
    at bigint not null,
    primary key (key, step)
);

-- Rotations of keys; at most one is under way.
create table key_rotations (
    id uuid primary key,
    record json not null,
    ended_at bigint
);
create unique index key_rotations_under_way on key_rotations ((1)) where ended_at is null;
