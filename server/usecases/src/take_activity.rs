//! Her own activity as a table (page 39): all of it that is kept, where the page shows the latest.

use crate::context::Cx;
use crate::fault::Fault;
use crate::own_data::EVENTS;
use crate::see_activity::{Happened, Which, happened};
use crate::who::Here;

/// Reads it, the newest first. Only ever her own: who she is comes from the session, never from the request.
pub async fn take_activity(cx: &Cx, here: &Here) -> Result<Vec<Happened>, Fault> {
    let mut tx = cx.house.store.reading("take_activity").await?;
    happened(cx, tx.as_mut(), here.person.id, Which::All, EVENTS).await
}
