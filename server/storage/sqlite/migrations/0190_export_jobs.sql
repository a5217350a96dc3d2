-- Long exports that auditors ordered. `leased_until`: whoever makes one says so again before; then another begins anew.
create table export_jobs (
    id blob primary key not null,
    person blob not null references persons (id),
    about blob,
    stage text not null,
    ordered_at integer not null,
    leased_until integer,
    -- From when on its files are of no use.
    ends_at integer,
    record text not null
) strict;
create index export_jobs_of on export_jobs (person);
create index export_jobs_by_end on export_jobs (ends_at) where ends_at is not null;

-- Their files, sealed, in pieces, while they can be taken.
create table export_pieces (
    job blob not null references export_jobs (id),
    file text not null,
    number integer not null,
    sealed blob not null,
    primary key (job, file, number)
) strict;
