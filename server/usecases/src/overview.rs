//! What a signed-in person sees of herself.

use crate::context::Cx;
use crate::fault::Fault;
use crate::means;
pub use crate::means::Named;
use crate::who::Here;
use domain::Timestamp;
use domain::association::Association;
use domain::audit::EventKind;
use domain::ids::FactorId;
use domain::printed::PrintedKind;
use domain::reconfirmation::Proved;
use domain::role::Role;
use std::collections::BTreeSet;

/// Her own overview.
#[derive(Debug)]
pub struct Overview {
    /// Her relations.
    pub associations: Vec<Association>,
    /// Her login methods, of every kind.
    pub methods: Vec<Named>,
    /// Those that count for anything: one whose model is denied by now is hers still, and no way in.
    pub counting: BTreeSet<FactorId>,
    /// When she was proved last, and what HR changed since.
    pub proved: Option<Proved>,
    /// What people call the version of the terms she accepted last.
    pub accepted: Option<String>,
    /// Her roles, waiting and held.
    pub roles: Vec<Role>,
    /// When she signed in the time before this one: what she does not know of, somebody else did.
    pub signed_in_before: Option<Timestamp>,
    /// How many recovery codes are left on her sheet.
    pub recovery: u32,
}

/// Reads it. Only ever her own: who she is comes from the session, never from the request.
pub async fn overview(cx: &Cx, here: &Here) -> Result<Overview, Fault> {
    let id = here.person.id;
    let mut tx = cx.house.store.reading("overview").await?;
    let methods = means::of(cx, tx.as_mut(), id).await?;
    Ok(Overview {
        associations: tx.associations_of(id).await?,
        methods: means::named(tx.as_mut(), id).await?,
        counting: methods.means().iter().filter(|mean| mean.counts()).map(|mean| mean.id).collect(),
        proved: tx.proved(id).await?,
        accepted: tx.acceptances_of(id).await?.into_iter().next().map(|(_, version)| version),
        roles: tx.roles_of(id).await?,
        signed_in_before: tx.rows_about(id, &[EventKind::SignedIn.word()], 2).await?.get(1).map(|row| row.at),
        recovery: tx.printed_left(id, PrintedKind::Recovery).await?,
    })
}
