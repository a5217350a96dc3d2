-- Whoever writes many rows or links in one statement pays for one call, not for one each. As before, no writer can forget or
-- skip a row: whatever a statement wrote waits for its place; and what got its place waits no longer. Only what a subscription
-- applies fires no trigger by statement: such a row is found as one that neither waits nor has a place.
-- The triggers are replaced in one step: who reads both tables meanwhile holds nobody up.
create or replace function audit_events_wait() returns trigger language plpgsql as $$
begin
    insert into audit_waiting (number) select w.number from written w;
    return null;
end
$$;
create or replace trigger audit_events_wait after insert on audit_events
    referencing new table as written
    for each statement execute function audit_events_wait();

-- Each row is looked up by its id, however small the tables were when the statement was planned.
create or replace function audit_chain_takes() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    delete from audit_waiting where number = any (array(
        select (select e.number from audit_events e where e.id = c.event) from chained c));
    return null;
end
$$;
create or replace trigger audit_chain_takes after insert on audit_chain
    referencing new table as chained
    for each statement execute function audit_chain_takes();

-- A session that claims to replicate fires them too.
alter table audit_events enable always trigger audit_events_wait;
alter table audit_chain enable always trigger audit_chain_takes;
