-- Ids only: text, address and link are made at sending.
create table outbox (
    id uuid primary key,
    person uuid not null references persons (id),
    template text not null,
    at bigint not null,
    request uuid not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    leased_until bigint,
    failure text,
    dead boolean not null default false,
    sent_at bigint
);
create index outbox_due on outbox (due_at) where sent_at is null;
create index outbox_of on outbox (person) where sent_at is null;
