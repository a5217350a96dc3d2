-- Messages of services that came by a form and wait for their browser; each once.
create table posted_messages (
    id uuid primary key,
    relying_party uuid not null references relying_parties (id),
    message_id text not null,
    message text not null,
    relay_state text,
    until bigint not null,
    unique (relying_party, message_id)
);
create index posted_messages_by_end on posted_messages (until);

-- What is registered about people beside HR's feed: job functions, and what partners know them by.
create table registered (
    person uuid primary key references persons (id),
    record json not null,
    at bigint not null
);

-- Every name a partner ever knew somebody by. It stays hers for ever: no row is changed, nor deleted while she is here.
create table registered_names (
    kind text not null,
    name text not null,
    person uuid not null references persons (id),
    primary key (kind, name)
);
create index registered_names_of on registered_names (person);
-- The one way one goes: its owner was erased, and a MAC of it stays.
create function registered_names_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (select 1 from erasures e where e.person = old.person) then
        return old;
    end if;
    raise exception 'a registered name passes to nobody else' using errcode = 'integrity_constraint_violation';
end
$$;
create trigger registered_names_stay before update or delete on registered_names
    for each row execute function registered_names_stay();
create trigger registered_names_last before truncate on registered_names
    for each statement execute function refuse('a registered name is kept');
alter table registered_names enable always trigger registered_names_stay;
alter table registered_names enable always trigger registered_names_last;
