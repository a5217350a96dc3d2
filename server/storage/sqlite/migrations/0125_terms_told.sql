-- Whom we told of which version of the terms that she is to accept it by a day.
create table terms_told (
    person blob not null references persons (id),
    terms blob not null,
    at integer not null,
    primary key (person, terms)
) strict;
