//! An administrator begins a draft of new terms, with the pages of the newest version (NSIS 3.1.1; security decision 22).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::terms_draft::{Base, DraftFailed, as_administrator, refuse};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::DraftId;
use domain::publication::Draft;

/// Begins it. One draft goes on at a time, so that nobody publishes past another.
pub async fn begin_terms(cx: &Cx, here: &Here, version: &str) -> Result<DraftId, DraftFailed> {
    let mut tx = cx.house.store.begin("begin_terms").await?;
    match begin(cx, tx.as_mut(), here, version).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(id)
        }
        Err(refused) => {
            drop(tx);
            Err(refuse(cx, here, ("beginning", refused)).await?)
        }
    }
}

async fn begin(cx: &Cx, tx: &mut dyn Tx, here: &Here, version: &str) -> Result<DraftId, DraftFailed> {
    as_administrator(cx, tx, here).await?;
    if tx.open_draft().await?.is_some() {
        return Err(DraftFailed::Another);
    }
    let (base, files) = (Base::of(cx, tx).await?, cx.house.terms.version());
    let names = base.published.iter().map(|it| it.terms.version.as_str());
    let names = names.chain([files.version.as_str()]);
    let id: DraftId = cx.id().map_err(Fault::from)?;
    let draft = Draft::begin(id, version, base.newest(), names, (here.person.id, cx.now))?;
    // Another may have begun one at this very moment.
    if !tx.add_draft(&draft).await? {
        return Err(DraftFailed::Another);
    }
    let entry = Entry::by(EventKind::TermsDraftBegun, here.person.id)
        .fact("draft", id)
        .fact("version", &draft.version)
        .fact("replaces", draft.replaces);
    record(cx, tx, entry).await?;
    Ok(id)
}
