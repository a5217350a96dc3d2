//! Whoever wrote a draft of the terms says that it is written: from then on its text stays, and another administrator may
//! publish it (security decision 22).

use crate::context::Cx;
use crate::operator::tell_administrators;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::show_step_up::spend_step_up;
use crate::terms_draft::{Base, DraftFailed, as_administrator, refuse};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::{DraftId, FlowId};
use domain::notice::Template;
use domain::publication::Draft;
use domain::step_up::StepUpFor;

/// Proposes it, with a step-up made for terms. Every administrator hears of it.
pub async fn propose_terms(cx: &Cx, here: &Here, step_up: FlowId, id: DraftId) -> Result<(), DraftFailed> {
    let mut tx = cx.house.store.begin("propose_terms").await?;
    // Before her own row: who waits for the draft holds nothing that another's notices need.
    let draft = tx.draft_for_update(id).await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Terms)).await??;
    match propose(cx, tx.as_mut(), here, draft).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(refused) => {
            drop(tx);
            Err(refuse(cx, here, ("proposing", refused)).await?)
        }
    }
}

async fn propose(cx: &Cx, tx: &mut dyn Tx, here: &Here, draft: Option<Draft>) -> Result<(), DraftFailed> {
    as_administrator(cx, tx, here).await?;
    let draft = draft.filter(|draft| !draft.has_run_out(cx.now)).ok_or(DraftFailed::Gone)?;
    let base = Base::of(cx, tx).await?;
    let draft = draft.propose(here.person.id, base.newest(), cx.now)?;
    tx.put_draft(&draft).await?;
    let entry = Entry::by(EventKind::TermsProposed, here.person.id)
        .fact("draft", draft.id)
        .fact("version", &draft.version)
        .fact("terms", draft.hash())
        .fact("replaces", draft.replaces);
    record(cx, tx, entry).await?;
    Ok(tell_administrators(cx, tx, Template::TermsHandled).await?)
}
