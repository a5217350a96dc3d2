create table relying_parties (
    id blob primary key not null,
    entity_id text not null unique,
    record text not null
) strict;

-- Messages that were received, until they could not be replayed any more.
create table saml_messages (
    relying_party blob not null references relying_parties (id),
    message_id text not null,
    until integer not null,
    primary key (relying_party, message_id)
) strict, without rowid;
create index saml_messages_by_end on saml_messages (until);

create table signing_keys (
    id blob primary key not null,
    sealed blob not null,
    certificate blob not null,
    created_at integer not null
) strict;
