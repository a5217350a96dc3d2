//! Where her notices go, as it was before somebody else may have sat at her login (security decision 12).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::contact::ChannelKind;
use domain::ids::PersonId;

/// What was changed within the hour before the block, or after it, counts no more, and what HR holds does; nothing older
/// comes back. Before anything is told of `during`, what ends the block, by whom. Her row is locked.
pub(crate) async fn take_back_contact(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, blocked_at): (PersonId, Timestamp),
    (by, during): (&Actor, &'static str),
) -> Result<(), Fault> {
    let channels = tx.channels_of(person).await?;
    for kind in ChannelKind::ALL.into_iter().filter(|kind| channels.suspect(*kind, blocked_at)) {
        tx.forget_channel(person, kind).await?;
        let entry = Entry::new(EventKind::ContactTakenBack, by.clone()).about(person);
        record(cx, tx, entry.fact("kind", kind.word()).fact("during", during)).await?;
    }
    Ok(())
}
