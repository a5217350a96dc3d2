//! Which terms hold. Read wherever it is decided, in the same transaction, so that every instance says the same from the
//! moment a version is published; before any is, the files' version holds.

use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use domain::Date;
use domain::publication::{InForce, Pages, Published};
use domain::terms::TermsVersion;

/// The terms that hold today.
pub(crate) async fn terms_in_force(cx: &Cx, tx: &mut dyn Tx) -> Result<InForce, StoreFault> {
    terms_on(&cx.house, tx, cx.today()).await
}

/// The same, of what was read already in this transaction.
pub(crate) fn terms_of(cx: &Cx, published: &[Published]) -> InForce {
    InForce::of(published, (cx.house.terms.version(), cx.house.terms.accept_by()), cx.today())
}

/// The terms that hold on a day.
pub(crate) async fn terms_on(house: &House, tx: &mut dyn Tx, day: Date) -> Result<InForce, StoreFault> {
    let published = tx.published_terms().await?;
    Ok(InForce::of(&published, (house.terms.version(), house.terms.accept_by()), day))
}

/// The terms that hold today, with what they say.
pub async fn see_terms_in_force(cx: &Cx) -> Result<(TermsVersion, Pages), Fault> {
    let mut tx = cx.house.store.reading("see_terms_in_force").await?;
    let terms = terms_in_force(cx, tx.as_mut()).await?.terms;
    let pages = pages_of(cx, tx.as_mut(), &terms).await?;
    Ok((terms, pages))
}

/// What a version says. A text that is not the one that was published is none: nobody is shown, and nobody accepts,
/// something else.
pub(crate) async fn pages_of(cx: &Cx, tx: &mut dyn Tx, terms: &TermsVersion) -> Result<Pages, StoreFault> {
    if terms.hash == cx.house.terms.version().hash {
        return Ok(cx.house.terms.pages());
    }
    let pages = tx.published_pages(terms.hash).await?;
    let pages = pages.filter(|pages| pages.hash(&terms.version) == terms.hash);
    pages.ok_or(StoreFault::Unreadable("terms that are not as they were published"))
}
