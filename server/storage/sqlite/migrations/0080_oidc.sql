-- What a connection speaks: `saml` or `oidc`.
alter table relying_parties add column protocol text not null default 'saml';

-- Requests that applications pushed and whose browser has not come yet.
create table pushed_requests (
    id blob primary key not null,
    relying_party blob not null references relying_parties (id),
    request text not null,
    until integer not null
) strict, without rowid;
create index pushed_requests_by_end on pushed_requests (until);

-- What came of an application's request: from its code through every refresh to its end. No code and no token is kept:
-- each counts by its MAC and by what its row says.
create table authorizations (
    visit blob primary key not null,
    record text not null,
    until integer not null
) strict, without rowid;
create index authorizations_by_end on authorizations (until);

-- Keys that tokens are signed with.
create table token_keys (
    id blob primary key not null,
    kind text not null,
    sealed blob not null,
    created_at integer not null,
    signs_from integer not null
) strict;
