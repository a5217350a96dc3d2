//! What the phone does once it was let in: it is offered an app's seed, or makes a passkey. What it makes answered once,
//! and counts for nothing until the computer says yes.

use crate::authenticator::{self, SEED_BYTES};
use crate::ceremonies::Asking;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::on_phone::{at_phone, keep, key_made, seed_offered};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record};
use crate::register_app::{AppOffer, accepted_step};
use crate::register_passkey::{PasskeyRefused, ask, check, take};
use domain::audit::EventKind;
use domain::ceremony::Serves;
use domain::enrolment::PendingSeed;
use domain::factor::{FactorName, MeanKind, PasskeyKind};
use domain::flow::Flow;
use domain::ids::{FlowId, PersonId};
use domain::on_phone::{Made, MadeFrom, NewMean, NotNext, OnPhone};
use zeroize::Zeroizing;

/// Why nothing is made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The code does not match; the seed stays.
    #[error("the code does not match")]
    Code,
    /// The key is not taken; she starts again.
    #[error("the key is not taken")]
    Key(#[source] PasskeyRefused),
    /// Another step comes next, or it ended.
    #[error(transparent)]
    NotNext(#[from] NotNext),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotMade {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotMade {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<PasskeyRefused> for NotMade {
    fn from(refused: PasskeyRefused) -> Self {
        match refused {
            PasskeyRefused::Name => Self::Name,
            PasskeyRefused::NoFlow(gone) => Self::NoFlow(gone),
            refused => Self::Key(refused),
        }
    }
}

/// Offers the phone an app's seed; the same one again while it waits.
pub async fn offer_phone_app(cx: &Cx, id: FlowId) -> Result<(), NotMade> {
    let mut tx = cx.house.store.begin("offer_phone_app").await?;
    let (desk, on_phone) = at_phone(cx, tx.as_mut(), id).await?;
    if on_phone.admitted()?.is_some() {
        return Ok(());
    }
    let (person, _) = desk.person.ok_or(NoFlow::Gone)?;
    let mut seed = Zeroizing::new(vec![0u8; SEED_BYTES]);
    cx.house.entropy.fill(&mut seed).map_err(Fault::from)?;
    let sealed = cx.house.vault.seal(KeyUse::Seeds, &seed_offered(desk.id), &seed).map_err(Fault::from)?;
    let offered = on_phone.offering(PendingSeed { sealed: sealed.0, at: cx.now })?;
    keep(cx, tx.as_mut(), desk, offered).await?;
    let entry = Entry::by(EventKind::FactorOffered, person).fact("kind", MeanKind::App.word());
    record(cx, tx.as_mut(), entry.fact("during", "phone")).await?;
    tx.commit().await?;
    Ok(())
}

/// The seed the phone was offered, as its page shows it; none before it was.
pub(crate) fn offered(
    cx: &Cx,
    desk: &Flow,
    on_phone: &OnPhone,
    account: &str,
) -> Result<Option<AppOffer>, Fault> {
    let Ok(Some(seed)) = on_phone.admitted() else { return Ok(None) };
    let seed = open_seed(cx, desk, seed)?;
    let (secret, address) = authenticator::offer(&seed, &cx.house.policy.municipality, account)?;
    Ok(Some(AppOffer { secret: Zeroizing::new(secret), address: Zeroizing::new(address) }))
}

/// The phone's app answers with a code: it is made, under a name.
pub async fn make_phone_app(cx: &Cx, id: FlowId, name: String, code: &str) -> Result<(), NotMade> {
    let name = FactorName::try_from(name).map_err(|_| NotMade::Name)?;
    let mut tx = cx.house.store.begin("make_phone_app").await?;
    let (desk, on_phone) = at_phone(cx, tx.as_mut(), id).await?;
    let (person, _) = desk.person.ok_or(NoFlow::Gone)?;
    let seed = on_phone.admitted()?.ok_or(NotNext)?.clone();
    let Some(step) = accepted_step(cx, &open_seed(cx, &desk, &seed)?, code)? else {
        let entry = Entry::by(EventKind::FactorRefused, person).fact("why", "code").fact("during", "phone");
        record(cx, tx.as_mut(), entry.fact("kind", MeanKind::App.word())).await?;
        tx.commit().await?;
        return Err(NotMade::Code);
    };
    let made = on_phone.made(Made { name, what: NewMean::App { seed, step }, from: from(cx) })?;
    made_now(cx, tx, (desk, person), made).await
}

/// Asks the phone for a passkey.
pub async fn ask_phone_key(cx: &Cx, id: FlowId, kind: PasskeyKind) -> Result<Asking, NotMade> {
    let mut tx = cx.house.store.begin("ask_phone_key").await?;
    let (desk, on_phone) = at_phone(cx, tx.as_mut(), id).await?;
    on_phone.admitted()?;
    let whose = desk.person.ok_or(NoFlow::Gone)?;
    let person = tx.person(whose.0).await?.ok_or(NoFlow::Gone)?;
    let serves = Serves::Phone { flow: id, kind };
    let asking = ask(cx, tx.as_mut(), &person, (serves, Some(whose)), kind).await?;
    tx.commit().await?;
    Ok(asking)
}

/// The phone's passkey answers: it is made, under a name.
pub async fn make_phone_key(cx: &Cx, ceremony: FlowId, name: String, answer: &str) -> Result<(), NotMade> {
    let name = FactorName::try_from(name).map_err(|_| NotMade::Name)?;
    let taken = take(cx, ceremony, |it| matches!(it, Serves::Phone { .. })).await?;
    let Serves::Phone { flow: id, kind } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let (person, _) = taken.person.ok_or(NoFlow::Gone)?;
    let new = check(cx, person, (kind, &taken), answer).await?;
    let clear = Zeroizing::new(serde_json::to_vec(&new).map_err(|_| Fault::Encoding)?);
    let mut tx = cx.house.store.begin("make_phone_key").await?;
    let (desk, on_phone) = at_phone(cx, tx.as_mut(), id).await?;
    let sealed = cx.house.vault.seal(KeyUse::Memory, &key_made(desk.id), &clear).map_err(Fault::from)?;
    let made = on_phone.made(Made { name, what: NewMean::Key { kind, sealed: sealed.0 }, from: from(cx) })?;
    made_now(cx, tx, (desk, person), made).await
}

async fn made_now(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (desk, person): (Flow, PersonId),
    made: OnPhone,
) -> Result<(), NotMade> {
    keep(cx, tx.as_mut(), desk, made).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PhoneAnswered, person)).await?;
    tx.commit().await?;
    Ok(())
}

fn from(cx: &Cx) -> MadeFrom {
    MadeFrom { agent: cx.source.agent.clone(), address: cx.source.address.to_string() }
}

fn open_seed(cx: &Cx, desk: &Flow, seed: &PendingSeed) -> Result<Zeroizing<Vec<u8>>, Fault> {
    Ok(cx.house.vault.open(KeyUse::Seeds, &seed_offered(desk.id), &Sealed(seed.sealed.clone()))?)
}
