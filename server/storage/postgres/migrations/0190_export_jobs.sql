-- Long exports that auditors ordered. `leased_until`: whoever makes one says so again before; then another begins anew.
create table export_jobs (
    id uuid primary key,
    person uuid not null references persons (id),
    about uuid,
    stage text not null,
    ordered_at bigint not null,
    leased_until bigint,
    -- From when on its files are of no use.
    ends_at bigint,
    record json not null
);
create index export_jobs_of on export_jobs (person);
create index export_jobs_by_end on export_jobs (ends_at) where ends_at is not null;

-- Their files, sealed, in pieces, while they can be taken.
create table export_pieces (
    job uuid not null references export_jobs (id),
    file text not null,
    number bigint not null,
    sealed bytea not null,
    primary key (job, file, number)
);
