//! Door A: an open session, two clicks, no other proof.

use crate::context::Cx;
use crate::fault::Fault;
use crate::suspend::{Receipt, suspend};
use crate::who::Here;
use domain::suspension::Door;

/// Blocks the login of whoever is signed in here. Who she is comes from the session, never from the request.
pub async fn block_by_session(cx: &Cx, here: &Here) -> Result<Receipt, Fault> {
    let mut tx = cx.house.store.begin_at_once("block_by_session").await?;
    let receipt = suspend(cx, tx.as_mut(), here.person.id, Door::Session).await?;
    tx.commit().await?;
    Ok(receipt)
}
