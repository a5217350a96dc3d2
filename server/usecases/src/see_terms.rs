//! The terms she accepted, each with its receipt, and the ones she has still to accept (page 42).

use crate::context::Cx;
use crate::fault::Fault;
use crate::terms_in_force::terms_of;
use crate::who::Here;
use domain::Date;
use domain::publication::{Binds, InForce, Published};
use domain::terms::{TermsAcceptance, TermsHash};

/// What she accepted, and what comes.
#[derive(Clone, Debug)]
pub struct OwnTerms {
    /// Her accepts with what people call the version, the newest first.
    pub accepts: Vec<(TermsAcceptance, String)>,
    /// The version that holds now.
    pub current: TermsHash,
    /// A version she has not accepted: the one that holds, where her accept is not enough for it, else the next one that was
    /// published and does not hold yet.
    pub new: Option<NewTerms>,
}

/// A version she has not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTerms {
    /// What people call it.
    pub version: String,
    /// The first day it holds.
    pub from: Date,
    /// Whether that day is here.
    pub holds: bool,
    /// Whether she must accept it.
    pub asks: bool,
    /// The last day to do so; none: she is asked at a sign-in and at no time else.
    pub accept_by: Option<Date>,
}

/// Reads them. Only ever her own: who she is comes from the session, never from the request.
pub async fn see_terms(cx: &Cx, here: &Here) -> Result<OwnTerms, Fault> {
    let mut tx = cx.house.store.reading("see_terms").await?;
    let published = tx.published_terms().await?;
    let in_force = terms_of(cx, &published);
    let accepts = tx.acceptances_of(here.person.id).await?;
    let accepted = accepts.first().map(|(accept, _)| accept.accepted.terms);
    let new = if in_force.settled_by(accepted) { coming(cx, &published) } else { Some(owed(&in_force)) };
    Ok(OwnTerms { accepts, current: in_force.terms.hash, new })
}

fn owed(in_force: &InForce) -> NewTerms {
    let (version, from) = (in_force.terms.version.clone(), in_force.terms.date);
    NewTerms { version, from, holds: true, asks: true, accept_by: in_force.accept_by }
}

/// The next one of those that were published, the newest first.
fn coming(cx: &Cx, published: &[Published]) -> Option<NewTerms> {
    let next = published.iter().rev().find(|it| cx.today() < it.terms.date)?;
    let (asks, accept_by) = match next.binds {
        Binds::Everybody { accept_by } => (true, accept_by),
        Binds::Newcomers => (false, None),
    };
    let (version, from) = (next.terms.version.clone(), next.terms.date);
    Some(NewTerms { version, from, holds: false, asks, accept_by })
}
