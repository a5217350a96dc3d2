-- Hardware code devices. No row is ever deleted: a seed that is known by others must be known again.
create table code_devices (
    id blob primary key not null,
    serial text not null unique,
    manufacturer text,
    model text,
    hash text not null,
    digits integer not null,
    -- Seconds of a step of its clock; none where a button moves it.
    step integer,
    drift integer not null,
    -- The newest place in its row of codes that was accepted; -1 before the first.
    used integer not null,
    life text not null,
    since integer not null,
    holder blob references persons (id),
    name text,
    used_at integer,
    seed blob not null
) strict;
create index code_devices_of on code_devices (holder) where holder is not null;

-- Which delivery brought it is in the trail; that a seed went once is kept with the row.
create trigger code_devices_stay before delete on code_devices
begin
    select raise(abort, 'a code device is never deleted');
end;
create trigger code_devices_used_once before update of used on code_devices when new.used < old.used
begin
    select raise(abort, 'a code that was used is never used again');
end;
create trigger code_devices_gone before update of life on code_devices
when (old.life = 'leaked' and new.life <> 'leaked') or (old.life = 'lost' and new.life not in ('lost', 'leaked'))
begin
    select raise(abort, 'a code device that is lost or known by others never goes out again');
end;
