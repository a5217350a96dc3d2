//! Coming back from MitID: once, in the same browser, in time, as the right person.

use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::read_terms::keep_acceptance;
use crate::record::{Entry, INVITATION_HOLDS, cpr_place, record, tell};
use crate::start_proof::trip_place;
use crate::{flows::NoFlow, invitation};
use domain::audit::{Actor, EventKind};
use domain::cpr::{Cpr, CprStatus};
use domain::enrolment::PROOF_HOLDS;
use domain::flow::{About, FLOW_HOLDS, Trip};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::{Assessed, Expected, FreshProof, Purpose, Refusal, assess};
use std::collections::BTreeMap;

/// Where the browser goes after a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// On with the enrolment; the cookie gets a new id.
    Enrolment(FlowId),
    /// If an invitation is hers, it was mailed to her again.
    Finding,
}

/// Why a proof did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ProofFailed {
    /// One of the four calm pages.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// The enrolment to go back to, when there is one.
        back: Option<FlowId>,
    },
    /// New terms were published on the way; they are read first.
    #[error("new terms were published meanwhile")]
    NewTerms(FlowId),
    /// The login is held, or the work relation ended: whom to call.
    #[error("the login is held or the relation ended")]
    NotAllowed,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for ProofFailed {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes the callback that came to a broker profile's own address. The trip is spent at the first callback, whatever it
/// says.
pub async fn finish_proof(
    cx: &Cx,
    profile: &str,
    callback: &BTreeMap<String, String>,
) -> Result<Proved, ProofFailed> {
    let (id, trip) = spend_trip(cx, callback).await?;
    let refused = |refusal| ProofFailed::Refused { refusal, back: trip.serves };
    // Each profile has an address of its own: what comes to another one was written by another broker.
    let outcome = if trip.profile == profile {
        judge(cx, id, &trip, callback).await
    } else {
        Err(Judged::Refused(Refusal::OtherBroker))
    };
    let (assessed, register) = match outcome {
        Ok(judged) => judged,
        Err(Judged::Refused(refusal)) => {
            note_refusal(cx, &trip, refusal).await?;
            return Err(refused(refusal));
        }
        Err(Judged::Fault(fault)) => return Err(fault.into()),
    };
    match (trip.purpose, trip.serves) {
        (Purpose::Enrolment, Some(serves)) => enrol(cx, id, serves, &trip, assessed, register).await,
        (Purpose::Finding, _) => find(cx, &assessed).await,
        (Purpose::Enrolment, None) => Err(refused(Refusal::Lost)),
    }
}

enum Judged {
    Refused(Refusal),
    Fault(Fault),
}

/// Everything that needs the network; outside of any transaction.
async fn judge(
    cx: &Cx,
    id: FlowId,
    trip: &Trip,
    callback: &BTreeMap<String, String>,
) -> Result<(Assessed, CprStatus), Judged> {
    let memory = cx
        .house
        .vault
        .open(KeyUse::Memory, &trip_place(id), &Sealed(trip.sealed.clone()))
        .map_err(|fault| Judged::Fault(fault.into()))?;
    let answer =
        cx.house.mitid.arrive(&trip.profile, &memory, callback, cx.now).await.map_err(Judged::Refused)?;
    let assessed = assess(answer, trip.began_at, cx.house.clock.now()).map_err(Judged::Refused)?;
    let register =
        cx.house.register.look_up(assessed.cpr(), &assessed, cx.now).await.map_err(Judged::Refused)?;
    Ok((assessed, register))
}

async fn spend_trip(cx: &Cx, callback: &BTreeMap<String, String>) -> Result<(FlowId, Trip), ProofFailed> {
    const LOST: ProofFailed = ProofFailed::Refused { refusal: Refusal::Lost, back: None };
    let id: Option<FlowId> = callback.get("state").and_then(|state| state.parse().ok());
    let mut tx = cx.house.store.begin("spend_trip").await?;
    let found = match id {
        Some(id) => match flows::locked(cx, tx.as_mut(), id).await {
            Ok(flow) => Some(flow),
            Err(NoFlow::Gone) => None,
            Err(NoFlow::Fault(fault)) => return Err(fault.into()),
        },
        None => None,
    };
    if let Some(flow) = found
        && let About::Mitid(trip) = flow.about
        && tx.spend_flow(flow.id).await?
    {
        tx.commit().await?;
        return Ok((flow.id, trip));
    }
    let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", Refusal::Lost.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Err(LOST)
}

async fn note_refusal(cx: &Cx, trip: &Trip, refusal: Refusal) -> Result<(), ProofFailed> {
    let mut tx = cx.house.store.begin("refuse_proof").await?;
    let mut entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", refusal.word());
    if let Some(serves) = trip.serves
        && let Some(flow) = tx.flow(serves).await?
        && let About::Enrolment(enrolment) = &flow.about
    {
        entry = entry.about(enrolment.invited);
    }
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Ties the proof to the invited person and stores it with the accept it names.
async fn enrol(
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
    let current = cx.house.terms.current();
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
    if !may_enrol(cx, tx.as_mut(), person.id).await? {
        let entry = Entry::by(EventKind::EnrolmentRefused, person.id).fact("why", "held-or-ended");
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
        return Err(ProofFailed::NotAllowed);
    }
    let cpr = registered_cpr(cx, tx.as_mut(), person.id).await?;
    let who = Expected { person: person.id, cpr: &cpr, proofing: cx.id().map_err(Fault::from)?, now: cx.now };
    let proofing = match assessed.for_person(who, register) {
        Ok(proofing) => proofing,
        Err(refusal) => {
            drop(tx);
            note_refusal(cx, trip, refusal).await?;
            return Err(refused(refusal));
        }
    };
    let proof = FreshProof { proofing: proofing.id, purpose: trip.purpose, flow: trip_id, at: cx.now };
    // A little longer than the proof, so that she is told that its hour is over and can prove anew.
    let until = cx.now.saturating_add(PROOF_HOLDS.saturating_add(FLOW_HOLDS)).unwrap_or(cx.now);
    let about = About::Enrolment(enrolment.proved(proof).map_err(|_| refused(Refusal::Lost))?);
    let mut flow = flow.onward(about, cx.now).until(until);
    flow.person = Some((person.id, person.epoch));
    tx.add_proofing(&proofing).await?;
    tx.enrolment_open(person.id, cx.now).await?;
    codes::proved(cx, tx.as_mut(), person.id).await?;
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

/// No open hold, and a relation that has not ended.
async fn may_enrol(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let today = cx.today();
    let related =
        tx.associations_of(person).await?.iter().any(|it| it.closed_at.is_none() && !it.is_over(today));
    Ok(related && tx.standing(person).await?.is_active())
}

async fn registered_cpr(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Cpr, Fault> {
    let sealed = tx.cpr_of(person).await?.ok_or(Fault::Encoding)?;
    let digits = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(person), &sealed)?;
    core::str::from_utf8(&digits).ok().and_then(|digits| Cpr::parse(digits).ok()).ok_or(Fault::Encoding)
}

/// MitID first: the number finds the person, and her invitation is mailed to the channel HR holds. The page says the
/// same whether it found somebody or not.
async fn find(cx: &Cx, assessed: &Assessed) -> Result<Proved, ProofFailed> {
    let indexes = cx.house.vault.macs(KeyUse::CprIndex, assessed.cpr().expose()).map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("find_invitation").await?;
    if let Some(person) = tx.person_by_cpr(&indexes).await?
        && may_enrol(cx, tx.as_mut(), person).await?
        && tx
            .associations_of(person)
            .await?
            .iter()
            .all(|it| it.closed_at.is_some() || it.activated_at.is_none())
    {
        let token = invitation::token(&cx.house, person, cx.now).map_err(Fault::from)?;
        let mac = invitation::kept(&cx.house, &token).map_err(Fault::from)?;
        let epoch = tx.standing(person).await?.epoch();
        let until = cx.now.saturating_add(INVITATION_HOLDS).unwrap_or(cx.now);
        tx.withdraw(person, Template::Welcome).await?;
        tx.withdraw(person, Template::Reminder).await?;
        tx.put_invitation(person, mac, epoch, until).await?;
        record(cx, tx.as_mut(), Entry::by(EventKind::Invited, person).fact("after", "mitid")).await?;
        tell(cx, tx.as_mut(), person, Template::Welcome).await?;
    } else {
        let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", "nobody-to-invite");
        record(cx, tx.as_mut(), entry).await?;
    }
    tx.commit().await?;
    Ok(Proved::Finding)
}
