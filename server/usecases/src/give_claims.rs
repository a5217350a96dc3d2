//! An application shows an access token for what she lets it know (OIDC Core 5.3). Looked at anew each time: a block ends it
//! at once.

use crate::claims::told;
use crate::context::Cx;
use crate::issue_code::subject;
use crate::mint::rests_on;
use crate::ports::store::Tx;
use crate::prove_client::{NotServed, Shown, noted};
use crate::record::{Entry, record};
use crate::tickets;
use crate::watch_clocks::clocks_to_issue;
use domain::audit::{Actor, EventKind};
use domain::connection::Connection;
use domain::level::AssuranceLevel;
use domain::oidc::authorization::Authorization;
use domain::oidc::client::{Client, hash};
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::ticket::{TicketKind, ticket_id};
use serde_json::{Map, Value};

/// Gives them. `certificate`, DER, is what a proxy this house trusts saw whoever shows the token hold.
pub async fn give_claims(
    cx: &Cx,
    token: &str,
    certificate: Option<&[u8]>,
) -> Result<Map<String, Value>, NotServed> {
    noted(cx, "userinfo", &Shown::default(), give(cx, token, certificate).await).await
}

fn refused(why: &'static str) -> NotServed {
    Refusal::new(ErrorCode::InvalidToken, why).into()
}

async fn give(cx: &Cx, token: &str, certificate: Option<&[u8]>) -> Result<Map<String, Value>, NotServed> {
    cx.house.outside.open()?;
    let ticket = tickets::read(cx, &[TicketKind::Access], token)?.ok_or_else(|| refused("token-unknown"))?;
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("give_claims").await?;
    let (client, authorization) =
        open(cx, tx.as_mut(), ticket.visit).await?.ok_or_else(|| refused("token-over"))?;
    if !authorization.may_be_shown_with(certificate.map(hash)) {
        return Err(refused("token-other-certificate"));
    }
    let held = rests_on(cx, tx.as_mut(), (&client, &authorization), clocks).await?;
    let Ok((grant, _, person)) = held else { return Err(refused("no-longer")) };
    let mut claims = told(cx, &client, &person, &grant.association, &authorization.asked().userinfo);
    let mut say = |name: &str, value: String| claims.insert(name.to_owned(), Value::String(value));
    say("sub", subject(cx, &client, grant.person)?);
    if let Some(level) = grant.level {
        say("acr", level.loa_uri());
        say("loa", level.word().to_owned());
    }
    let names: Vec<&str> = claims.keys().map(String::as_str).collect();
    let entry = Entry::new(EventKind::ClaimsTold, Actor::Unknown)
        .about(grant.person)
        .fact("service", &client.client_id)
        .fact("in-response-to", ticket_id(ticket.visit, ticket.generation))
        .fact("visit", authorization.visit)
        .fact("claims", names.join(" "))
        .fact("level", grant.level.map_or("none", AssuranceLevel::word))
        .fact("encrypted", false);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(claims)
}

/// The authorization of a visit while it is open, and whose it is.
pub(crate) async fn open(
    cx: &Cx,
    tx: &mut dyn Tx,
    visit: domain::ids::VisitId,
) -> Result<Option<(Client, Authorization)>, NotServed> {
    let Some(authorization) = tx.authorization(visit).await? else { return Ok(None) };
    if authorization.open(cx.now).is_none() {
        return Ok(None);
    }
    Ok(match tx.connection(authorization.request.relying_party).await? {
        Some(Connection::Oidc(client)) => Some((*client, authorization)),
        Some(Connection::Saml(_)) | None => None,
    })
}
