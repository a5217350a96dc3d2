//! An auditor names the case for which she reads what is kept of somebody, where that is restricted (GDPR article 18).

use crate::auditor::{NotAuditor, auditor, only_auditor};
use crate::context::Cx;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::who::Here;
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::restriction::Case;

/// Why no case is noted.
#[derive(Debug, thiserror::Error)]
pub enum NotNamed {
    /// She is no auditor.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// There is nobody of that id any more.
    #[error("nobody of that id")]
    Nobody,
}

impl From<StoreFault> for NotNamed {
    fn from(fault: StoreFault) -> Self {
        Self::NotAuditor(fault.into())
    }
}

/// Notes the case, in the trail of whom it is about; she reads what is restricted for a day from then on.
pub async fn name_case(cx: &Cx, here: &Here, person: PersonId, case: &Case) -> Result<(), NotNamed> {
    only_auditor(cx, here, "case").await?;
    let mut tx = cx.house.store.begin("name_case").await?;
    auditor(cx, tx.as_mut(), here).await?;
    if tx.person(person).await?.is_none() {
        return Err(NotNamed::Nobody);
    }
    let entry = Entry::new(EventKind::CaseNamed, Actor::Person(here.person.id)).about(person);
    record(cx, tx.as_mut(), entry.fact("case", case)).await.map_err(NotAuditor::from)?;
    Ok(tx.commit().await?)
}
