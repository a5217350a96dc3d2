//! A draft of the terms that nobody goes on with ends by itself: what somebody wrote a season ago is not what is published by
//! a slip today, and the next draft can be begun.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::tell_administrators;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::notice::Template;

/// Ends the draft that goes on, once it has run out; says whether it did. Every administrator hears of it.
pub async fn expire_terms(cx: &Cx) -> Result<bool, Fault> {
    // Looked up without the writer's lock: most times there is nothing to do.
    let open = cx.house.store.look("expire_terms").await?.open_draft().await?;
    let Some(open) = open.filter(|draft| draft.has_run_out(cx.now)) else { return Ok(false) };
    let mut tx = cx.house.store.begin("expire_terms").await?;
    // Read again: another instance, or an administrator, may have come first.
    let Some(draft) = tx.draft_for_update(open.id).await? else { return Ok(false) };
    let Ok(draft) = draft.run_out(cx.now) else { return Ok(false) };
    tx.put_draft(&draft).await?;
    let entry = Entry::by_system(EventKind::TermsDraftRanOut);
    record(cx, tx.as_mut(), entry.fact("draft", draft.id).fact("version", &draft.version)).await?;
    tell_administrators(cx, tx.as_mut(), Template::TermsHandled).await?;
    tx.commit().await?;
    Ok(true)
}
