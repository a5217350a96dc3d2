//! The computer says yes to the name of what the phone made: only now it counts (security decision 20).

use crate::apps::add_app;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::on_phone::{AtDesk, at_desk, keep, key_made, seed_offered};
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Sealed};
use crate::register_passkey::{self, PasskeyRefused};
use crate::who::Here;
use domain::enrolment::NotNow;
use domain::factor::{Authority, NotAdded};
use domain::ids::{FactorId, FlowId};
use domain::on_phone::{Ground, NewMean, NotNext};

/// Why nothing is added.
#[derive(Debug, thiserror::Error)]
pub enum PhoneNotConfirmed {
    /// Nothing waits for a yes: nothing was made yet, or it ended.
    #[error(transparent)]
    NotNext(#[from] NotNext),
    /// The rules of her portfolio. What was made is gone.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// The key is registered already. What was made is gone.
    #[error("registered already")]
    Known,
    /// The hour after the proof of this enrolment is over.
    #[error("the proof is over")]
    NotNow(#[source] NotNow, FlowId),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PhoneNotConfirmed {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PhoneNotConfirmed {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<PasskeyRefused> for PhoneNotConfirmed {
    fn from(refused: PasskeyRefused) -> Self {
        match refused {
            PasskeyRefused::NotAdded(not) => Self::NotAdded(not),
            PasskeyRefused::NoFlow(gone) => Self::NoFlow(gone),
            PasskeyRefused::Known => Self::Known,
            // Decided on the phone, before anything was made.
            PasskeyRefused::Name
            | PasskeyRefused::Answer(_)
            | PasskeyRefused::NotAdmitted(_)
            | PasskeyRefused::NotFresh(_)
            | PasskeyRefused::NotNow(_) => Self::NotNext(NotNext),
        }
    }
}

/// Adds what the phone made, once; gives on what ground it was, for the page to go back to.
pub async fn confirm_phone(
    cx: &Cx,
    here: Option<&Here>,
    id: FlowId,
) -> Result<(Ground, FactorId), PhoneNotConfirmed> {
    let mut tx = cx.house.store.begin("confirm_phone").await?;
    let AtDesk { flow: desk, on_phone, person, enrolment } = at_desk(cx, tx.as_mut(), here, id).await?;
    let ground = on_phone.ground;
    let (over, made) = on_phone.confirmed()?;
    let by = match (ground, enrolment) {
        (Ground::Account(shown), _) => Authority::StepUp(shown),
        (Ground::Enrolment(id), Some(flow)) => {
            let proof = flows::enrolment(&flow)?.proof(cx.now);
            Authority::Proof(proof.map_err(|not| PhoneNotConfirmed::NotNow(not, id))?)
        }
        (Ground::Enrolment(_), None) => return Err(NoFlow::Gone.into()),
    };
    let whose = (person, made.name);
    let added: Result<FactorId, PhoneNotConfirmed> = match made.what {
        NewMean::App { seed, step } => {
            let place = seed_offered(id);
            let seed =
                cx.house.vault.open(KeyUse::Seeds, &place, &Sealed(seed.sealed)).map_err(Fault::from)?;
            add_app(cx, tx.as_mut(), whose, (&seed, step), &by).await?.map_err(Into::into)
        }
        NewMean::Key { sealed, .. } => {
            let place = key_made(id);
            let clear = cx.house.vault.open(KeyUse::Memory, &place, &Sealed(sealed)).map_err(Fault::from)?;
            let new = serde_json::from_slice(&clear).map_err(|_| Fault::Encoding)?;
            register_passkey::add_in(cx, tx.as_mut(), whose, new, &by).await?.map_err(Into::into)
        }
    };
    // Refused or added, it is over, and both sides are told which.
    let over = if added.is_ok() { over } else { over.refused() };
    keep(cx, tx.as_mut(), desk, over).await?;
    tx.commit().await?;
    let added = added?;
    Ok((ground, added))
}
