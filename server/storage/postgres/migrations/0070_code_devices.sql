-- Hardware code devices. No row is ever deleted: a seed that is known by others must be known again.
create table code_devices (
    id uuid primary key,
    serial text not null unique,
    manufacturer text,
    model text,
    hash text not null,
    digits bigint not null,
    -- Seconds of a step of its clock; none where a button moves it.
    step bigint,
    drift bigint not null,
    -- The newest place in its row of codes that was accepted; -1 before the first.
    used bigint not null,
    life text not null,
    since bigint not null,
    holder uuid references persons (id),
    name text,
    used_at bigint,
    seed bytea not null
);
create index code_devices_of on code_devices (holder) where holder is not null;

-- Which delivery brought it is in the trail; that a seed went once is kept with the row.
create function code_devices_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a code device is never deleted';
    end if;
    if new.used < old.used then
        raise exception 'a code that was used is never used again';
    end if;
    if (old.life = 'leaked' and new.life <> 'leaked') or (old.life = 'lost' and new.life not in ('lost', 'leaked')) then
        raise exception 'a code device that is lost or known by others never goes out again';
    end if;
    return new;
end;
$$;
create trigger code_devices_guard before update or delete on code_devices
    for each row execute function code_devices_guard();
