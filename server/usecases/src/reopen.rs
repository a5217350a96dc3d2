//! Reopening, step five: everything staged is applied in one transaction, or nothing (NSIS 3.2.3.3).

use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::print_codes::print_codes;
use crate::read_terms::keep_acceptance;
use crate::record::{Entry, record, tell};
use crate::register_passkey;
use crate::renewal::{rests_on, still_hers};
use crate::reopen_activity::agrees;
use crate::reopen_key::key_place;
use crate::reopen_password::place;
use crate::see_sheet::keep_sheet;
use crate::take_back_contact::take_back_contact;
use crate::terms_in_force::terms_in_force;
use domain::audit::{Actor, EventKind};
use domain::factor::Authority;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::outside::Deed;
use domain::reconfirmation::Proved;
use domain::reopening::{NotYet, Reopened, Reopening};
use domain::standing::{Origin, Standing};
use domain::suspension::{CannotReopen, blocked_since, may_reopen};

/// A login that is open again.
#[derive(Debug)]
pub struct Opened {
    /// The page of the new sheet; shown in this browser only, for as long as the flow lives.
    pub sheet: FlowId,
}

/// Why nothing was opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// Held by another, too old, or not blocked any more: the page says whom to call.
    #[error(transparent)]
    Cannot(#[from] CannotReopen),
    /// No work relation, or no valid proof.
    #[error("something else is missing")]
    Missing,
    /// Another step comes first, or the hour is over.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotOpened {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotOpened {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Opens a login its owner blocked. Holds of others stay and keep it closed; only her own are lifted.
pub async fn reopen(cx: &Cx, id: FlowId) -> Result<Opened, NotOpened> {
    let mut tx = cx.house.store.begin("reopen").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = flows::reopening(&flow)?.clone();
    let person = tx.person_for_update(reopening.person).await?.ok_or(NoFlow::Gone)?;
    let reopened = reopening.clone().confirm(cx.now)?;
    let standing = tx.standing(person.id).await?;
    if flow.person != Some((person.id, standing.epoch())) {
        return Err(refused(cx, tx, person.id, "epoch", NoFlow::Gone.into()).await?);
    }
    if let Err(cannot) = may_reopen(&standing, cx.now) {
        return Err(refused(cx, tx, person.id, "held", cannot.into()).await?);
    }
    if !entitled(cx, tx.as_mut(), person.id, &reopened).await? {
        return Err(refused(cx, tx, person.id, "missing", NotOpened::Missing).await?);
    }
    if !agrees(cx, tx.as_mut(), &reopening).await? {
        return Err(read_first(cx, tx, flow, reopening).await?);
    }
    let blocked_at = blocked_since(&standing).unwrap_or(cx.now);
    let epoch = lift(cx, tx.as_mut(), person.id, standing).await?;
    tx.note_opened(person.id, epoch).await?;
    tx.withdraw(person.id, Template::RevocationNear).await?;
    if !apply(cx, tx.as_mut(), &flow, (person.id, epoch), &reopened).await? {
        drop(tx);
        let tx = cx.house.store.begin("reopen").await?;
        return Err(refused(cx, tx, person.id, "no-factor", NotOpened::Missing).await?);
    }
    if let Some(accepted) = reopened.accepted.clone() {
        let current = terms_in_force(cx, tx.as_mut()).await?.terms;
        tx.keep_terms(&current).await?;
        keep_acceptance(cx, tx.as_mut(), person.id, accepted).await?;
    }
    let by = Actor::Person(person.id);
    take_back_contact(cx, tx.as_mut(), (person.id, blocked_at), (&by, "reopening")).await?;
    tx.spend_flow(id).await?;
    let sheet = print_codes(cx, tx.as_mut(), person.id).await?;
    let sheet = keep_sheet(cx, tx.as_mut(), (person.id, epoch), &sheet).await?;
    let entry = Entry::by(EventKind::Reopened, person.id)
        .fact("kept", reopened.keep.len())
        .fact("new", u8::from(reopened.new.is_some() || reopened.key.is_some()));
    record(cx, tx.as_mut(), rests_on(entry, &reopened.proof)).await?;
    tell(cx, tx.as_mut(), person.id, Template::Reopened).await?;
    tx.commit().await?;
    Ok(Opened { sheet })
}

/// Lifts what is hers to settle; gives the raised epoch. `may_reopen` said that nothing else is open.
async fn lift(cx: &Cx, tx: &mut dyn Tx, person: PersonId, standing: Standing) -> Result<Epoch, Fault> {
    let mut standing = standing;
    for origin in [Origin::Owner, Origin::Terms] {
        if !standing.held_by(origin) {
            continue;
        }
        standing = standing.lift(origin);
        let epoch = standing.epoch();
        tx.lift_holds(person, origin, epoch).await?;
        keep_outside(cx, tx, Some((person, epoch)), Deed::Lifted(origin)).await?;
        if origin == Origin::Terms {
            let entry = Entry::by(EventKind::HoldLifted, person).fact("origin", origin.word());
            record(cx, tx, entry.fact("why", "terms-accepted")).await?;
        }
    }
    Ok(standing.epoch())
}

/// Other terms hold since she looked: they are read first, in the same reopening.
async fn read_first(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    flow: Flow,
    reopening: Reopening,
) -> Result<NotOpened, NotOpened> {
    let (person, current) = (reopening.person, terms_in_force(cx, tx.as_mut()).await?.terms);
    tx.keep_terms(&current).await?;
    let reopening = reopening.with_terms(&current);
    let until = reopening.until();
    tx.save_flow(&flow.onward(About::Reopening(Box::new(reopening)), cx.now).until(until)).await?;
    refused(cx, tx, person, "new-terms", NotYet::StepBefore.into()).await
}

/// Her relation stands, and the proof it rests on, or a newer one, is on record (NSIS 3.2.3.3: the assurance it was
/// issued with). Where a key was shown, that is the one that stands, and the key is hers still.
async fn entitled(cx: &Cx, tx: &mut dyn Tx, person: PersonId, reopened: &Reopened) -> Result<bool, Fault> {
    let today = cx.today();
    let related = tx.associations_of(person).await?.iter().any(|it| it.gives_login() && !it.is_over(today));
    let proof = tx.proved(person).await?;
    let key = reopened.proof.with.key();
    let fresh = |it: Proved| {
        let new = key.is_some() || it.at >= reopened.proof.at;
        new && it.level(cx.now) >= AssuranceLevel::Substantial
    };
    Ok(related && proof.is_some_and(fresh) && still_hers(tx, person, key).await?)
}

/// Sets the password, adds the app or key she registered meanwhile and takes away every factor she did not keep; false when
/// she would be left with a password alone.
async fn apply(
    cx: &Cx,
    tx: &mut dyn Tx,
    flow: &Flow,
    (person, epoch): (PersonId, Epoch),
    reopened: &Reopened,
) -> Result<bool, Fault> {
    let sealed = Sealed(reopened.sealed_hash.clone());
    let hash = cx.house.vault.open(KeyUse::Memory, &place(flow.id), &sealed)?;
    let hash = core::str::from_utf8(&hash).map_err(|_| Fault::Encoding)?;
    codes::set_password(cx, tx, person, hash).await?;
    keep_outside(cx, tx, Some((person, epoch)), Deed::PasswordReplaced).await?;
    record(cx, tx, Entry::by(EventKind::PasswordSet, person).fact("during", "reopening")).await?;
    // A code device that is not kept stays with her and does not count any more.
    let hers = means::of(cx, tx, person).await?;
    for mean in hers.means().iter().filter(|mean| !reopened.keep.contains(&mean.id)) {
        means::take_away(cx, tx, (person, epoch), mean, "reopening").await?;
    }
    if let Some(new) = &reopened.new {
        tx.add_app(&new.app, &Sealed(new.sealed.clone())).await?;
        let entry = Entry::by(EventKind::FactorAdded, person).fact("kind", "authenticator-app");
        record(cx, tx, entry.fact("factor", new.app.id).fact("during", "reopening")).await?;
        tell(cx, tx, person, Template::FactorAdded).await?;
    }
    if let Some(new) = &reopened.key {
        let sealed = Sealed(new.sealed.clone());
        let clear = cx.house.vault.open(KeyUse::Memory, &key_place(flow.id), &sealed)?;
        let key = serde_json::from_slice(&clear).map_err(|_| Fault::Encoding)?;
        let by = Authority::Proof(reopened.proof);
        let added = register_passkey::add_in(cx, tx, (person, new.name.clone()), key, &by).await?;
        return Ok(added.is_ok());
    }
    Ok(reopened.new.is_some() || hers.reopened(&reopened.keep).is_ok())
}

async fn refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: NotOpened,
) -> Result<NotOpened, NotOpened> {
    record(cx, tx.as_mut(), Entry::by(EventKind::ReopeningRefused, person).fact("why", why)).await?;
    tx.commit().await?;
    Ok(refused)
}
