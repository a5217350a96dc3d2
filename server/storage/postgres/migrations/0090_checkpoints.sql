-- Which instance wrote a row, on which of its lanes, and the how-manieth there (format 2).
alter table audit_events add column instance uuid;
alter table audit_events add column lane bigint;
alter table audit_events add column counter bigint;

-- The leaf of each row, so that the tree grows without the rows being read again. None in links from before.
alter table audit_chain add column leaf bytea;

-- Roots of whole subtrees of the trail: of every eighth level, which is what a proof adds up in a few look-ups.
create table audit_nodes (
    level bigint not null,
    place bigint not null,
    hash bytea not null,
    primary key (level, place)
);

-- Signed checkpoints, with what the next one goes on from.
create table audit_checkpoints (
    number bigint primary key,
    size bigint not null,
    chain bytea not null,
    peaks bytea not null,
    note text not null
);

create trigger audit_checkpoints_stay before update or delete on audit_checkpoints
    for each row execute function refuse('checkpoints are append-only');
create trigger audit_checkpoints_last before truncate on audit_checkpoints
    for each statement execute function refuse('checkpoints are append-only');
alter table audit_checkpoints enable always trigger audit_checkpoints_stay;
alter table audit_checkpoints enable always trigger audit_checkpoints_last;
