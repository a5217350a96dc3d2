-- What a connection speaks: `saml` or `oidc`.
alter table relying_parties add column protocol text not null default 'saml';

-- Requests that applications pushed and whose browser has not come yet.
create table pushed_requests (
    id uuid primary key,
    relying_party uuid not null references relying_parties (id),
    request json not null,
    until bigint not null
);
create index pushed_requests_by_end on pushed_requests (until);

-- What came of an application's request: from its code through every refresh to its end. No code and no token is kept:
-- each counts by its MAC and by what its row says.
create table authorizations (
    visit uuid primary key,
    record json not null,
    until bigint not null
);
create index authorizations_by_end on authorizations (until);

-- Keys that tokens are signed with.
create table token_keys (
    id uuid primary key,
    kind text not null,
    sealed bytea not null,
    created_at bigint not null,
    signs_from bigint not null
);
