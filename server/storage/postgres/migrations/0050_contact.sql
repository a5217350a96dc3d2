-- What a person decided herself of how she is reached. What HR holds stays in persons, and counts where there is no row.
create table contact_channels (
    person uuid not null references persons (id),
    kind text not null,
    -- None: she wants no notices by this kind.
    address text,
    changed_at bigint not null,
    -- Where they went until then; told for an hour more.
    before text,
    primary key (person, kind)
);

-- By which way a notice leaves, and the flow it is about where its request does not say.
alter table outbox add column channel text not null default 'Mail';
alter table outbox add column flow uuid;
-- These waited as templates of their own.
update outbox set template = 'Blocked', channel = 'Private' where template = 'BlockedPrivate';
update outbox set template = 'PasswordSet', channel = 'Private' where template = 'PasswordSetPrivate';
update outbox set template = 'Reopened', channel = 'Private' where template = 'ReopenedPrivate';
