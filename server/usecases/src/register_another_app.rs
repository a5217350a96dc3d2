//! One more authenticator app from the account, after a step-up; counted only after one code (NSIS 3.2.2).

use crate::apps::add_app;
use crate::authenticator::{self, SEED_BYTES};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record};
use crate::register_app::{AppOffer, accepted_step};
use crate::show_step_up::{is_live, spend_step_up};
use crate::who::Here;
use domain::audit::EventKind;
use domain::enrolment::PendingSeed;
use domain::factor::{Authority, FactorName, MeanKind, NotAdded};
use domain::flow::About;
use domain::ids::{FactorId, FlowId};
use domain::step_up::{NotFresh, StepUp, StepUpFor};
use zeroize::Zeroizing;

/// Why no app is added.
#[derive(Debug, thiserror::Error)]
pub enum AnotherAppRefused {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The code does not match; seed and step-up stay.
    #[error("the code does not match")]
    Code,
    /// The rules of her portfolio.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for AnotherAppRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for AnotherAppRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Offers a seed; the same one again while the step-up lasts, so that a reload does not break what was just scanned.
pub async fn offer_another_app(cx: &Cx, here: &Here, step_up: FlowId) -> Result<AppOffer, AnotherAppRefused> {
    let mut tx = cx.house.store.begin("offer_another_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), step_up).await?;
    let made = flows::step_up(&flow)?.clone();
    let fresh = made.fresh(step_up, StepUpFor::Factors, here.session.id, cx.now)?;
    if !is_live(tx.as_mut(), here, &flow).await? {
        return Err(NoFlow::Gone.into());
    }
    means::of(cx, tx.as_mut(), here.person.id).await?.ground(&Authority::StepUp(fresh), cx.now)?;
    let seed = match pending(cx, step_up, &made)? {
        Some(seed) => seed,
        None => {
            let mut seed = Zeroizing::new(vec![0u8; SEED_BYTES]);
            cx.house.entropy.fill(&mut seed).map_err(Fault::from)?;
            let sealed =
                cx.house.vault.seal(KeyUse::Seeds, &offer_place(step_up), &seed).map_err(Fault::from)?;
            let offered = made.offering(PendingSeed { sealed: sealed.0, at: cx.now });
            let until = flow.expires_at;
            tx.save_flow(&flow.onward(About::StepUp(offered), cx.now).until(until)).await?;
            let entry =
                Entry::by(EventKind::FactorOffered, here.person.id).fact("kind", MeanKind::App.word());
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
            seed
        }
    };
    let (municipality, account) = (&cx.house.policy.municipality, here.person.user_name.as_str());
    let (secret, address) = authenticator::offer(&seed, municipality, account)?;
    Ok(AppOffer { secret: Zeroizing::new(secret), address: Zeroizing::new(address) })
}

/// Adds the offered app under a name, by one right code; spends the step-up.
pub async fn register_another_app(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    name: String,
    code: &str,
) -> Result<FactorId, AnotherAppRefused> {
    let name = FactorName::try_from(name).map_err(|_| AnotherAppRefused::Name)?;
    let person = here.person.id;
    let mut tx = cx.house.store.begin("register_another_app").await?;
    let flow = flows::locked(cx, tx.as_mut(), step_up).await?;
    let seed = pending(cx, step_up, flows::step_up(&flow)?)?;
    let fresh = spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Factors)).await??;
    // Nothing was offered: the page that offers comes first.
    let seed = seed.ok_or(NotFresh::NotShown)?;
    let Some(step) = accepted_step(cx, &seed, code)? else {
        // What was spent above comes back: she is looking at the right code.
        drop(tx);
        let mut tx = cx.house.store.begin("refuse_another_app").await?;
        let entry = Entry::by(EventKind::FactorRefused, person).fact("why", "code");
        record(cx, tx.as_mut(), entry.fact("kind", MeanKind::App.word())).await?;
        tx.commit().await?;
        return Err(AnotherAppRefused::Code);
    };
    // Refused by the rules of her portfolio, the step-up comes back with the transaction.
    let id = add_app(cx, tx.as_mut(), (person, name), (&seed, step), &Authority::StepUp(fresh)).await??;
    tx.commit().await?;
    Ok(id)
}

fn pending(cx: &Cx, id: FlowId, made: &StepUp) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let Some(seed) = made.offered() else { return Ok(None) };
    Ok(Some(cx.house.vault.open(KeyUse::Seeds, &offer_place(id), &Sealed(seed.sealed.clone()))?))
}

fn offer_place(id: FlowId) -> String {
    format!("flows/another-seed/{id}")
}
