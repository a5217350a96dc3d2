//! Choosing a password within the hour after the proof.

use crate::codes;
use crate::context::{Cx, Policy};
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::outside::keep_outside;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record, tell};
use domain::audit::EventKind;
use domain::enrolment::NotNow;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::outside::Deed;
use domain::password::{self, OBVIOUS, Password, Weak};
use domain::person::Person;

/// Why a password is not set.
#[derive(Debug, thiserror::Error)]
pub enum PasswordNotSet {
    /// It is not strong enough.
    #[error(transparent)]
    Weak(Weak),
    /// It is the one she had, under which wrong codes were tried.
    #[error("the password is the one before")]
    SameAsBefore,
    /// The hour after the proof is over, or another step comes first.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PasswordNotSet {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PasswordNotSet {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Sets the password of an enrolment.
pub async fn choose_password(cx: &Cx, id: FlowId, password: Password) -> Result<(), PasswordNotSet> {
    let person = proved_person(cx, id).await?;
    if let Err(weak) = judge(cx, &person, &password) {
        return Err(refused(cx, &person, &weak.to_string(), PasswordNotSet::Weak(weak)).await?);
    }
    if codes::tried_under(cx, person.id, &password).await? {
        // Whoever tried codes under it knows it still.
        return Err(refused(cx, &person, "same-as-before", PasswordNotSet::SameAsBefore).await?);
    }
    let hash = cx.house.hasher.hash(password).await.map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("choose_password").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let proof = flows::enrolment(&flow)?.proof(cx.now)?;
    let before = tx.password_set_at(person.id).await?;
    // Her row before her count, as everywhere; her records stand in the order of what happened.
    let epoch = tx.person_for_update(person.id).await?.map_or(person.epoch, |locked| locked.epoch);
    codes::set_password(cx, tx.as_mut(), person.id, &hash).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordSet, person.id).fact("during", "enrolment")).await?;
    // The first password opens nothing until the login is active, and that is told; one chosen again under the same
    // proof is her second thought. Any other replaces what was somebody's, so she hears of it.
    if before.is_some_and(|set| set < proof.at) {
        keep_outside(cx, tx.as_mut(), Some((person.id, epoch)), Deed::PasswordReplaced).await?;
        tell(cx, tx.as_mut(), person.id, Template::PasswordSet).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn refused(
    cx: &Cx,
    person: &Person,
    why: &str,
    answer: PasswordNotSet,
) -> Result<PasswordNotSet, Fault> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordRefused, person.id).fact("why", why)).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn proved_person(cx: &Cx, id: FlowId) -> Result<Person, PasswordNotSet> {
    let mut tx = cx.house.store.reading("choose_password").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    enrolment.proof(cx.now)?;
    Ok(tx.person(enrolment.invited).await?.ok_or(NoFlow::Gone)?)
}

/// Whether it is strong enough for her.
pub(crate) fn judge(cx: &Cx, person: &Person, password: &Password) -> Result<(), Weak> {
    let own = own_words(&cx.house.policy, person);
    let words = cx.house.policy.words.iter().chain(&own).map(String::as_str);
    password::check(password, OBVIOUS.iter().copied().chain(words))?;
    if cx.house.leaks.contains(password) { Err(Weak::Leaked) } else { Ok(()) }
}

/// The words that are hers: names, user name, the municipality's name.
pub fn own_words(policy: &Policy, person: &Person) -> Vec<String> {
    let names = [person.given_name.as_str(), person.family_name.as_str()];
    let parts = names.iter().flat_map(|name| name.split_whitespace()).map(str::to_owned);
    let whole = [person.full_name(), person.user_name.to_string(), policy.municipality.clone()];
    let place = policy.municipality.split_whitespace().map(str::to_owned);
    parts.chain(whole).chain(place).collect()
}
