//! An operator is about to make a new store of people's own keys of the trail, the one before being gone for good: what lay
//! sealed under its keys opens no more.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;

/// Writes down that it is made, by whom and why; administrators are told. It comes before the deed and needs no store of
/// people's own keys: interrupted, the command is run again and says so again.
pub async fn note_new_store(cx: &Cx, by: &Operator) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("note_new_store").await?;
    record(cx, tx.as_mut(), by.entry(EventKind::PersonKeysReplaced).fact("store", "new")).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    Ok(tx.commit().await?)
}
