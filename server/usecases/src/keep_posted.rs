//! A service asks by a form of its own site: no cookie comes with it, so what is genuine waits for the browser to look
//! (security decision 4).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::saml::{Inbound, NotTaken};
use crate::ports::store::Posted;
use crate::receive_request::{RequestRefused, note_refused};
use domain::SignedDuration;
use domain::ids::PostedId;

/// How long it waits for its browser, which is on its way.
pub const POSTED_HOLDS: SignedDuration = SignedDuration::from_secs(60);

/// Keeps a message whose signature holds and gives its name, for the browser to come back with. What becomes of it is
/// decided then, and leaves its event then. Nothing else is kept, so strangers fill no table.
pub async fn keep_posted(
    cx: &Cx,
    message: &str,
    relay_state: Option<&str>,
) -> Result<PostedId, RequestRefused> {
    match kept(cx, message, relay_state).await {
        Ok(id) => Ok(id),
        Err(refused) => {
            note_refused(cx, &refused).await?;
            Err(refused)
        }
    }
}

async fn kept(cx: &Cx, message: &str, relay_state: Option<&str>) -> Result<PostedId, RequestRefused> {
    let inbound = Inbound::Posted { message, relay_state };
    let claimed = cx.house.saml.claimed(inbound)?;
    let mut tx = cx.house.store.look("keep_posted").await?;
    let rp = tx.relying_party_by_entity(&claimed.entity_id).await?.ok_or(RequestRefused::Unknown)?;
    drop(tx);
    match cx.house.saml.read(inbound, &rp, cx.now) {
        // A genuine sender that asks for what we do not do is told so, once its browser is here.
        Ok(_) | Err(NotTaken { tell: Some(_), .. }) => {}
        Err(refused) => return Err(refused.into()),
    }
    let posted = Posted {
        id: cx.handle().map_err(Fault::from)?,
        relying_party: rp.id,
        message_id: claimed.message_id,
        message: message.to_owned(),
        relay_state: relay_state.map(str::to_owned),
        until: cx.now.saturating_add(POSTED_HOLDS).unwrap_or(cx.now),
    };
    let mut tx = cx.house.store.begin("keep_posted").await?;
    if !tx.add_posted(&posted).await? {
        return Err(RequestRefused::Replayed);
    }
    tx.commit().await?;
    Ok(posted.id)
}
