-- Ids only: text, address and link are made at sending.
create table outbox (
    id blob primary key not null,
    person blob not null references persons (id),
    template text not null,
    at integer not null,
    request blob not null,
    due_at integer not null,
    attempts integer not null default 0,
    leased_until integer,
    failure text,
    dead integer not null default 0,
    sent_at integer
) strict;
create index outbox_due on outbox (due_at) where sent_at is null;
create index outbox_of on outbox (person) where sent_at is null;
