//! An operator brought the database to this programme's version; the trail tells of it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;

/// Writes down that it was done, by whom, why, and with which version of the programme; administrators are told.
pub async fn note_migration(cx: &Cx, by: &Operator, version: &str) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("note_migration").await?;
    record(cx, tx.as_mut(), by.entry(EventKind::DatabaseMigrated).fact("version", version)).await?;
    tell_administrators(cx, tx.as_mut(), Template::DatabaseMigrated).await?;
    Ok(tx.commit().await?)
}
