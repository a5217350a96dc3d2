-- Messages of services that came by a form and wait for their browser; each once.
create table posted_messages (
    id blob primary key not null,
    relying_party blob not null references relying_parties (id),
    message_id text not null,
    message text not null,
    relay_state text,
    until integer not null,
    unique (relying_party, message_id)
) strict, without rowid;
create index posted_messages_by_end on posted_messages (until);

-- What is registered about people beside HR's feed: job functions, and what partners know them by.
create table registered (
    person blob primary key not null references persons (id),
    record text not null,
    at integer not null
) strict, without rowid;

-- Every name a partner ever knew somebody by. It stays hers for ever: no row is changed, nor deleted while she is here.
create table registered_names (
    kind text not null,
    name text not null,
    person blob not null references persons (id),
    primary key (kind, name)
) strict, without rowid;
create index registered_names_of on registered_names (person);
create trigger registered_names_stay before update on registered_names
begin
    select raise(abort, 'a registered name passes to nobody else');
end;
-- The one way one goes: its owner was erased, and a MAC of it stays.
create trigger registered_names_last before delete on registered_names
when not exists (select 1 from erasures e where e.person = old.person)
begin
    select raise(abort, 'a registered name is kept');
end;
