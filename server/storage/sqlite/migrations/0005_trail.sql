-- The trail: rows are added and never touched again. `number` is the order of writing.
create table audit_events (
    number integer primary key autoincrement,
    id blob not null unique,
    format integer not null,
    at integer not null,
    kind text not null,
    actor text not null,
    subject blob,
    request blob not null,
    facts text not null,
    personal blob not null,
    mac blob not null
) strict;
create index audit_events_about on audit_events (subject, number);
create index audit_events_of_kind on audit_events (kind, at);

-- The chain refers to rows by id and outlives them: a row that is gone must show.
create table audit_chain (
    place integer primary key not null,
    event blob not null unique,
    hash blob not null
) strict;

-- Rows that have no place in the chain yet. Kept by triggers, so that no writer can forget or skip one.
create table audit_waiting (
    number integer primary key not null
) strict;

create trigger audit_events_wait after insert on audit_events
begin
    insert into audit_waiting (number) values (new.number);
end;
create trigger audit_chain_takes after insert on audit_chain
begin
    delete from audit_waiting where number = (select number from audit_events where id = new.event);
end;

create trigger audit_events_stay before update on audit_events
begin
    select raise(abort, 'the trail is append-only');
end;
create trigger audit_events_last before delete on audit_events
begin
    select raise(abort, 'the trail is append-only');
end;
-- `insert or replace` deletes without asking the trigger above.
create trigger audit_events_new before insert on audit_events
when exists (select 1 from audit_events where id = new.id or number = new.number)
begin
    select raise(abort, 'already there: audit_events.id');
end;

create trigger audit_chain_stays before update on audit_chain
begin
    select raise(abort, 'the chain is append-only');
end;
create trigger audit_chain_lasts before delete on audit_chain
begin
    select raise(abort, 'the chain is append-only');
end;
create trigger audit_chain_new before insert on audit_chain
when exists (select 1 from audit_chain where place = new.place or event = new.event)
begin
    select raise(abort, 'already there: audit_chain.place');
end;
