//! An administrator withdraws a draft of the terms: her own, or another's. Nothing comes to hold by it, so no step-up is asked.

use crate::context::Cx;
use crate::operator::tell_administrators;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::terms_draft::{DraftFailed, as_administrator, refuse};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::DraftId;
use domain::notice::Template;

/// Withdraws it. Every administrator hears of it.
pub async fn withdraw_terms(cx: &Cx, here: &Here, id: DraftId) -> Result<(), DraftFailed> {
    let mut tx = cx.house.store.begin("withdraw_terms").await?;
    match withdraw(cx, tx.as_mut(), here, id).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(refused) => {
            drop(tx);
            Err(refuse(cx, here, ("withdrawing", refused)).await?)
        }
    }
}

async fn withdraw(cx: &Cx, tx: &mut dyn Tx, here: &Here, id: DraftId) -> Result<(), DraftFailed> {
    as_administrator(cx, tx, here).await?;
    let draft = tx.draft_for_update(id).await?.ok_or(DraftFailed::Gone)?;
    let draft = draft.withdraw(here.person.id, cx.now)?;
    tx.put_draft(&draft).await?;
    let entry = Entry::by(EventKind::TermsDraftWithdrawn, here.person.id);
    record(cx, tx, entry.fact("draft", id).fact("version", &draft.version)).await?;
    Ok(tell_administrators(cx, tx, Template::TermsHandled).await?)
}
