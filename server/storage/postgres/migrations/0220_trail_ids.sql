-- What is left of a row keeps its id: no other row takes it, or both would stand in one place.
create function audit_events_new() returns trigger language plpgsql as $$
begin
    if exists (select 1 from audit_expired where event = new.id) then
        raise exception 'already there: audit_events.id' using errcode = 'unique_violation';
    end if;
    return new;
end
$$;
create trigger audit_events_new before insert on audit_events
    for each row execute function audit_events_new();
-- A session that claims to replicate fires it too.
alter table audit_events enable always trigger audit_events_new;
