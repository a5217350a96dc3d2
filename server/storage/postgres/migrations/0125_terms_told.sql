-- Whom we told of which version of the terms that she is to accept it by a day.
create table terms_told (
    person uuid not null references persons (id),
    terms bytea not null,
    at bigint not null,
    primary key (person, terms)
);
