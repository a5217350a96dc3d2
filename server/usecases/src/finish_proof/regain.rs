//! A proof in a sign-in that a recovery code brought here (security decision 16): of whoever showed her password in it, and
//! of nobody else. It lets her add a login method in that sign-in.

use super::own::{keep, refused};
use super::{ProofFailed, Proved, note_refusal, registered_cpr};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::cpr::CprStatus;
use domain::flow::{About, Flow, Trip};
use domain::ids::{FlowId, PersonId};
use domain::proofing::{Assessed, Expected, FreshProof, Purpose, Refusal};
use domain::sign_in::SignIn;

const LOST: ProofFailed = ProofFailed::Refused { refusal: Refusal::Lost, back: None };

/// Stores the proof as her newest and brings the sign-in to the step that adds a method.
pub(super) async fn regain(
    cx: &Cx,
    trip_id: FlowId,
    trip: &Trip,
    assessed: Assessed,
    register: CprStatus,
) -> Result<Proved, ProofFailed> {
    let done = take(cx, trip_id, trip, assessed, register).await;
    if matches!(done, Err(ProofFailed::Refused { refusal: Refusal::Lost, .. })) {
        note_refusal(cx, trip, Refusal::Lost).await?;
    }
    done
}

async fn take(
    cx: &Cx,
    trip_id: FlowId,
    trip: &Trip,
    assessed: Assessed,
    register: CprStatus,
) -> Result<Proved, ProofFailed> {
    let mut tx = cx.house.store.begin("regain").await?;
    let (flow, sign_in, id) = waiting(cx, tx.as_mut(), trip.serves).await?;
    // A hold waits for this row, or was put before and is seen.
    let person = tx.person_for_update(id).await?.ok_or(LOST)?;
    let standing = tx.standing(id).await?;
    if !standing.is_active() {
        let entry = Entry::by(EventKind::ProofRefused, id).fact("why", "held");
        record(cx, tx.as_mut(), entry.fact("for", "recovery")).await?;
        tx.commit().await?;
        return Err(ProofFailed::NotAllowed);
    }
    if flow.person != Some((id, standing.epoch())) {
        return Err(LOST);
    }
    let cpr = registered_cpr(cx, tx.as_mut(), person.id).await?;
    let who = Expected { person: id, cpr: &cpr, proofing: cx.id().map_err(Fault::from)?, now: cx.now };
    let said = register.status;
    let proofing = match assessed.for_person(who, register) {
        Ok(proofing) => proofing,
        Err(refusal) => return Err(refused(cx, tx, (id, Purpose::Recovery), (refusal, said)).await?),
    };
    keep(cx, tx.as_mut(), &proofing).await?;
    let proof = FreshProof::mitid(proofing.id, (trip.purpose, trip_id), cx.now);
    let sign_in = sign_in.recovered(proof).map_err(|_| LOST)?;
    let serves = flow.id;
    tx.save_flow(&flow.onward(About::SignIn(sign_in), cx.now)).await?;
    tx.commit().await?;
    Ok(Proved::Regained(serves))
}

/// The sign-in that waits for the proof, and whose it is.
async fn waiting(
    cx: &Cx,
    tx: &mut dyn Tx,
    serves: Option<FlowId>,
) -> Result<(Flow, SignIn, PersonId), ProofFailed> {
    let flow = match flows::locked(cx, tx, serves.ok_or(LOST)?).await {
        Ok(flow) => flow,
        Err(NoFlow::Gone) => return Err(LOST),
        Err(NoFlow::Fault(fault)) => return Err(fault.into()),
    };
    let sign_in = flows::sign_in(&flow).map_err(|_| LOST)?.clone();
    let person = sign_in.awaiting_proof().ok_or(LOST)?;
    Ok((flow, sign_in, person))
}
