//! The browser comes for the message that a form left for it.

use crate::context::Cx;
use crate::ports::saml::Inbound;
use crate::receive_request::{Received, RequestRefused, note_refused, receive_request};
use crate::who::Here;
use domain::ids::PostedId;

/// Takes the message this names, once, and receives it as one that came by redirect.
pub async fn receive_posted(cx: &Cx, here: Option<Here>, id: PostedId) -> Result<Received, RequestRefused> {
    let mut tx = cx.house.store.begin("receive_posted").await?;
    let posted = tx.take_posted(id).await?;
    tx.commit().await?;
    let Some(posted) = posted.filter(|posted| cx.now < posted.until) else {
        let gone = RequestRefused::Replayed;
        note_refused(cx, &gone).await?;
        return Err(gone);
    };
    let message = Inbound::Posted { message: &posted.message, relay_state: posted.relay_state.as_deref() };
    Box::pin(receive_request(cx, here, message)).await
}
