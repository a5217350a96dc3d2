//! A proof made to confirm anew who she is (service description, conditions 6 and 7): of whoever is signed in here, and of
//! nobody else.

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
use domain::ids::FlowId;
use domain::notice::Template;
use domain::proofing::{Assessed, Expected, FreshProof, Purpose, Refusal};
use domain::session::Session;

const LOST: ProofFailed = ProofFailed::Refused { refusal: Refusal::Lost, back: None };

/// Stores the proof as her newest, takes back what would remind her, and lets a sign-in that waited for it go on.
pub(super) async fn reconfirm(
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
    let mut tx = cx.house.store.begin("reconfirm").await?;
    let flow = waiting(cx, tx.as_mut(), trip.serves).await?;
    let Some(session) = session(cx, tx.as_mut(), flow.as_ref()).await? else { return Err(LOST) };
    // A hold waits for this row, or was put before and is seen.
    let person = tx.person_for_update(session.person).await?.ok_or(LOST)?;
    let standing = tx.standing(person.id).await?;
    if !standing.is_active() {
        let entry = Entry::by(EventKind::ProofRefused, person.id).fact("why", "held");
        record(cx, tx.as_mut(), entry.fact("for", "reconfirmation")).await?;
        tx.commit().await?;
        return Err(ProofFailed::NotAllowed);
    }
    if session.alive(cx.browser, standing.epoch(), cx.house.policy.session, cx.now).is_err() {
        return Err(LOST);
    }
    let cpr = registered_cpr(cx, tx.as_mut(), person.id).await?;
    let who = Expected { person: person.id, cpr: &cpr, proofing: cx.id().map_err(Fault::from)?, now: cx.now };
    let said = register.status;
    let proofing = match assessed.for_person(who, register) {
        Ok(proofing) => proofing,
        Err(refusal) => {
            return Err(refused(cx, tx, (person.id, Purpose::Reconfirmation), (refusal, said)).await?);
        }
    };
    let because = tx.proved(person.id).await?.map_or("first", |before| before.reconfirmation(cx.now).word());
    keep(cx, tx.as_mut(), &proofing).await?;
    tx.withdraw(person.id, Template::NameChanged).await?;
    let entry = Entry::by(EventKind::Reconfirmed, person.id).fact("proofing", proofing.id);
    record(cx, tx.as_mut(), entry.fact("why", because)).await?;
    if let Some(flow) = flow {
        let proof = FreshProof::mitid(proofing.id, (trip.purpose, trip_id), cx.now);
        let sign_in = flows::sign_in(&flow).map_err(|_| LOST)?.clone();
        let sign_in = sign_in.reconfirmed(&proof).map_err(|_| LOST)?;
        tx.save_flow(&flow.onward(About::SignIn(sign_in), cx.now)).await?;
    }
    tx.commit().await?;
    Ok(Proved::Reconfirmed(trip.serves))
}

/// The sign-in that waits for the proof, where there is one; it must still ask.
async fn waiting(cx: &Cx, tx: &mut dyn Tx, serves: Option<FlowId>) -> Result<Option<Flow>, ProofFailed> {
    let Some(id) = serves else { return Ok(None) };
    let flow = match flows::locked(cx, tx, id).await {
        Ok(flow) => flow,
        Err(NoFlow::Gone) => return Err(LOST),
        Err(NoFlow::Fault(fault)) => return Err(fault.into()),
    };
    match flows::sign_in(&flow).map(|sign_in| sign_in.asks().is_some()) {
        Ok(true) => Ok(Some(flow)),
        _ => Err(LOST),
    }
}

/// The session she is signed in with: the one the sign-in led to, else this browser's.
async fn session(cx: &Cx, tx: &mut dyn Tx, flow: Option<&Flow>) -> Result<Option<Session>, Fault> {
    Ok(match flow {
        Some(flow) => match flows::sign_in(flow).ok().and_then(domain::sign_in::SignIn::session) {
            Some(session) => tx.session(session).await?,
            None => None,
        },
        None => tx.session_in(cx.browser).await?,
    })
}
