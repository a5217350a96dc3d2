-- What is left of a row of the trail that was kept long enough: it proves its place, its time and its kind, and nothing of
-- whom it was about. `rule` is the row that says who emptied it, and up to when.
create table audit_expired (
    place bigint primary key,
    event uuid not null unique,
    format bigint not null,
    at bigint not null,
    kind text not null,
    instance uuid,
    lane bigint,
    counter bigint,
    -- The digest of what is gone.
    body bytea not null,
    mac bytea not null,
    rule uuid not null
);
create index audit_expired_by_age on audit_expired (at);

-- Only a row that is there, has a place and is older than its rule says is emptied; from format 3 on.
create function audit_expired_new() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from audit_events e join audit_chain c on c.event = e.id
        where e.id = new.event and c.place = new.place and e.format = new.format and e.format >= 3 and e.at = new.at
            and e.kind = new.kind and e.kind <> 'trail.expired' and e.mac = new.mac
            and e.instance is not distinct from new.instance and e.lane is not distinct from new.lane
            and e.counter is not distinct from new.counter)
        and exists (
        select 1 from audit_events r where r.id = new.rule and r.kind = 'trail.expired'
            and new.at < extract(epoch from (r.facts::json ->> 'before')::timestamptz) * 1000000)
    then
        return new;
    end if;
    raise exception 'the trail is append-only' using errcode = 'integrity_constraint_violation';
end
$$;
create trigger audit_expired_new before insert on audit_expired
    for each row execute function audit_expired_new();
create trigger audit_expired_stays before update or delete on audit_expired
    for each row execute function refuse('the trail is append-only');
create trigger audit_expired_lasts before truncate on audit_expired
    for each statement execute function refuse('the trail is append-only');
alter table audit_expired enable always trigger audit_expired_new;
alter table audit_expired enable always trigger audit_expired_stays;
alter table audit_expired enable always trigger audit_expired_lasts;

-- The one way a row goes: what is left of it stands there.
create function audit_events_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
        select 1 from audit_expired x
        where x.event = old.id and x.format = old.format and x.at = old.at and x.kind = old.kind and x.mac = old.mac)
    then
        return old;
    end if;
    raise exception 'the trail is append-only' using errcode = 'integrity_constraint_violation';
end
$$;
drop trigger audit_events_stay on audit_events;
create trigger audit_events_stay before update or delete on audit_events
    for each row execute function audit_events_stay();
alter table audit_events enable always trigger audit_events_stay;

-- A day's deletions by rule, as far as they came; at most one run is under way.
create table retention_runs (
    day date primary key,
    record json not null,
    ended_at bigint
);
create unique index retention_runs_under_way on retention_runs ((1)) where ended_at is null;
