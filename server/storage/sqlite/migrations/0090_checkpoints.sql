-- Which instance wrote a row, on which of its lanes, and the how-manieth there (format 2).
alter table audit_events add column instance blob;
alter table audit_events add column lane integer;
alter table audit_events add column counter integer;

-- The leaf of each row, so that the tree grows without the rows being read again. None in links from before.
alter table audit_chain add column leaf blob;

-- Roots of whole subtrees of the trail: of every eighth level, which is what a proof adds up in a few look-ups.
create table audit_nodes (
    level integer not null,
    place integer not null,
    hash blob not null,
    primary key (level, place)
) strict, without rowid;

-- Signed checkpoints, with what the next one goes on from.
create table audit_checkpoints (
    number integer primary key not null,
    size integer not null,
    chain blob not null,
    peaks blob not null,
    note text not null
) strict;

create trigger audit_checkpoints_stay before update on audit_checkpoints
begin
    select raise(abort, 'checkpoints are append-only');
end;
create trigger audit_checkpoints_last before delete on audit_checkpoints
begin
    select raise(abort, 'checkpoints are append-only');
end;
-- `insert or replace` deletes without asking the trigger above.
create trigger audit_checkpoints_new before insert on audit_checkpoints
when exists (select 1 from audit_checkpoints where number = new.number)
begin
    select raise(abort, 'already there: audit_checkpoints.number');
end;
