-- What is left of a row keeps its id: no other row takes it, or both would stand in one place.
drop trigger audit_events_new;
-- `insert or replace` deletes without asking the trigger of a deletion.
create trigger audit_events_new before insert on audit_events
when exists (select 1 from audit_events where id = new.id or number = new.number)
    or exists (select 1 from audit_expired where event = new.id)
begin
    select raise(abort, 'already there: audit_events.id');
end;
