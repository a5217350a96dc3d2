//! Tokens out of an authorization, inside the transaction of the use case that calls: everything a token rests on is read
//! again, and what does not hold any more ends the authorization (NSIS 3.3.1.1, 6.1, 6.2).

use crate::claims::told;
use crate::context::Cx;
use crate::fault::Fault;
use crate::issue::facts;
use crate::issue_code::subject;
use crate::ports::oidc::IdToken;
use crate::ports::store::Tx;
use crate::prove_client::{NotServed, invalid_grant};
use crate::record::{Entry, record};
use crate::terms_in_force::terms_of;
use crate::tickets;
use domain::audit::{Actor, EventKind};
use domain::clocks::Agreement;
use domain::issue::{Cause, Facts, Grant, Missing, decide};
use domain::level::AssuranceLevel;
use domain::oidc::authorization::Authorization;
use domain::oidc::client::Client;
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::ticket::{ACCESS_HOLDS, Ticket, TicketKind, ticket_id};
use domain::person::Person;
use domain::session::Session;
use zeroize::Zeroizing;

/// What an application gets.
pub struct Tokens {
    /// Shown for what she lets it know.
    pub access_token: Zeroizing<String>,
    /// For how many seconds.
    pub expires_in: i64,
    /// Exchanged for newer ones, where the connection has it.
    pub refresh_token: Option<Zeroizing<String>>,
    /// What is said about her.
    pub id_token: String,
    /// The scopes.
    pub scope: String,
}

impl core::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Tokens").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// What an authorization rests on now, and whose it is, with her row held steady; or what is missing.
pub(crate) async fn rests_on(
    cx: &Cx,
    tx: &mut dyn Tx,
    (client, authorization): (&Client, &Authorization),
    clocks: Agreement,
) -> Result<Result<(Grant, Session, Person), Missing>, Fault> {
    let Some(evidence) = tx.evidence(authorization.session).await? else { return Ok(Err(Missing::SignIn)) };
    if evidence.standing.epoch() != authorization.epoch {
        return Ok(Err(Missing::SignIn));
    }
    // The browser is the application's own here; what binds is that the session was not ended and is not too old.
    let browser = evidence.session.browser;
    let agreed = terms_of(cx, &evidence.published).settled_by(evidence.accepted);
    let facts = facts(cx, &evidence, agreed, clocks);
    let facts = Facts { browser, times: cx.house.policy.session.at_work(), ..facts };
    let grant = decide(&facts, &authorization.request.demand(client));
    // Whatever the code was given for: a token is exchanged for it (NSIS 6.1).
    Ok(grant.map(|grant| (Grant { cause: Cause::Exchange, ..grant }, evidence.session, evidence.person)))
}

/// Which tokens, and out of what.
pub(crate) struct Due<'a> {
    pub(crate) client: &'a Client,
    /// As it is from now on.
    pub(crate) authorization: Authorization,
    /// What the trail tells of them.
    pub(crate) event: EventKind,
    pub(crate) clocks: Agreement,
}

/// Makes them, keeps the authorization, records, commits, and signs only then.
pub(crate) async fn mint(cx: &Cx, mut tx: Box<dyn Tx>, due: Due<'_>) -> Result<Tokens, NotServed> {
    let Due { client, authorization, event, clocks } = due;
    let generation = authorization.open(cx.now).ok_or(Fault::Encoding)?;
    let (id, exchanged) = (
        ticket_id(authorization.visit, generation),
        ticket_id(authorization.visit, generation.saturating_sub(1)),
    );
    let held = rests_on(cx, tx.as_mut(), (client, &authorization), clocks).await?;
    let (grant, session, person) = match held {
        Ok(held) => held,
        Err(missing) => {
            let entry = Entry::new(EventKind::TokenRefused, Actor::System)
                .about(authorization.person)
                .fact("service", &client.client_id)
                .fact("in-response-to", exchanged)
                .fact("why", missing);
            return Err(over(cx, tx, authorization, entry, "no-longer").await?);
        }
    };
    let claims = told(cx, client, &person, &grant.association, &authorization.asked().id_token);
    let until = cx.now.saturating_add(ACCESS_HOLDS).unwrap_or(cx.now).min(authorization.until);
    let ticket =
        |kind, until| tickets::write(cx, &Ticket { kind, visit: authorization.visit, generation, until });
    let access_token = ticket(TicketKind::Access, until)?;
    let refresh_token =
        if client.refresh { Some(ticket(TicketKind::Refresh, authorization.until)?) } else { None };
    tx.save_authorization(&authorization).await?;
    let entry = Entry::by(event, grant.person)
        .fact("service", &client.client_id)
        .fact("in-response-to", exchanged)
        .fact("response", &id)
        .fact("visit", authorization.visit)
        .fact("generation", generation)
        .fact("asked", authorization.request.level.map_or("none", AssuranceLevel::word))
        .fact("level", grant.level.map_or("none", AssuranceLevel::word))
        .fact("cause", format!("{:?}", grant.cause))
        .fact("cvr", &grant.association.cvr)
        // Signed, and told over the application's own line alone.
        .fact("encrypted", false);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    let says = IdToken {
        subject: &subject(cx, client, grant.person)?,
        visit: authorization.visit,
        id: &id,
        // Only the first answers the request that brought it (OIDC Core 12.2).
        nonce: authorization.request.nonce.as_deref().filter(|_| generation == 1),
        authenticated_at: grant.authenticated_at,
        level: grant.level,
        chain: grant.chain,
        methods: &session.kinds(),
        access_token: &access_token,
        claims: &claims,
        until,
    };
    let id_token = cx.house.oidc.id_token(client, &says, cx.now).map_err(|why| {
        tracing::error!(%why, "an id token could not be signed");
        Refusal::new(ErrorCode::ServerError, "unsigned")
    })?;
    let expires_in = until.duration_since(cx.now).as_secs();
    let scope = authorization.request.scopes.join(" ");
    Ok(Tokens { access_token, expires_in, refresh_token, id_token, scope })
}

/// Ends an authorization, says why, commits; gives the refusal.
pub(crate) async fn over(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    authorization: Authorization,
    entry: Entry,
    why: &'static str,
) -> Result<NotServed, NotServed> {
    tx.save_authorization(&authorization.ended()).await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(invalid_grant(why))
}
