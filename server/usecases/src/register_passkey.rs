//! Registering a passkey or security key: in an enrolment, after the proof; or one more from the account, after a step-up
//! (NSIS 3.2.2). It counts only after it answered once.

use crate::ceremonies::{self, Asking, Taken};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::ceremonies::{CeremonyDown, KeyRefused, NewKeyFor};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_step_up::{is_live, spend_step_up};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ceremony::Serves;
use domain::enrolment::NotNow;
use domain::factor::{
    Added, Authority, FactorName, Mean, MeanKind, NewPasskey, NotAdded, NotAdmitted, Passkey, PasskeyKind,
};
use domain::ids::{Epoch, FactorId, FlowId, PersonId};
use domain::notice::Template;
use domain::person::Person;
use domain::step_up::{NotFresh, StepUpFor};

/// Why a key is not asked for, or not registered.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyRefused {
    /// The name is empty or too long; nothing is spent.
    #[error("the name does not fit")]
    Name,
    /// The key's answer is not taken: she starts again. What was wrong stands in the trail.
    #[error("the answer is not taken")]
    Answer(#[from] KeyRefused),
    /// Her key is not what the municipality admits, or did not verify her.
    #[error(transparent)]
    NotAdmitted(#[from] NotAdmitted),
    /// It is registered already, with her or somebody else.
    #[error("registered already")]
    Known,
    /// The rules of her portfolio.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// The hour after the proof is over, or another step comes first.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PasskeyRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PasskeyRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<CeremonyDown> for PasskeyRefused {
    fn from(down: CeremonyDown) -> Self {
        Fault::from(down).into()
    }
}

/// Asks for a key in an enrolment, once she proved who she is.
pub async fn ask_passkey(cx: &Cx, id: FlowId, kind: PasskeyKind) -> Result<Asking, PasskeyRefused> {
    let mut tx = cx.house.store.begin("ask_passkey").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    enrolment.proof(cx.now)?;
    let person = tx.person(enrolment.invited).await?.ok_or(NoFlow::Gone)?;
    let serves = Serves::Enrolment { flow: id, kind };
    let asking = ask(cx, tx.as_mut(), &person, (serves, flow.person), kind).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Asks for one more from the account. The step-up must be fresh, and is spent when the key is registered: a dialog that
/// is closed costs nothing.
pub async fn ask_another_passkey(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    kind: PasskeyKind,
) -> Result<Asking, PasskeyRefused> {
    let mut tx = cx.house.store.begin("ask_another_passkey").await?;
    let flow = flows::locked(cx, tx.as_mut(), step_up).await?;
    let session = here.session.id;
    let fresh = flows::step_up(&flow)?.fresh(step_up, StepUpFor::Factors, session, cx.now)?;
    if !is_live(tx.as_mut(), here, &flow).await? {
        return Err(NoFlow::Gone.into());
    }
    means::of(cx, tx.as_mut(), here.person.id).await?.ground(&Authority::StepUp(fresh), cx.now)?;
    let serves = Serves::Account { session, step_up, kind };
    let asking = ask(cx, tx.as_mut(), &here.person, (serves, flow.person), kind).await?;
    tx.commit().await?;
    Ok(asking)
}

pub(crate) async fn ask(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: &Person,
    whose: (Serves, Option<(PersonId, Epoch)>),
    kind: PasskeyKind,
) -> Result<Asking, PasskeyRefused> {
    let known = tx.passkeys_of(person.id).await?.into_iter().map(|key| key.credential);
    let of = NewKeyFor {
        person: person.id,
        user_name: person.user_name.to_string(),
        full_name: person.full_name(),
        kind,
        known: known.collect(),
    };
    let asked = cx.house.ceremonies.ask_new(&of)?;
    let asking = ceremonies::keep(cx, tx, whose, asked).await?;
    let entry = Entry::by(EventKind::FactorOffered, person.id).fact("kind", kind.word());
    record(cx, tx, entry).await?;
    Ok(asking)
}

/// Registers the key that answered in an enrolment, under a name.
pub async fn register_passkey(
    cx: &Cx,
    ceremony: FlowId,
    name: String,
    answer: &str,
) -> Result<FactorId, PasskeyRefused> {
    let name = FactorName::try_from(name).map_err(|_| PasskeyRefused::Name)?;
    let taken = take(cx, ceremony, |it| matches!(it, Serves::Enrolment { .. })).await?;
    let Serves::Enrolment { flow: id, kind } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let whose = taken.person.ok_or(NoFlow::Gone)?;
    let new = check(cx, whose.0, (kind, &taken), answer).await?;
    let mut tx = cx.house.store.begin("register_passkey").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    let authority = Authority::Proof(enrolment.proof(cx.now)?);
    let live = tx.standing_steady(whose.0).await?.is_some_and(|standing| standing.epoch() == whose.1);
    if !live || flow.person != Some(whose) || enrolment.invited != whose.0 {
        return Err(NoFlow::Gone.into());
    }
    let added = add(cx, tx, (whose.0, name), new, &authority).await?;
    Ok(added)
}

/// Registers one more from the account, under a name; spends the step-up.
pub async fn register_another_passkey(
    cx: &Cx,
    here: &Here,
    ceremony: FlowId,
    name: String,
    answer: &str,
) -> Result<FactorId, PasskeyRefused> {
    let name = FactorName::try_from(name).map_err(|_| PasskeyRefused::Name)?;
    let own = here.session.id;
    let mine = |it: &Serves| matches!(it, Serves::Account { session, .. } if *session == own);
    let taken = take(cx, ceremony, mine).await?;
    let Serves::Account { step_up, kind, .. } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let new = check(cx, here.person.id, (kind, &taken), answer).await?;
    let mut tx = cx.house.store.begin("register_another_passkey").await?;
    let fresh = spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Factors)).await??;
    add(cx, tx, (here.person.id, name), new, &Authority::StepUp(fresh)).await
}

/// Spends the ceremony, whatever its answer says.
pub(crate) async fn take(
    cx: &Cx,
    ceremony: FlowId,
    fits: impl FnOnce(&Serves) -> bool + Send,
) -> Result<Taken, PasskeyRefused> {
    let mut tx = cx.house.store.begin("take_ceremony").await?;
    let taken = ceremonies::take(cx, tx.as_mut(), ceremony, fits).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Checks the answer outside any transaction, and whether the municipality admits such a key.
pub(crate) async fn check(
    cx: &Cx,
    person: PersonId,
    (kind, taken): (PasskeyKind, &Taken),
    answer: &str,
) -> Result<NewPasskey, PasskeyRefused> {
    let new = match cx.house.ceremonies.new_key(kind, &taken.state, answer) {
        Ok(new) => new,
        Err(refused) => return Err(tell_trail(cx, person, refused.word(), refused.into()).await?),
    };
    match cx.house.policy.models.admit(&new.registered) {
        Ok(()) => Ok(new),
        Err(not) => Err(tell_trail(cx, person, "not-admitted", not.into()).await?),
    }
}

async fn tell_trail(
    cx: &Cx,
    person: PersonId,
    why: &'static str,
    refused: PasskeyRefused,
) -> Result<PasskeyRefused, PasskeyRefused> {
    let tx = cx.house.store.begin("refuse_passkey").await?;
    note_refused(cx, tx, person, why).await?;
    Ok(refused)
}

async fn note_refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
) -> Result<(), Fault> {
    note(cx, tx.as_mut(), person, why).await?;
    Ok(tx.commit().await?)
}

async fn note(cx: &Cx, tx: &mut dyn Tx, person: PersonId, why: &'static str) -> Result<(), Fault> {
    let entry = Entry::by(EventKind::FactorRefused, person).fact("why", why);
    record(cx, tx, entry.fact("kind", "passkey")).await
}

/// Adds it, if the portfolio allows. What was spent stays spent.
async fn add(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    whose: (PersonId, FactorName),
    new: NewPasskey,
    by: &Authority,
) -> Result<FactorId, PasskeyRefused> {
    let added = add_in(cx, tx.as_mut(), whose, new, by).await?;
    tx.commit().await?;
    added
}

/// The same inside the transaction of the use case that calls, which commits what comes of it, a refusal too.
pub(crate) async fn add_in(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, name): (PersonId, FactorName),
    new: NewPasskey,
    by: &Authority,
) -> Result<Result<FactorId, PasskeyRefused>, Fault> {
    let id: FactorId = cx.id()?;
    let portfolio = means::of(cx, tx, person).await?;
    let key = Passkey::take(new, id, person, name, (Added::default(), cx.now));
    let kind = MeanKind::Key(key.registered.kind);
    let mean =
        Mean { id, kind, worth: key.best(&cx.house.policy.models), added_at: cx.now, added: key.added };
    let added = match portfolio.add(mean, by) {
        Ok((_, mean)) => mean.added,
        Err(not) => {
            note(cx, tx, person, "portfolio").await?;
            return Ok(Err(not.into()));
        }
    };
    let key = Passkey { added, ..key };
    if !tx.add_passkey(&key).await? {
        note(cx, tx, person, "known").await?;
        return Ok(Err(PasskeyRefused::Known));
    }
    let entry = Entry::by(EventKind::FactorAdded, person)
        .fact("kind", kind.word())
        .fact("factor", id)
        .fact("ground", added.word())
        .fact("verified", key.registered.verified)
        .fact("backup-eligible", key.registered.backup_eligible)
        .fact("attested", key.registered.attested);
    let model = key.registered.model.map(uuid::Uuid::from);
    record(cx, tx, model.into_iter().fold(entry, |entry, model| entry.fact("model", model))).await?;
    tell(cx, tx, person, Template::FactorAdded).await?;
    Ok(Ok(id))
}
