//! The terms she accepted, each with its receipt (page 42).

use crate::context::Cx;
use crate::fault::Fault;
use crate::who::Here;
use domain::terms::TermsAcceptance;

/// Her accepts with what people call the version, the newest first.
pub async fn see_terms(cx: &Cx, here: &Here) -> Result<Vec<(TermsAcceptance, String)>, Fault> {
    let mut tx = cx.house.store.look("see_terms").await?;
    Ok(tx.acceptances_of(here.person.id).await?)
}
