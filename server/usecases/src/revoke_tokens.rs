//! An application gives a token back (RFC 7009): with it goes everything of the same authorization.

use crate::context::Cx;
use crate::prove_client::{NotServed, Shown, needed, noted, prove};
use crate::record::{Entry, record};
use crate::tickets;
use domain::audit::{Actor, EventKind};
use domain::oidc::ticket::TicketKind;

/// Ends what the token stands for. One that is unknown, over or another's changes nothing, and the answer is the same.
pub async fn revoke_tokens(cx: &Cx, shown: &Shown) -> Result<(), NotServed> {
    noted(cx, "revoke", shown, revoke(cx, shown).await).await
}

async fn revoke(cx: &Cx, shown: &Shown) -> Result<(), NotServed> {
    let proved = prove(cx, shown).await?;
    let token = needed(shown, "token", "token-missing")?;
    let ticket = tickets::read(cx, &[TicketKind::Access, TicketKind::Refresh], token)?;
    let mut tx = cx.house.store.begin("revoke_tokens").await?;
    proved.spend(tx.as_mut()).await?;
    if let Some(ticket) = ticket
        && let Some(authorization) = tx.authorization_for_update(ticket.visit).await?
        && authorization.request.relying_party == proved.client.id
        && authorization.open(cx.now).is_some()
    {
        let entry = Entry::new(EventKind::TokenRevoked, Actor::Unknown)
            .about(authorization.person)
            .fact("service", &proved.client.client_id)
            .fact("visit", authorization.visit);
        tx.save_authorization(&authorization.ended()).await?;
        record(cx, tx.as_mut(), entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
