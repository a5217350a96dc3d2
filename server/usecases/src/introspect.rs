//! An application asks whether one of its own tokens counts (RFC 7662). Of any other it hears the same as of none.

use crate::context::Cx;
use crate::give_claims::open;
use crate::issue_code::subject;
use crate::mint::rests_on;
use crate::prove_client::{NotServed, Shown, needed, noted, prove};
use crate::record::{Entry, record};
use crate::tickets;
use crate::watch_clocks::clocks_to_issue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::{Actor, EventKind};
use domain::level::AssuranceLevel;
use domain::oidc::client::ClientAuth;
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::ticket::{TicketKind, ticket_id};
use serde_json::{Value, json};

/// Says whether it counts, and what for.
pub async fn introspect(cx: &Cx, shown: &Shown) -> Result<Value, NotServed> {
    noted(cx, "introspect", shown, look(cx, shown).await).await
}

async fn look(cx: &Cx, shown: &Shown) -> Result<Value, NotServed> {
    let proved = prove(cx, shown).await?;
    if matches!(proved.client.auth, ClientAuth::Public) {
        // Anybody could scan for tokens in its name (RFC 7662 2.1).
        return Err(Refusal::new(ErrorCode::InvalidClient, "public").into());
    }
    let token = needed(shown, "token", "token-missing")?;
    let ticket = tickets::read(cx, &[TicketKind::Access, TicketKind::Refresh], token)?;
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("introspect").await?;
    proved.spend(tx.as_mut()).await?;
    let found = match ticket {
        Some(ticket) if cx.house.outside.open().is_ok() => open(cx, tx.as_mut(), ticket.visit)
            .await?
            .map(|(client, authorization)| (ticket, client, authorization)),
        _ => None,
    };
    let own = found.filter(|(ticket, client, authorization)| {
        // Of refresh tokens the newest alone counts.
        let newest =
            ticket.kind == TicketKind::Access || authorization.open(cx.now) == Some(ticket.generation);
        client.id == proved.client.id && newest
    });
    let mut said = json!({ "active": false });
    if let Some((ticket, client, authorization)) = own
        && let Ok((grant, ..)) = rests_on(cx, tx.as_mut(), (&client, &authorization), clocks).await?
    {
        said = json!({
            "active": true,
            "client_id": client.client_id,
            "sub": subject(cx, &client, grant.person)?,
            "scope": authorization.request.scopes.join(" "),
            "exp": ticket.until.as_second(),
            "iss": cx.house.policy.public_url,
            "sid": authorization.visit.to_string(),
        });
        if ticket.kind == TicketKind::Access
            && let Value::Object(said) = &mut said
        {
            said.insert("token_type".to_owned(), "Bearer".into());
            said.extend(grant.level.map(|level| ("acr".to_owned(), level.loa_uri().into())));
            // Whoever is shown it asks for this certificate (RFC 8705 3.2).
            let bound = authorization.bound_to.map(|to| URL_SAFE_NO_PAD.encode(to));
            said.extend(bound.map(|to| ("cnf".to_owned(), json!({ "x5t#S256": to }))));
        }
        let entry = Entry::new(EventKind::ClaimsTold, Actor::Unknown)
            .about(grant.person)
            .fact("service", &client.client_id)
            .fact("in-response-to", ticket_id(ticket.visit, ticket.generation))
            .fact("visit", authorization.visit)
            .fact("claims", "active")
            .fact("level", grant.level.map_or("none", AssuranceLevel::word))
            .fact("encrypted", false);
        record(cx, tx.as_mut(), entry).await?;
    }
    tx.commit().await?;
    Ok(said)
}
