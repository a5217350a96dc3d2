-- How far the life of a signing key is, and since when. The one there counts as active; of several only the newest ever
-- signed.
alter table signing_keys add column stage text not null default 'active'
    check (stage in ('created', 'published', 'active', 'replaced', 'retired'));
alter table signing_keys add column since integer not null default 0;
update signing_keys set since = created_at;
update signing_keys set stage = 'retired'
where id <> (select id from signing_keys order by created_at desc, id desc limit 1);
-- Of all keys one signs, and one comes after it.
create unique index signing_keys_active on signing_keys (stage) where stage = 'active';
create unique index signing_keys_next on signing_keys ((1)) where stage in ('created', 'published');
