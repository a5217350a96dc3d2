//! A second click on the first door comes when the session has ended by the first: what that one did is shown, not that
//! nothing was.

use crate::context::Cx;
use crate::fault::Fault;
use crate::suspend::{ECHO, Receipt, blocked_by};
use domain::ids::PersonId;
use domain::suspension::Door;

/// The receipt of her block out of an open session, when it is so fresh that this click was one with that. For a browser
/// that holds the cookie of a session of hers, which ended.
pub async fn echo_of_block(cx: &Cx, person: PersonId) -> Result<Option<Receipt>, Fault> {
    let mut tx = cx.house.store.look("echo_of_block").await?;
    let last = blocked_by(tx.as_mut(), person, Door::Session).await?;
    Ok(last.filter(|receipt| cx.now.duration_since(receipt.at) < ECHO))
}
