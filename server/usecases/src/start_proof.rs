//! Sending somebody to MitID.

use crate::context::Cx;
use crate::doors::a_source_is_seen_leaving;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::mitid::ProofAsk;
use crate::ports::store::StoreFault;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use crate::who::who;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow, TRIPS_AT_ONCE, Trip};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::proofing::{Purpose, Refusal};

/// Why nobody is sent to MitID now.
#[derive(Debug, thiserror::Error)]
pub enum ProofNotStarted {
    /// The flow is not at that point.
    #[error("another step comes first")]
    NotNow,
    /// The broker cannot be reached.
    #[error(transparent)]
    Broker(#[from] Refusal),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for ProofNotStarted {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for ProofNotStarted {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Starts a trip for an enrolment or a sign-in that waits for it (`serves`), or for another purpose. Gives the address the browser goes to. The trip
/// is a flow of its own: its proof cannot be spent on anything else.
///
/// Somebody unknown is never refused one, however many a source asked for. What is bounded is what they leave behind: so
/// many open trips a browser, so many rows a source and minute.
pub async fn start_proof(
    cx: &Cx,
    (purpose, serves): (Purpose, Option<FlowId>),
    language: &'static str,
) -> Result<String, ProofNotStarted> {
    let about = match (purpose, serves) {
        (Purpose::Reconfirmation, serves) => Some(signed_in(cx, serves).await?),
        (Purpose::Recovery, Some(id)) => Some(recovering(cx, id).await?),
        (Purpose::Recovery, None) => return Err(ProofNotStarted::NotNow),
        (_, Some(id)) => Some((enrolment_waits(cx, id).await?, None)),
        (_, None) => None,
    };
    // Whoever is signed in takes the trip as herself: a hold ends it with all else she began.
    let whose = about.and_then(|(person, epoch)| epoch.map(|epoch| (person, epoch)));
    let id: FlowId = cx.handle().map_err(Fault::from)?;
    let ask = ProofAsk {
        reference_text: format!("{} – {}", intent(purpose), cx.house.policy.municipality),
        language,
        state: id.to_string(),
    };
    let departure = cx.house.mitid.depart(ask).await?;
    let trip = Trip {
        purpose,
        serves,
        profile: departure.profile,
        began_at: cx.now,
        sealed: cx
            .house
            .vault
            .seal(KeyUse::Memory, &trip_place(id), &departure.memory)
            .map_err(Fault::from)?
            .0,
    };
    let entry = Entry::new(EventKind::ProofStarted, Actor::Unknown).fact("profile", &trip.profile);
    let entry = about.into_iter().fold(entry, |entry, (person, _)| entry.about(person));
    let mut tx = cx.house.store.begin("start_proof").await?;
    let flow = Flow { person: whose, ..Flow::start(id, cx.browser, About::Mitid(trip), cx.now) };
    if about.is_none() {
        tx.end_idle_trips(cx.browser, TRIPS_AT_ONCE - 1).await?;
    }
    tx.add_flow(&flow).await?;
    if let Some(serves) = serves {
        // What it serves must outlive the trip, and a trip not taken must not shorten it.
        let flow = flows::locked(cx, tx.as_mut(), serves).await?;
        let (about, until) = (flow.about.clone(), flow.expires_at);
        let flow = flow.onward(about, cx.now);
        let until = until.max(flow.expires_at);
        tx.save_flow(&flow.until(until)).await?;
    }
    if about.is_some() || a_source_is_seen_leaving(cx, tx.as_mut()).await? {
        record(cx, tx.as_mut(), entry).await?;
    }
    tx.commit().await?;
    Ok(departure.address)
}

async fn enrolment_waits(cx: &Cx, id: FlowId) -> Result<PersonId, ProofNotStarted> {
    let mut tx = cx.house.store.reading("start_proof").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    enrolment.waiting_accept().map_err(|_| ProofNotStarted::NotNow)?;
    Ok(enrolment.invited)
}

/// Whose password and recovery code were shown in this sign-in.
async fn recovering(cx: &Cx, id: FlowId) -> Result<(PersonId, Option<Epoch>), ProofNotStarted> {
    let mut tx = cx.house.store.reading("start_proof").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let person = flows::sign_in(&flow)?.awaiting_proof().ok_or(ProofNotStarted::NotNow)?;
    Ok((person, flow.person.map(|(_, epoch)| epoch)))
}

/// Who is signed in here, and is asked to confirm anew where the trip serves a sign-in.
async fn signed_in(cx: &Cx, serves: Option<FlowId>) -> Result<(PersonId, Option<Epoch>), ProofNotStarted> {
    let here = who(cx).await?.ok_or(ProofNotStarted::NotNow)?;
    if let Some(id) = serves {
        let mut tx = cx.house.store.reading("start_proof").await?;
        let flow = flows::seen(cx, tx.as_mut(), id).await?;
        let sign_in = flows::sign_in(&flow)?;
        if sign_in.asks().is_none() || sign_in.session() != Some(here.session.id) {
            return Err(ProofNotStarted::NotNow);
        }
    }
    Ok((here.person.id, Some(here.session.epoch)))
}

/// The place a trip's memory is bound to.
pub(crate) fn trip_place(id: FlowId) -> String {
    format!("flows/memory/{id}")
}

/// What MitID shows on her phone: what this proof is for, so that nobody approves another's.
fn intent(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Enrolment | Purpose::Finding => "Bekræft hvem du er",
        Purpose::Blocking => "Spær dit login",
        Purpose::Reopening => "Genaktivér dit login",
        Purpose::Reset => "Vælg ny adgangskode",
        Purpose::Reconfirmation => "Bekræft dig igen",
        Purpose::Recovery => "Tilføj nyt loginmiddel",
    }
}
