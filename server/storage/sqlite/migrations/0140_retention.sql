-- What is left of a row of the trail that was kept long enough: it proves its place, its time and its kind, and nothing of
-- whom it was about. `rule` is the row that says who emptied it, and up to when.
create table audit_expired (
    place integer primary key not null,
    event blob not null unique,
    format integer not null,
    at integer not null,
    kind text not null,
    instance blob,
    lane integer,
    counter integer,
    -- The digest of what is gone.
    body blob not null,
    mac blob not null,
    rule blob not null
) strict;
create index audit_expired_by_age on audit_expired (at);

-- Only a row that is there, has a place and is older than its rule says is emptied; from format 3 on.
create trigger audit_expired_new before insert on audit_expired
when exists (select 1 from audit_expired where place = new.place or event = new.event)
    or not exists (
        select 1 from audit_events e join audit_chain c on c.event = e.id
        where e.id = new.event and c.place = new.place and e.format = new.format and e.format >= 3 and e.at = new.at
            and e.kind = new.kind and e.kind <> 'trail.expired' and e.mac = new.mac
            and e.instance is new.instance and e.lane is new.lane and e.counter is new.counter)
    or not exists (
        select 1 from audit_events r where r.id = new.rule and r.kind = 'trail.expired'
            and new.at < unixepoch(r.facts ->> '$.before') * 1000000)
begin
    select raise(abort, 'the trail is append-only');
end;
create trigger audit_expired_stays before update on audit_expired
begin
    select raise(abort, 'the trail is append-only');
end;
create trigger audit_expired_lasts before delete on audit_expired
begin
    select raise(abort, 'the trail is append-only');
end;

-- The one way a row goes: what is left of it stands there.
drop trigger audit_events_last;
create trigger audit_events_last before delete on audit_events
when not exists (
    select 1 from audit_expired x
    where x.event = old.id and x.format = old.format and x.at = old.at and x.kind = old.kind and x.mac = old.mac)
begin
    select raise(abort, 'the trail is append-only');
end;

-- A day's deletions by rule, as far as they came; at most one run is under way.
create table retention_runs (
    day text primary key not null,
    record text not null,
    ended_at integer
) strict;
create unique index retention_runs_under_way on retention_runs ((1)) where ended_at is null;
