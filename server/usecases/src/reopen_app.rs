//! Reopening, step three for who keeps no factor: a new app, kept aside until everything is confirmed. Rests on the
//! same proof as the rest, so there is never a dead end, and never a login with a password alone.

use crate::authenticator::{self, SEED_BYTES};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record, seed_place};
use crate::register_app::{AppOffer, accepted_step};
use crate::register_passkey::PasskeyRefused;
use domain::audit::EventKind;
use domain::enrolment::PendingSeed;
use domain::factor::{Added, AuthenticatorApp, FactorName};
use domain::flow::{About, Flow};
use domain::ids::{FactorId, FlowId};
use domain::reopening::{NewApp, NotYet, Reopening, ReopeningStep};
use zeroize::Zeroizing;

/// Why no app is staged.
#[derive(Debug, thiserror::Error)]
pub enum NewAppRefused {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The code does not match; the seed stays offered.
    #[error("the code does not match")]
    Code,
    /// The key was not taken; the next question begins anew.
    #[error(transparent)]
    Key(PasskeyRefused),
    /// Another step comes first, or the hour is over.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NewAppRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NewAppRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

impl From<PasskeyRefused> for NewAppRefused {
    fn from(refused: PasskeyRefused) -> Self {
        match refused {
            PasskeyRefused::NoFlow(gone) => Self::NoFlow(gone),
            refused => Self::Key(refused),
        }
    }
}

/// Offers a seed; the same one again while it waits, so that a reload does not break what was just scanned.
pub async fn offer_new_app(cx: &Cx, id: FlowId) -> Result<AppOffer, NewAppRefused> {
    let mut tx = cx.house.store.begin("offer_new_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = at_step(cx, &flow)?;
    let person = tx.person(reopening.person).await?.ok_or(NoFlow::Gone)?;
    let seed = match pending(cx, id, &reopening)? {
        Some(seed) => seed,
        None => {
            let mut seed = Zeroizing::new(vec![0u8; SEED_BYTES]);
            cx.house.entropy.fill(&mut seed).map_err(Fault::from)?;
            let sealed = cx.house.vault.seal(KeyUse::Seeds, &offer_place(id), &seed).map_err(Fault::from)?;
            let offered = reopening.offer_seed(PendingSeed { sealed: sealed.0, at: cx.now }, cx.now)?;
            tx.save_flow(&onward(cx, flow, offered)).await?;
            let entry = Entry::by(EventKind::FactorOffered, person.id).fact("during", "reopening");
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
            seed
        }
    };
    let (secret, address) =
        authenticator::offer(&seed, &cx.house.policy.municipality, person.user_name.as_str())?;
    Ok(AppOffer { secret: Zeroizing::new(secret), address: Zeroizing::new(address) })
}

/// Stages the offered app under a name, by one right code. It counts from the confirmation on.
pub async fn reopen_app(cx: &Cx, id: FlowId, name: String, code: &str) -> Result<(), NewAppRefused> {
    let name = FactorName::try_from(name).map_err(|_| NewAppRefused::Name)?;
    let mut tx = cx.house.store.begin("reopen_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = at_step(cx, &flow)?;
    let person = reopening.person;
    let seed = pending(cx, id, &reopening)?.ok_or(NotYet::StepBefore)?;
    let Some(step) = accepted_step(cx, &seed, code)? else {
        let entry = Entry::by(EventKind::FactorRefused, person).fact("why", "code");
        record(cx, tx.as_mut(), entry.fact("during", "reopening")).await?;
        tx.commit().await?;
        return Err(NewAppRefused::Code);
    };
    let factor: FactorId = cx.id().map_err(Fault::from)?;
    let sealed = cx.house.vault.seal(KeyUse::Seeds, &seed_place(factor), &seed).map_err(Fault::from)?;
    let app = AuthenticatorApp {
        id: factor,
        person,
        name,
        added_at: cx.now,
        added: Added::Recovery,
        used_at: Some(cx.now),
        last_step: step,
    };
    let staged = reopening.add_app(NewApp { app, sealed: sealed.0 }, cx.now)?;
    tx.save_flow(&onward(cx, flow, staged)).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::ReopeningStep, person).fact("step", "app")).await?;
    tx.commit().await?;
    Ok(())
}

pub(crate) fn at_step(cx: &Cx, flow: &Flow) -> Result<Reopening, NewAppRefused> {
    let reopening = flows::reopening(flow)?;
    if cx.now >= reopening.until() {
        return Err(NotYet::ProofRanOut.into());
    }
    if reopening.step() != ReopeningStep::App {
        return Err(NotYet::StepBefore.into());
    }
    Ok(reopening.clone())
}

pub(crate) fn onward(cx: &Cx, flow: Flow, reopening: Reopening) -> Flow {
    let until = reopening.until();
    flow.onward(About::Reopening(Box::new(reopening)), cx.now).until(until)
}

fn pending(cx: &Cx, id: FlowId, reopening: &Reopening) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let Some(seed) = reopening.pending_seed() else { return Ok(None) };
    Ok(Some(cx.house.vault.open(KeyUse::Seeds, &offer_place(id), &Sealed(seed.sealed.clone()))?))
}

fn offer_place(id: FlowId) -> String {
    format!("flows/reopening-seed/{id}")
}
