//! A proof made to find out which invitation is hers.

use super::{ProofFailed, Proved, may_enrol};
use crate::context::Cx;
use crate::fault::Fault;
use crate::invitation::invite;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::proofing::Assessed;

/// MitID first: the number finds the person, and her invitation is mailed to the channel HR holds. The page says the
/// same whether it found somebody or not.
pub(super) async fn find(cx: &Cx, assessed: &Assessed) -> Result<Proved, ProofFailed> {
    let indexes = cx.house.vault.macs(KeyUse::CprIndex, assessed.cpr().expose()).map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("find_invitation").await?;
    if let Some(person) = tx.person_by_cpr(&indexes).await?
        && may_enrol(cx, tx.as_mut(), person).await?
        && tx
            .associations_of(person)
            .await?
            .iter()
            .all(|it| it.closed_at.is_some() || it.activated_at.is_none())
    {
        let epoch = tx.standing(person).await?.epoch();
        let entry = Entry::by(EventKind::Invited, person).fact("after", "mitid");
        invite(cx, tx.as_mut(), (person, epoch), entry).await?;
    } else {
        let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", "nobody-to-invite");
        record(cx, tx.as_mut(), entry).await?;
    }
    tx.commit().await?;
    Ok(Proved::Finding)
}
