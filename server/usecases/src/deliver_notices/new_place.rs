//! What one letter tells of the new places of some minutes (notice 12): read from the events that name them.

use super::compose::came_from;
use crate::context::House;
use crate::fault::Fault;
use crate::ports::people::CameFrom;
use crate::ports::store::Tx;
use crate::see_activity::personal;
use crate::strange_place::is_new_place;
use domain::audit::{EventKind, Row};
use domain::notice::Notice;
use std::collections::BTreeSet;

/// So many sign-ins and right passwords of hers are looked through, the newest first.
const ROWS: u32 = 200;

/// What the letter tells.
pub(super) struct Told {
    /// Where somebody signed in, else where the password was right; none where nothing is known any more.
    pub(super) from: Option<CameFrom>,
    /// Whether somebody signed in at a new place.
    pub(super) inside: bool,
    /// How many new places there were besides.
    pub(super) also: u32,
}

/// Reads what the letter tells. Where nothing is found it says the worse: that somebody signed in.
pub(super) async fn told(house: &House, tx: &mut dyn Tx, notice: &Notice) -> Result<Told, Fault> {
    let rows = seen(tx, notice).await?;
    let signed_in = |row: &&Row| row.kind == EventKind::SignedIn.word();
    let inside = rows.is_empty() || rows.iter().any(|row| signed_in(&row));
    let Ok(Some(key)) = tx.trail_key_of(notice.person).await else {
        return Ok(Told { from: None, inside, also: 0 });
    };
    let read = |row: &Row| came_from(personal(house, notice.person, &key, row));
    let from = rows.iter().find(signed_in).or(rows.first()).map(read);
    let places: BTreeSet<_> = rows.iter().map(read).map(|it| (it.address, it.agent)).collect();
    let also = u32::try_from(places.len().saturating_sub(1)).unwrap_or(u32::MAX);
    Ok(Told { from: from.filter(|from| !from.address.is_empty()), inside, also })
}

/// The events of new places within the letter's time, the oldest first.
async fn seen(tx: &mut dyn Tx, notice: &Notice) -> Result<Vec<Row>, Fault> {
    let time = notice.template.gathers().unwrap_or_default();
    let until = notice.at.saturating_add(time).unwrap_or(notice.at);
    let kinds = [EventKind::SignedIn.word(), EventKind::PasswordAccepted.word()];
    let mut rows = tx.rows_about(notice.person, &kinds, ROWS).await?;
    rows.retain(|row| row.at >= notice.at && row.at < until && is_new_place(row));
    rows.reverse();
    Ok(rows)
}
