create table relying_parties (
    id uuid primary key,
    entity_id text not null unique,
    record json not null
);

-- Messages that were received, until they could not be replayed any more.
create table saml_messages (
    relying_party uuid not null references relying_parties (id),
    message_id text not null,
    until bigint not null,
    primary key (relying_party, message_id)
);
create index saml_messages_by_end on saml_messages (until);

create table signing_keys (
    id uuid primary key,
    sealed bytea not null,
    certificate bytea not null,
    created_at bigint not null
);
