-- Who was erased: an id that says nothing any more.
create table erasures (
    person blob primary key not null,
    at integer not null
) strict;
create trigger erasures_stay before update on erasures
begin
    select raise(abort, 'who was erased stays erased');
end;
create trigger erasures_last before delete on erasures
begin
    select raise(abort, 'who was erased stays erased');
end;

-- One operator's voice for erasing somebody; a second, other one does it.
create table erasure_voices (
    person blob primary key not null references persons (id),
    asked_by text not null,
    asked_at integer not null
) strict;

-- Keyed MACs of the user names of who was erased: they are given to nobody else.
create table erased_names (
    mac blob primary key not null
) strict, without rowid;

-- The one way a reservation goes: its owner was erased, and a MAC of it stays.
drop trigger user_names_last;
create trigger user_names_last before delete on user_names
when not exists (select 1 from erasures e where e.person = old.person)
begin
    select raise(abort, 'a user name is reserved for ever');
end;
