//! A place outside is begun anew: for one more machine, or where the old file is lost for good.

use crate::compare_outside::{know, make};
use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::outside::Apart;
use crate::ports::outside::OutsideFault;
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;

/// Why no place was begun.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// The configuration names none.
    #[error("the configuration names no place outside: [outside] file = …")]
    NotNamed,
    /// There is one.
    #[error("{0} is there already; nothing was changed")]
    IsThere(String),
    /// A recovery comes first.
    #[error("{0}")]
    Apart(Apart),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] OutsideFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotBegun {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Begins it. What the database knows is written to it from the first record on, so it proves nothing of what a restored
/// database forgot: after a restore, the old file is what counts.
pub async fn begin_outside(cx: &Cx, by: &Operator) -> Result<String, NotBegun> {
    let place = cx.house.outside.place().ok_or(NotBegun::NotNamed)?;
    if place.size().await?.is_some() {
        return Err(NotBegun::IsThere(place.name()));
    }
    // Who asked and why is written before there is a file: a crash after it leaves nothing nobody answers for.
    let mut tx = cx.house.store.begin("begin_outside").await?;
    tx.lock_outside().await?;
    if tx.recovery().await?.is_some() {
        return Err(NotBegun::Apart(Apart::Interrupted));
    }
    record(cx, tx.as_mut(), by.entry(EventKind::OutsideBegun).fact("by", "operator")).await?;
    tell_administrators(cx, tx.as_mut(), Template::OutsideBegun).await?;
    tx.commit().await?;
    let known = make(cx).await?.map_err(NotBegun::Apart)?;
    // A recovery that began meanwhile goes on: this file counts for as little as any other until it is done.
    let mut tx = cx.house.store.begin("note_outside").await?;
    know(cx, tx.as_mut(), &known).await?;
    tx.commit().await?;
    Ok(place.name())
}
