-- The wrapped keys of people's parts of the trail, in a file of their own; destroying one shreds that part.

create table trail_keys (
    person blob primary key not null check (length(person) = 16),
    wrapped blob not null
) strict;
