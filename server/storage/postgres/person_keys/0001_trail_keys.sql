-- The wrapped keys of people's parts of the trail, in a schema of their own; destroying one shreds that part.

create table trail_keys (
    person uuid primary key,
    wrapped bytea not null
);
