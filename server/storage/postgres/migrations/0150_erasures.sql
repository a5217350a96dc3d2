-- Who was erased: an id that says nothing any more.
create table erasures (
    person uuid primary key,
    at bigint not null
);
create trigger erasures_stay before update or delete on erasures
    for each row execute function refuse('who was erased stays erased');
create trigger erasures_last before truncate on erasures
    for each statement execute function refuse('who was erased stays erased');
alter table erasures enable always trigger erasures_stay;
alter table erasures enable always trigger erasures_last;

-- One operator's voice for erasing somebody; a second, other one does it.
create table erasure_voices (
    person uuid primary key references persons (id),
    asked_by text not null,
    asked_at bigint not null
);

-- Keyed MACs of the user names of who was erased: they are given to nobody else.
create table erased_names (
    mac bytea primary key
);

-- The one way a reservation goes: its owner was erased, and a MAC of it stays.
create function user_names_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (select 1 from erasures e where e.person = old.person) then
        return old;
    end if;
    raise exception 'a user name is reserved for ever' using errcode = 'integrity_constraint_violation';
end
$$;
drop trigger user_names_stay on user_names;
create trigger user_names_stay before update or delete on user_names
    for each row execute function user_names_stay();
alter table user_names enable always trigger user_names_stay;
