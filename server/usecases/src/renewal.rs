//! What opens a reopening or a reset, whatever was shown for it, inside the transaction of the use case that calls
//! (security decision 15).

use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell_at};
use domain::SignedDuration;
use domain::Timestamp;
use domain::association::Association;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FactorId, FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::{FreshProof, Purpose};
use domain::reopening::Reopening;
use domain::reset::Reset;
use domain::standing::Standing;
use domain::suspension::{CannotReopen, may_reopen};

/// A reset that was not finished by then is told: it ends after a quarter of an hour.
const LEFT_AFTER: SignedDuration = SignedDuration::from_mins(20);

/// Whether her standing allows it. A reset of a login its owner can open herself is told that opening comes first.
pub(crate) fn allowed(standing: &Standing, purpose: Purpose, now: Timestamp) -> Result<(), CannotReopen> {
    match purpose {
        Purpose::Reopening => may_reopen(standing, now),
        _ if standing.is_active() => Ok(()),
        _ => may_reopen(standing, now).and(Err(CannotReopen::NotBlocked)),
    }
}

/// Whether somebody has a login to renew: an open relation that was activated. Somebody who is held has one by any relation
/// that is open or was activated once, and is told what she can do about it.
pub(crate) async fn has_one(tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let held = !tx.standing(person).await?.is_active();
    let counts =
        |it: &Association| it.gives_login() || held && (it.closed_at.is_none() || it.activated_at.is_some());
    Ok(tx.associations_of(person).await?.iter().any(counts))
}

/// What the proof opens; nothing where it was made for something else.
pub(crate) fn begun(person: PersonId, proof: FreshProof) -> Option<About> {
    match proof.purpose {
        Purpose::Reopening => {
            Reopening::begin(person, proof).ok().map(|begun| About::Reopening(Box::new(begun)))
        }
        _ => Reset::begin(person, proof).ok().map(About::Reset),
    }
}

/// Opens it in a flow of its own, for as long as the proof holds; codes count from nothing after it. A reset that is not
/// finished is told.
pub(crate) async fn open(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    about: About,
    proof: &FreshProof,
) -> Result<FlowId, Fault> {
    let (kind, until) = match &about {
        About::Reopening(reopening) => (EventKind::ReopeningBegun, reopening.until()),
        About::Reset(reset) => (EventKind::ResetBegun, reset.until()),
        _ => return Err(Fault::Encoding),
    };
    let id: FlowId = cx.handle()?;
    let flow = Flow { person: Some((person, epoch)), ..Flow::start(id, cx.browser, about, cx.now) };
    tx.add_flow(&flow.until(until)).await?;
    codes::proved(cx, tx, person, proof.with.word()).await?;
    record(cx, tx, rests_on(Entry::by(kind, person), proof)).await?;
    if proof.purpose == Purpose::Reset {
        let due = cx.now.saturating_add(LEFT_AFTER).unwrap_or(cx.now);
        tx.withdraw(person, Template::ResetLeft).await?;
        tell_at(cx, tx, person, Template::ResetLeft, due).await?;
    }
    Ok(id)
}

/// The same entry with what was shown: MitID or which key, and the proofing it is or rests on.
pub(crate) fn rests_on(entry: Entry, proof: &FreshProof) -> Entry {
    let entry = entry.fact("proofing", proof.proofing).fact("by", proof.with.word());
    proof.with.key().into_iter().fold(entry, |entry, key| entry.fact("factor", key))
}

/// Whether the key a proof was made with is hers still: one that was taken away meanwhile opens nothing more.
pub(crate) async fn still_hers(
    tx: &mut dyn Tx,
    person: PersonId,
    key: Option<FactorId>,
) -> Result<bool, Fault> {
    let Some(id) = key else { return Ok(true) };
    Ok(tx.passkeys_of(person).await?.iter().any(|key| key.id == id))
}

/// What the trail calls a purpose.
pub(crate) fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Enrolment => "enrolment",
        Purpose::Finding => "finding",
        Purpose::Blocking => "blocking",
        Purpose::Reopening => "reopening",
        Purpose::Reset => "reset",
        Purpose::Reconfirmation => "reconfirmation",
        Purpose::Recovery => "recovery",
    }
}
