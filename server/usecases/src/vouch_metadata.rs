//! An administrator has looked at what waits, and takes it: she vouches for what nobody signed (security decision 26).

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::Operator;
use crate::ports::saml::MetadataLine;
use crate::ports::store::StoreFault;
use crate::take_metadata::{Outcome, read, settle};

/// Why nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum NotVouched {
    /// No such connection, or none whose metadata is fetched.
    #[error("no connection of this entity id has an address its metadata is fetched from")]
    Unknown,
    /// It cannot be used; says what is wrong.
    #[error("{0}")]
    Trouble(String),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotVouched {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Fetches it now and takes whatever it changes; gives what changed. A pinned signature is demanded all the same.
pub async fn vouch_metadata(
    cx: &Cx,
    line: &dyn MetadataLine,
    entity_id: &str,
    by: &Operator,
    loopback_http: bool,
) -> Result<Vec<&'static str>, NotVouched> {
    let mut tx = cx.house.store.look("vouch_metadata").await?;
    let rp = tx.relying_party_by_entity(entity_id).await?.ok_or(NotVouched::Unknown)?;
    drop(tx);
    let source = rp.source.clone().ok_or(NotVouched::Unknown)?;
    let fetched = line.fetch(&source.url).await;
    let version = read(cx, &rp, &source, fetched, loopback_http);
    let mut tx = cx.house.store.begin("vouch_metadata").await?;
    let outcome = settle(cx, tx.as_mut(), (&rp, &source), version, Some(by)).await?;
    tx.commit().await?;
    match outcome {
        Outcome::Taken(changes) | Outcome::Waits(changes) => Ok(changes),
        Outcome::Same => Ok(Vec::new()),
        Outcome::Trouble(trouble) => Err(NotVouched::Trouble(trouble)),
        Outcome::Gone => Err(NotVouched::Unknown),
    }
}
