//! Whoever began a draft of the terms writes it, page by page. Nothing comes to hold by it.

use crate::context::Cx;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::terms_draft::{DraftFailed, as_administrator, refuse};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::DraftId;
use domain::publication::{Draft, Spread};

/// Writes one page; the one after the last adds a page, and a page without any text is taken away. Gives how many there are.
pub async fn write_terms(
    cx: &Cx,
    here: &Here,
    id: DraftId,
    page: u8,
    spread: Spread,
) -> Result<u8, DraftFailed> {
    let mut tx = cx.house.store.begin("write_terms").await?;
    match write(cx, tx.as_mut(), here, (id, page, spread)).await {
        Ok(draft) => {
            tx.commit().await?;
            Ok(draft.pages.count())
        }
        Err(refused) => {
            drop(tx);
            Err(refuse(cx, here, ("writing", refused)).await?)
        }
    }
}

async fn write(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    (id, page, spread): (DraftId, u8, Spread),
) -> Result<Draft, DraftFailed> {
    as_administrator(cx, tx, here).await?;
    let draft = tx.draft_for_update(id).await?;
    let draft = draft.filter(|draft| !draft.has_run_out(cx.now)).ok_or(DraftFailed::Gone)?;
    let draft = draft.write(here.person.id, page, spread)?;
    tx.put_draft(&draft).await?;
    let entry = Entry::by(EventKind::TermsDraftWritten, here.person.id);
    record(cx, tx, entry.fact("draft", id).fact("page", page).fact("terms", draft.hash())).await?;
    Ok(draft)
}
