//! A proof made to get a login: tied to the invited person, and stored with the accept it names.

use super::{ProofFailed, Proved, hold_if_hit, may_enrol, note_refusal, registered_cpr};
use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::read_terms::keep_acceptance;
use crate::record::{Entry, record, tell};
use crate::terms_in_force::terms_in_force;
use domain::audit::{Actor, EventKind};
use domain::cpr::CprStatus;
use domain::enrolment::PROOF_HOLDS;
use domain::flow::{About, FLOW_HOLDS, Trip};
use domain::ids::FlowId;
use domain::notice::Template;
use domain::proofing::{Assessed, Expected, FreshProof, Refusal};

/// Ties the proof to the invited person and stores it with the accept it names.
pub(super) async fn enrol(
    cx: &Cx,
    trip_id: FlowId,
    serves: FlowId,
    trip: &Trip,
    assessed: Assessed,
    register: CprStatus,
) -> Result<Proved, ProofFailed> {
    let refused = |refusal| ProofFailed::Refused { refusal, back: Some(serves) };
    let mut tx = cx.house.store.begin("finish_proof").await?;
    let flow = match flows::locked(cx, tx.as_mut(), serves).await {
        Ok(flow) => flow,
        Err(NoFlow::Gone) => {
            drop(tx);
            note_refusal(cx, trip, Refusal::Lost).await?;
            return Err(ProofFailed::Refused { refusal: Refusal::Lost, back: None });
        }
        Err(NoFlow::Fault(fault)) => return Err(fault.into()),
    };
    let enrolment = flows::enrolment(&flow).map_err(|_| refused(Refusal::Lost))?.clone();
    let waiting = enrolment.waiting_accept().map_err(|_| refused(Refusal::Lost))?.cloned();
    let current = terms_in_force(cx, tx.as_mut()).await?.terms;
    if waiting.as_ref().is_some_and(|accepted| accepted.terms != current.hash) {
        let about = About::Enrolment(enrolment.clone().with_new_terms(&current));
        tx.keep_terms(&current).await?;
        tx.save_flow(&flow.onward(about, cx.now)).await?;
        let entry = Entry::new(EventKind::EnrolmentRefused, Actor::Unknown).about(enrolment.invited);
        record(cx, tx.as_mut(), entry.fact("why", "new-terms")).await?;
        tx.commit().await?;
        return Err(ProofFailed::NewTerms(serves));
    }
    let person = tx.person_for_update(enrolment.invited).await?.ok_or_else(|| refused(Refusal::Lost))?;
    let cpr = registered_cpr(cx, tx.as_mut(), person.id).await?;
    let who = Expected { person: person.id, cpr: &cpr, proofing: cx.id().map_err(Fault::from)?, now: cx.now };
    let said = register.status;
    let proofing = match assessed.for_person(who, register) {
        Ok(proofing) => proofing,
        Err(refusal) => {
            hold_if_hit(cx, tx.as_mut(), person.id, refusal, said).await?;
            tx.commit().await?;
            note_refusal(cx, trip, refusal).await?;
            return Err(refused(refusal));
        }
    };
    // Only now that it is she: somebody else with her link learns nothing of how her login stands.
    if !may_enrol(cx, tx.as_mut(), person.id).await? {
        let entry = Entry::by(EventKind::EnrolmentRefused, person.id).fact("why", "held-or-ended");
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
        return Err(ProofFailed::NothingToFinish);
    }
    let proof = FreshProof::mitid(proofing.id, (trip.purpose, trip_id), cx.now);
    // A little longer than the proof, so that she is told that its hour is over and can prove anew.
    let until = cx.now.saturating_add(PROOF_HOLDS.saturating_add(FLOW_HOLDS)).unwrap_or(cx.now);
    let about = About::Enrolment(enrolment.proved(proof).map_err(|_| refused(Refusal::Lost))?);
    let mut flow = flow.onward(about, cx.now).until(until);
    flow.person = Some((person.id, person.epoch));
    tx.add_proofing(&proofing).await?;
    tx.enrolment_open(person.id, cx.now).await?;
    codes::proved(cx, tx.as_mut(), person.id, "mitid").await?;
    tx.withdraw(person.id, Template::ReconfirmationNear).await?;
    tx.save_flow(&flow).await?;
    let entry = Entry::by(EventKind::IdentityProved, person.id)
        .fact("level", proofing.level)
        .fact("process", &proofing.process)
        .fact("register", format!("{:?}", proofing.register.status))
        .fact("proofing", proofing.id);
    record(cx, tx.as_mut(), entry).await?;
    tell(cx, tx.as_mut(), person.id, Template::IdentityProved).await?;
    if let Some(accepted) = waiting {
        tx.keep_terms(&current).await?;
        keep_acceptance(cx, tx.as_mut(), person.id, accepted).await?;
    }
    tx.commit().await?;
    Ok(Proved::Enrolment(serves))
}
