//! In a sign-in that a recovery code brought to MitID: an app instead of the login method she does not have. Rests on that
//! proof and on nothing else, so a password and a stolen sheet add nothing.

use crate::authenticator::{self, SEED_BYTES};
use crate::codes::place_added;
use crate::context::Cx;
use crate::fault::Fault;
use crate::finish_sign_in::{Barred, SignedIn, admission, barred, begin_session};
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record, seed_place, tell};
use crate::register_app::{AppOffer, accepted_step};
use crate::register_passkey::PasskeyRefused;
use domain::audit::EventKind;
use domain::enrolment::PendingSeed;
use domain::factor::{
    Added, AuthenticatorApp, Authority, FactorKind, FactorName, Mean, MeanKind, NotAdded, TimeStep, Worth,
};
use domain::flow::About;
use domain::ids::{FactorId, FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::FreshProof;
use domain::reopening::NotYet;
use domain::sign_in::SignIn;
use domain::standing::Hold;
use zeroize::Zeroizing;

/// Why nothing is added.
#[derive(Debug, thiserror::Error)]
pub enum NotReplaced {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The code does not match; the seed stays offered.
    #[error("the code does not match")]
    Code,
    /// The key was not registered.
    #[error(transparent)]
    Key(PasskeyRefused),
    /// She has as many methods as one may have.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// Another step comes first, or the time after the proof is over.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// The login is held.
    #[error("the login is held")]
    Held(Hold),
    /// Her enrolment was never finished.
    #[error("the enrolment is not finished")]
    Unfinished,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotReplaced {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotReplaced {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<PasskeyRefused> for NotReplaced {
    fn from(refused: PasskeyRefused) -> Self {
        match refused {
            PasskeyRefused::NoFlow(gone) => Self::NoFlow(gone),
            refused => Self::Key(refused),
        }
    }
}
impl From<Barred> for NotReplaced {
    fn from(bar: Barred) -> Self {
        match bar {
            Barred::Held(hold) => Self::Held(hold),
            Barred::Epoch => NoFlow::Gone.into(),
            Barred::Unfinished => Self::Unfinished,
        }
    }
}

/// Offers a seed; the same one again while it waits, so that a reload does not break what was just scanned.
pub async fn offer_replacement(cx: &Cx, id: FlowId) -> Result<AppOffer, NotReplaced> {
    let mut tx = cx.house.store.begin("offer_replacement").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let (person, _) = sign_in.replacing(cx.now)?;
    let person = tx.person(person).await?.ok_or(NoFlow::Gone)?;
    let seed = match pending(cx, id, &sign_in)? {
        Some(seed) => seed,
        None => {
            let mut seed = Zeroizing::new(vec![0u8; SEED_BYTES]);
            cx.house.entropy.fill(&mut seed).map_err(Fault::from)?;
            let sealed = cx.house.vault.seal(KeyUse::Seeds, &offer_place(id), &seed).map_err(Fault::from)?;
            let offered = sign_in.offering(PendingSeed { sealed: sealed.0, at: cx.now }, cx.now)?;
            tx.save_flow(&flow.onward(About::SignIn(offered), cx.now)).await?;
            let entry = Entry::by(EventKind::FactorOffered, person.id).fact("during", "recovery");
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
            seed
        }
    };
    let (secret, address) =
        authenticator::offer(&seed, &cx.house.policy.municipality, person.user_name.as_str())?;
    Ok(AppOffer { secret: Zeroizing::new(secret), address: Zeroizing::new(address) })
}

/// Adds the offered app under a name, by one right code, and signs her in with the password she showed and that code.
pub async fn replace_factor(cx: &Cx, id: FlowId, name: String, code: &str) -> Result<SignedIn, NotReplaced> {
    let name = FactorName::try_from(name).map_err(|_| NotReplaced::Name)?;
    cx.house.outside.open()?;
    let mut tx = cx.house.store.begin("replace_factor").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let (person, proof) = sign_in.replacing(cx.now)?;
    let seed = pending(cx, id, &sign_in)?.ok_or(NotYet::StepBefore)?;
    tx.person_for_update(person).await?.ok_or(NoFlow::Gone)?;
    let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
    let Some(step) = accepted_step(cx, &seed, code)? else {
        return Err(refused(cx, tx, person, "code", NotReplaced::Code).await?);
    };
    if let Some(bar) = barred(&flow, person, &admission) {
        let why = bar.word();
        return Err(refused(cx, tx, person, why, bar.into()).await?);
    }
    let app = add(cx, tx.as_mut(), (person, proof), (name, step), &seed).await?;
    let shown = sign_in.replaced(FactorKind::AuthenticatorApp, cx.now)?;
    let signed = begin_session(cx, tx.as_mut(), (flow, sign_in), &shown, (&admission, Some(app))).await?;
    tx.commit().await?;
    Ok(signed)
}

async fn add(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, proof): (PersonId, FreshProof),
    (name, last_step): (FactorName, TimeStep),
    seed: &[u8],
) -> Result<FactorId, NotReplaced> {
    let id: FactorId = cx.id().map_err(Fault::from)?;
    let (kind, worth) = (MeanKind::App, Some(Worth::Beside));
    let mean = Mean { id, kind, worth, added_at: cx.now, added: Added::default() };
    let (_, mean) = means::of(cx, tx, person).await?.add(mean, &Authority::Proof(proof))?;
    let (added_at, used_at) = (cx.now, Some(cx.now));
    let app = AuthenticatorApp { id, person, name, added_at, added: mean.added, used_at, last_step };
    let sealed = cx.house.vault.seal(KeyUse::Seeds, &seed_place(id), seed).map_err(Fault::from)?;
    tx.add_app(&app, &sealed).await?;
    let entry =
        Entry::by(EventKind::FactorAdded, person).fact("kind", MeanKind::App.word()).fact("factor", id);
    record(cx, tx, entry.fact("during", "recovery").fact("ground", mean.added.word())).await?;
    tell(cx, tx, person, Template::FactorAdded).await?;
    place_added(cx, tx, person).await?;
    Ok(id)
}

/// Keeps in the trail that nothing was added.
pub(crate) async fn refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: NotReplaced,
) -> Result<NotReplaced, NotReplaced> {
    let entry = Entry::by(EventKind::FactorRefused, person).fact("why", why).fact("during", "recovery");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}

fn pending(cx: &Cx, id: FlowId, sign_in: &SignIn) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let Some(seed) = sign_in.offered() else { return Ok(None) };
    Ok(Some(cx.house.vault.open(KeyUse::Seeds, &offer_place(id), &Sealed(seed.sealed.clone()))?))
}

fn offer_place(id: FlowId) -> String {
    format!("flows/replacement-seed/{id}")
}
