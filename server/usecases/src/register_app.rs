//! Registering an authenticator app: offered once, counted only after one code (NSIS 3.2.2).

use crate::apps::add_app;
use crate::authenticator::{self, SEED_BYTES};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::code::six_digits;
use domain::enrolment::{Enrolment, NotNow, PendingSeed};
use domain::factor::{Authority, FactorName, NotAdded, TimeStep};
use domain::flow::About;
use domain::ids::FlowId;
use zeroize::Zeroizing;

/// What the page shows once: nothing of it is kept in clear.
pub struct AppOffer {
    /// The seed in base 32.
    pub secret: Zeroizing<String>,
    /// The `otpauth://` address for QR code and link.
    pub address: Zeroizing<String>,
}

impl core::fmt::Debug for AppOffer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AppOffer(…)")
    }
}

/// Why an app is not registered.
#[derive(Debug, thiserror::Error)]
pub enum AppRefused {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The code does not match; the seed stays offered.
    #[error("the code does not match")]
    Code,
    /// The rules of her portfolio.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// The hour after the proof is over, or another step comes first.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for AppRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for AppRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Offers a seed; the same one again while it waits, so that a reload does not break what was just scanned.
pub async fn offer_app(cx: &Cx, id: FlowId) -> Result<AppOffer, AppRefused> {
    let mut tx = cx.house.store.begin("offer_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?.clone();
    enrolment.proof(cx.now)?;
    let person = tx.person(enrolment.invited).await?.ok_or(NoFlow::Gone)?;
    let seed = match pending(cx, id, &enrolment)? {
        Some(seed) => seed,
        None => {
            let mut seed = Zeroizing::new(vec![0u8; SEED_BYTES]);
            cx.house.entropy.fill(&mut seed).map_err(Fault::from)?;
            let sealed = cx.house.vault.seal(KeyUse::Seeds, &offer_place(id), &seed).map_err(Fault::from)?;
            let offered = enrolment.offer_seed(Some(PendingSeed { sealed: sealed.0, at: cx.now }), cx.now)?;
            let until = flow.expires_at;
            tx.save_flow(&flow.onward(About::Enrolment(offered), cx.now).until(until)).await?;
            record(cx, tx.as_mut(), Entry::by(EventKind::FactorOffered, person.id)).await?;
            tx.commit().await?;
            seed
        }
    };
    let (secret, address) =
        authenticator::offer(&seed, &cx.house.policy.municipality, person.user_name.as_str())?;
    Ok(AppOffer { secret: Zeroizing::new(secret), address: Zeroizing::new(address) })
}

/// Registers the offered app under a name, by one right code.
pub async fn register_app(cx: &Cx, id: FlowId, name: String, code: &str) -> Result<(), AppRefused> {
    let name = FactorName::try_from(name).map_err(|_| AppRefused::Name)?;
    let mut tx = cx.house.store.begin("register_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?.clone();
    enrolment.proof(cx.now)?;
    let person = enrolment.invited;
    let seed = pending(cx, id, &enrolment)?.ok_or(NotNow::StepBefore)?;
    let Some(step) = accepted_step(cx, &seed, code)? else {
        record(cx, tx.as_mut(), Entry::by(EventKind::FactorRefused, person).fact("why", "code")).await?;
        tx.commit().await?;
        return Err(AppRefused::Code);
    };
    let by = Authority::Proof(enrolment.proof(cx.now)?);
    let added = add_app(cx, tx.as_mut(), (person, name), (&seed, step), &by).await?;
    let until = flow.expires_at;
    let about = About::Enrolment(enrolment.offer_seed(None, cx.now)?);
    tx.save_flow(&flow.onward(about, cx.now).until(until)).await?;
    tx.commit().await?;
    added?;
    Ok(())
}

pub(crate) fn accepted_step(cx: &Cx, seed: &[u8], typed: &str) -> Result<Option<TimeStep>, Fault> {
    match six_digits(typed) {
        Some(code) => Ok(authenticator::matching_steps(seed, &code, cx.now)?.into_iter().max()),
        None => Ok(None),
    }
}

fn pending(cx: &Cx, id: FlowId, enrolment: &Enrolment) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let Some(seed) = enrolment.pending_seed() else { return Ok(None) };
    let sealed = Sealed(seed.sealed.clone());
    Ok(Some(cx.house.vault.open(KeyUse::Seeds, &offer_place(id), &sealed)?))
}

fn offer_place(id: FlowId) -> String {
    format!("flows/seed/{id}")
}
