//! A proof of somebody who has a login: to block it, to open it again, or to choose a new password.

use super::anew::{begin_anew, blocked_unfinished};
use super::{ProofFailed, Proved, hold_if_hit, registered_cpr};
use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, tell, tell_at};
use domain::SignedDuration;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::cpr::{CprStatus, RegisterStatus};
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::{Assessed, Expected, FreshProof, IdentityProofing, Purpose, Refusal};
use domain::reopening::Reopening;
use domain::reset::Reset;
use domain::suspension::{Door, may_reopen};

/// A reset that was not finished by then is told: it ends after a quarter of an hour.
const LEFT_AFTER: SignedDuration = SignedDuration::from_mins(20);

/// Blocking: the number finds her login, and one more yes blocks it. No register is asked: a block waits for nobody.
pub(super) async fn block(cx: &Cx, assessed: &Assessed) -> Result<Proved, ProofFailed> {
    let mut tx = cx.house.store.begin("prove_to_block").await?;
    let Some(person) = owner(cx, tx.as_mut(), assessed).await? else {
        return Err(nobody(cx, tx, Purpose::Blocking).await?);
    };
    let epoch = tx.standing(person).await?.epoch();
    let about = About::Blocking(person, epoch, Door::Mitid);
    let id = cx.handle().map_err(Fault::from)?;
    tx.add_flow(&Flow::start(id, cx.browser, about, cx.now)).await?;
    tx.commit().await?;
    Ok(Proved::Blocking(id))
}

/// Reopening or reset: the proof is stored as one of hers and opens a flow of its own. A login that was blocked before
/// it was active has nothing to open; its owner is invited anew.
pub(super) async fn renew(
    cx: &Cx,
    trip: FlowId,
    purpose: Purpose,
    assessed: Assessed,
    register: CprStatus,
) -> Result<Proved, ProofFailed> {
    let mut tx = cx.house.store.begin("prove_to_renew").await?;
    let Some(id) = owner(cx, tx.as_mut(), &assessed).await? else {
        return Err(nobody(cx, tx, purpose).await?);
    };
    let Some(person) = tx.person_for_update(id).await? else { return Err(nobody(cx, tx, purpose).await?) };
    let standing = tx.standing(person.id).await?;
    let allowed = match purpose {
        Purpose::Reopening => may_reopen(&standing, cx.now),
        _ if standing.is_active() => Ok(()),
        _ => may_reopen(&standing, cx.now).and(Err(domain::suspension::CannotReopen::NotBlocked)),
    };
    if let Err(cannot) = allowed {
        let kind = EventKind::ReopeningRefused;
        record(cx, tx.as_mut(), Entry::by(kind, person.id).fact("why", &cannot).fact("for", word(purpose)))
            .await?;
        tx.commit().await?;
        return Err(ProofFailed::Held(purpose, cannot));
    }
    let cpr = registered_cpr(cx, tx.as_mut(), person.id).await?;
    let who = Expected { person: person.id, cpr: &cpr, proofing: cx.id().map_err(Fault::from)?, now: cx.now };
    let said = register.status;
    let proofing = match assessed.for_person(who, register) {
        Ok(proofing) => proofing,
        Err(refusal) => return Err(refused(cx, tx, (person.id, purpose), (refusal, said)).await?),
    };
    let relations = tx.associations_of(person.id).await?;
    if purpose == Purpose::Reopening && blocked_unfinished(cx, &standing, &relations) {
        begin_anew(cx, tx.as_mut(), (person.id, standing), proofing.id).await?;
        keep(cx, tx.as_mut(), &proofing).await?;
        tx.commit().await?;
        return Ok(Proved::Anew);
    }
    let proof = FreshProof { proofing: proofing.id, purpose, flow: trip, at: cx.now };
    let about = match purpose {
        Purpose::Reopening => {
            Reopening::begin(person.id, proof).map(|begun| About::Reopening(Box::new(begun)))
        }
        _ => Reset::begin(person.id, proof).map(About::Reset),
    };
    let Ok(about) = about else {
        return Err(refused(cx, tx, (person.id, purpose), (Refusal::Lost, said)).await?);
    };
    let flow = begin(cx, tx.as_mut(), (person.id, standing.epoch()), about).await?;
    keep(cx, tx.as_mut(), &proofing).await?;
    let kind = if purpose == Purpose::Reopening { EventKind::ReopeningBegun } else { EventKind::ResetBegun };
    record(cx, tx.as_mut(), Entry::by(kind, person.id).fact("proofing", proofing.id)).await?;
    if purpose == Purpose::Reset {
        let due = cx.now.saturating_add(LEFT_AFTER).unwrap_or(cx.now);
        tx.withdraw(person.id, Template::ResetLeft).await?;
        tell_at(cx, tx.as_mut(), person.id, Template::ResetLeft, due).await?;
    }
    tx.commit().await?;
    Ok(if purpose == Purpose::Reopening { Proved::Reopening(flow) } else { Proved::Reset(flow) })
}

/// Stores the proof as one of hers and tells her of it. Codes count from nothing after it, and nothing reminds her of the
/// one before.
pub(super) async fn keep(cx: &Cx, tx: &mut dyn Tx, proofing: &IdentityProofing) -> Result<(), Fault> {
    tx.add_proofing(proofing).await?;
    codes::proved(cx, tx, proofing.person).await?;
    tx.withdraw(proofing.person, Template::ReconfirmationNear).await?;
    let entry = Entry::by(EventKind::IdentityProved, proofing.person)
        .fact("level", proofing.level)
        .fact("process", &proofing.process)
        .fact("register", format!("{:?}", proofing.register.status))
        .fact("proofing", proofing.id);
    record(cx, tx, entry).await?;
    tell(cx, tx, proofing.person, Template::IdentityProved).await
}

/// Whose login the number finds: somebody with an open relation that was activated. Somebody who is held is found by any
/// relation that is open or was activated once, and told what she can do about it.
async fn owner(cx: &Cx, tx: &mut dyn Tx, assessed: &Assessed) -> Result<Option<PersonId>, Fault> {
    let indexes = cx.house.vault.macs(KeyUse::CprIndex, assessed.cpr().expose())?;
    let Some(person) = tx.person_by_cpr(&indexes).await? else { return Ok(None) };
    let held = !tx.standing(person).await?.is_active();
    let counts = |it: &Association| match (it.closed_at.is_none(), it.activated_at.is_some()) {
        (true, true) => true,
        (open, activated) => held && (open || activated),
    };
    Ok(tx.associations_of(person).await?.iter().any(counts).then_some(person))
}

async fn begin(cx: &Cx, tx: &mut dyn Tx, whose: (PersonId, Epoch), about: About) -> Result<FlowId, Fault> {
    let id: FlowId = cx.handle()?;
    let until = match &about {
        About::Reopening(reopening) => Some(reopening.until()),
        About::Reset(reset) => Some(reset.until()),
        _ => None,
    };
    let mut flow = Flow::start(id, cx.browser, about, cx.now);
    flow.person = Some(whose);
    let flow = until.map_or(flow.clone(), |until| flow.until(until));
    tx.add_flow(&flow).await?;
    Ok(id)
}

/// The same page for a number nobody has here and for a login that was never finished.
async fn nobody(cx: &Cx, mut tx: Box<dyn Tx>, purpose: Purpose) -> Result<ProofFailed, ProofFailed> {
    let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", "no-login");
    record(cx, tx.as_mut(), entry.fact("for", word(purpose))).await?;
    tx.commit().await?;
    Ok(ProofFailed::NoLogin(purpose))
}

/// Keeps that a proof which named her, or was hers to make, was refused. What the register says of her may hold her login.
pub(super) async fn refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (person, purpose): (PersonId, Purpose),
    (refusal, said): (Refusal, RegisterStatus),
) -> Result<ProofFailed, ProofFailed> {
    let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).about(person);
    record(cx, tx.as_mut(), entry.fact("why", refusal.word()).fact("for", word(purpose))).await?;
    hold_if_hit(cx, tx.as_mut(), person, refusal, said).await?;
    tx.commit().await?;
    Ok(ProofFailed::Refused { refusal, back: None })
}

fn word(purpose: Purpose) -> &'static str {
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
