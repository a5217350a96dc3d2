//! Another administrator publishes a draft of the terms: from a day on, and for whom (NSIS 3.1.1, 4.1.2.3; security decision 22).

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
use domain::publication::{Binds, Decision, Draft, Published};
use domain::step_up::StepUpFor;
use domain::terms::TermsHash;

/// Publishes it, with a step-up made for terms: never who wrote it, and only the text she `read`. From the commit on every
/// instance knows of it.
pub async fn approve_terms(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    (id, read): (DraftId, TermsHash),
    decision: Decision,
) -> Result<Published, DraftFailed> {
    let mut tx = cx.house.store.begin("approve_terms").await?;
    // Before her own row: who waits for the draft holds nothing that another's notices need.
    let draft = tx.draft_for_update(id).await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Terms)).await??;
    match approve(cx, tx.as_mut(), here, (draft, read), decision).await {
        Ok(published) => {
            tx.commit().await?;
            Ok(published)
        }
        Err(refused) => {
            drop(tx);
            Err(refuse(cx, here, ("publishing", refused)).await?)
        }
    }
}

async fn approve(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    (draft, read): (Option<Draft>, TermsHash),
    decision: Decision,
) -> Result<Published, DraftFailed> {
    as_administrator(cx, tx, here).await?;
    let draft = draft.filter(|draft| !draft.has_run_out(cx.now)).ok_or(DraftFailed::Gone)?;
    let base = Base::of(cx, tx).await?;
    let by = (here.person.id, cx.now);
    let (draft, published) = draft.publish(by, read, decision, base.newest(), cx.today())?;
    tx.put_draft(&draft).await?;
    tx.keep_terms(&published.terms).await?;
    tx.publish_terms(&published, &draft.pages).await?;
    record(cx, tx, entry(here, &published)).await?;
    tell_administrators(cx, tx, Template::TermsHandled).await?;
    Ok(published)
}

fn entry(here: &Here, published: &Published) -> Entry {
    let entry = Entry::by(EventKind::TermsPublished, here.person.id)
        .fact("draft", published.draft)
        .fact("version", &published.terms.version)
        .fact("terms", published.terms.hash)
        .fact("replaces", published.replaces)
        .fact("holds-from", published.terms.date)
        .fact("binds", published.binds.word());
    match published.binds {
        Binds::Everybody { accept_by: Some(last) } => entry.fact("accept-by", last),
        Binds::Everybody { accept_by: None } | Binds::Newcomers => entry,
    }
}
