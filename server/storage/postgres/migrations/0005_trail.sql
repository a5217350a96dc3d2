-- The trail: rows are added and never touched again. `number` is the order of writing.
create table audit_events (
    number bigint primary key generated always as identity,
    id uuid not null unique,
    format bigint not null,
    at bigint not null,
    kind text not null,
    actor text not null,
    subject uuid,
    request uuid not null,
    facts text not null,
    personal bytea not null,
    mac bytea not null
);
create index audit_events_about on audit_events (subject, number);
create index audit_events_of_kind on audit_events (kind, at);

-- The chain refers to rows by id and outlives them: a row that is gone must show.
create table audit_chain (
    place bigint primary key,
    event uuid not null unique,
    hash bytea not null
);

-- Rows that have no place in the chain yet. Kept by triggers, so that no writer can forget or skip one.
create table audit_waiting (
    number bigint primary key
);

create function audit_events_wait() returns trigger language plpgsql as $$
begin
    insert into audit_waiting (number) values (new.number);
    return null;
end
$$;
create trigger audit_events_wait after insert on audit_events
    for each row execute function audit_events_wait();

create function audit_chain_takes() returns trigger language plpgsql as $$
begin
    delete from audit_waiting where number = (select e.number from audit_events e where e.id = new.event);
    return null;
end
$$;
create trigger audit_chain_takes after insert on audit_chain
    for each row execute function audit_chain_takes();

create trigger audit_events_stay before update or delete on audit_events
    for each row execute function refuse('the trail is append-only');
create trigger audit_events_last before truncate on audit_events
    for each statement execute function refuse('the trail is append-only');
create trigger audit_chain_stays before update or delete on audit_chain
    for each row execute function refuse('the chain is append-only');
create trigger audit_chain_lasts before truncate on audit_chain
    for each statement execute function refuse('the chain is append-only');

-- A session that claims to replicate fires them too.
alter table audit_events enable always trigger audit_events_wait;
alter table audit_events enable always trigger audit_events_stay;
alter table audit_events enable always trigger audit_events_last;
alter table audit_chain enable always trigger audit_chain_takes;
alter table audit_chain enable always trigger audit_chain_stays;
alter table audit_chain enable always trigger audit_chain_lasts;
