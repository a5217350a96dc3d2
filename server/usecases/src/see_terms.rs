//! The terms she accepted, each with its receipt (page 42).

use crate::context::Cx;
use crate::fault::Fault;
use crate::terms_in_force::terms_in_force;
use crate::who::Here;
use domain::terms::{TermsAcceptance, TermsHash};

/// Her accepts with what people call the version, the newest first; and the version that holds now.
pub async fn see_terms(cx: &Cx, here: &Here) -> Result<(Vec<(TermsAcceptance, String)>, TermsHash), Fault> {
    let mut tx = cx.house.store.reading("see_terms").await?;
    let current = terms_in_force(cx, tx.as_mut()).await?.terms.hash;
    Ok((tx.acceptances_of(here.person.id).await?, current))
}
