//! A proof of somebody who has a login: to block it, to open it again, or to choose a new password.

use super::anew::{begin_anew, blocked_unfinished};
use super::{ProofFailed, Proved, hold_if_hit, registered_cpr};
use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, tell};
use crate::renewal::{allowed, begun, has_one, open, word};
use domain::audit::{Actor, EventKind};
use domain::cpr::{CprStatus, RegisterStatus};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::{Assessed, Expected, FreshProof, IdentityProofing, Purpose, Refusal};
use domain::suspension::Door;

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
    if let Err(cannot) = allowed(&standing, purpose, cx.now) {
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
    let proof = FreshProof::mitid(proofing.id, (purpose, trip), cx.now);
    let Some(about) = begun(person.id, proof) else {
        return Err(refused(cx, tx, (person.id, purpose), (Refusal::Lost, said)).await?);
    };
    keep(cx, tx.as_mut(), &proofing).await?;
    let flow = open(cx, tx.as_mut(), (person.id, standing.epoch()), about, &proof).await?;
    tx.commit().await?;
    Ok(if purpose == Purpose::Reopening { Proved::Reopening(flow) } else { Proved::Reset(flow) })
}

/// Stores the proof as one of hers and tells her of it. Codes count from nothing after it, and nothing reminds her of the
/// one before.
pub(super) async fn keep(cx: &Cx, tx: &mut dyn Tx, proofing: &IdentityProofing) -> Result<(), Fault> {
    tx.add_proofing(proofing).await?;
    codes::proved(cx, tx, proofing.person, "mitid").await?;
    tx.withdraw(proofing.person, Template::ReconfirmationNear).await?;
    let entry = Entry::by(EventKind::IdentityProved, proofing.person)
        .fact("level", proofing.level)
        .fact("process", &proofing.process)
        .fact("register", format!("{:?}", proofing.register.status))
        .fact("proofing", proofing.id);
    record(cx, tx, entry).await?;
    tell(cx, tx, proofing.person, Template::IdentityProved).await
}

/// Whose login the number finds.
async fn owner(cx: &Cx, tx: &mut dyn Tx, assessed: &Assessed) -> Result<Option<PersonId>, Fault> {
    let indexes = cx.house.vault.macs(KeyUse::CprIndex, assessed.cpr().expose())?;
    let Some(person) = tx.person_by_cpr(&indexes).await? else { return Ok(None) };
    Ok(has_one(tx, person).await?.then_some(person))
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
