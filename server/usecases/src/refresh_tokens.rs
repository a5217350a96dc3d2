//! An application exchanges its refresh token for newer tokens (RFC 6749 6). One that comes a second time was copied: nobody
//! can tell which of the two who hold it is the thief, so what came of it ends and the login is held (security decision 8;
//! RFC 9700 4.14.2).

use crate::context::Cx;
use crate::hold::hold;
use crate::mint::{Due, Tokens, mint, over};
use crate::ports::store::Tx;
use crate::prove_client::{NotServed, Proved, Shown, invalid_grant, needed, noted, prove};
use crate::record::{Entry, record, tell};
use crate::tickets;
use crate::watch_clocks::clocks_to_issue;
use domain::audit::{Actor, EventKind};
use domain::notice::Template;
use domain::oidc::authorization::{Authorization, NotRefreshed};
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::ticket::TicketKind;
use domain::standing::Origin;

/// The reason of the hold.
const REUSED: &str = "refresh-token-reused";

/// Exchanges it.
pub async fn refresh_tokens(cx: &Cx, shown: &Shown) -> Result<Tokens, NotServed> {
    noted(cx, "token", shown, refresh(cx, shown).await).await
}

async fn refresh(cx: &Cx, shown: &Shown) -> Result<Tokens, NotServed> {
    cx.house.outside.open()?;
    let proved = prove(cx, shown).await?;
    if !proved.client.refresh {
        return Err(Refusal::new(ErrorCode::UnauthorizedClient, "no-refresh").into());
    }
    let token = needed(shown, "refresh_token", "refresh-missing")?;
    let ticket = tickets::read(cx, &[TicketKind::Refresh], token)?;
    let ticket = ticket.ok_or_else(|| invalid_grant("refresh-unknown"))?;
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("refresh_tokens").await?;
    proved.spend(tx.as_mut()).await?;
    let Some(authorization) = tx.authorization_for_update(ticket.visit).await? else {
        return Err(invalid_grant("refresh-unknown"));
    };
    if authorization.request.relying_party != proved.client.id {
        let entry = told(&proved, &authorization).fact("why", "refresh-other-client");
        return Err(over(cx, tx, authorization, entry, "refresh-other-client").await?);
    }
    // What is asked for anew may be less, and is not worth the difference: the same or nothing (RFC 6749 6).
    let scopes = &authorization.request.scopes;
    if shown.get("scope").is_some_and(|asked| asked.split(' ').any(|one| !scopes.iter().any(|it| it == one)))
    {
        return Err(Refusal::new(ErrorCode::InvalidScope, "refresh-scope").into());
    }
    match authorization.clone().refresh(ticket.generation, cx.now) {
        Ok(open) => {
            // It may have changed its certificate meanwhile: what counts is who it is (RFC 8705 7.1).
            let open = open.bound(proved.certificate);
            let due =
                Due { client: &proved.client, authorization: open, event: EventKind::TokenRenewed, clocks };
            mint(cx, tx, due).await
        }
        Err(NotRefreshed::Over) => Err(invalid_grant("refresh-over")),
        Err(NotRefreshed::Twice) => Err(stop(cx, tx, &proved, authorization).await?),
    }
}

fn told(proved: &Proved, authorization: &Authorization) -> Entry {
    Entry::new(EventKind::TokenReused, Actor::Unknown)
        .about(authorization.person)
        .fact("service", &proved.client.client_id)
        .fact("visit", authorization.visit)
}

/// Holds her login, tells her and every service that can be told.
async fn stop(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    proved: &Proved,
    authorization: Authorization,
) -> Result<NotServed, NotServed> {
    let person = authorization.person;
    let entry = told(proved, &authorization).fact("why", "refresh-used-twice");
    hold(cx, tx.as_mut(), person, &Actor::System, (Origin::Security, REUSED)).await?;
    tx.save_authorization(&authorization.ended()).await?;
    record(cx, tx.as_mut(), entry).await?;
    tell(cx, tx.as_mut(), person, Template::TokenReused).await?;
    tx.commit().await?;
    Ok(invalid_grant("refresh-used-twice"))
}
