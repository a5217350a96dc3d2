//! A service asks: read, believed only when signed, taken once (NSIS 6.1, 6.7).

use crate::begin_sign_in;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::saml::{NotTaken, Outgoing, Status};
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::who::{Here, who};
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::ids::FlowId;
use domain::relying_party::{RelyingParty, ServiceRequest};
use domain::sign_in::{SignIn, Target};

/// What to do with a request.
#[derive(Debug)]
pub enum Received {
    /// Somebody has to sign in first, or go on in this flow.
    SignIn(FlowId),
    /// The session that is there may answer.
    Answer(FlowId),
    /// The service gets a refusal.
    Refuse(Outgoing),
}

/// Why a request is not taken; shown here, never sent to an address nobody verified.
#[derive(Debug, thiserror::Error)]
pub enum RequestRefused {
    /// No connection with this entity id.
    #[error("unknown service")]
    Unknown,
    /// Malformed, unsigned, stale, or meant for somebody else.
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    /// It asks for a level and this is a pilot, which states none.
    #[error("a pilot states no level")]
    Pilot {
        /// What people call the service.
        service: String,
    },
    /// Taken before.
    #[error("replayed")]
    Replayed,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for RequestRefused {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// How long a message id is remembered: longer than any message is fresh.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(30);

/// Takes a request that came by redirect; `raw_query` is the query exactly as it stood in the address.
pub async fn receive_request(cx: &Cx, raw_query: &str) -> Result<Received, RequestRefused> {
    match taken(cx, raw_query).await {
        Ok((rp, request)) => go_on(cx, &rp, request).await,
        Err(refused) => {
            let mut tx = cx.house.store.begin("refuse_request").await?;
            let entry = Entry::new(EventKind::RequestRefused, Actor::Unknown).fact("why", &refused);
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
            tell_sender(cx, refused).await
        }
    }
}

/// A genuine sender, its address known, is told in the protocol's words; everybody else sees a page of ours.
async fn tell_sender(cx: &Cx, refused: RequestRefused) -> Result<Received, RequestRefused> {
    let RequestRefused::NotTaken(NotTaken { tell: Some(told), .. }) = &refused else { return Err(refused) };
    let mut tx = cx.house.store.reading("tell_sender").await?;
    match tx.relying_party(told.request.relying_party).await? {
        Some(rp) => refuse(cx, &rp, &told.request, told.status),
        None => Err(refused),
    }
}

async fn taken(cx: &Cx, raw_query: &str) -> Result<(RelyingParty, ServiceRequest), RequestRefused> {
    let claimed = cx.house.saml.claimed(raw_query)?;
    let mut tx = cx.house.store.reading("receive_request").await?;
    let rp = tx.relying_party_by_entity(&claimed.entity_id).await?.ok_or(RequestRefused::Unknown)?;
    drop(tx);
    let request = cx.house.saml.read(raw_query, &rp, cx.now)?;
    let until = cx.now.saturating_add(REMEMBERED).unwrap_or(cx.now);
    let mut tx = cx.house.store.begin("receive_request").await?;
    if !tx.first_time(rp.id, &request.message_id, until).await? {
        return Err(RequestRefused::Replayed);
    }
    let entry = Entry::new(EventKind::RequestReceived, Actor::Unknown)
        .fact("service", &rp.entity_id)
        .fact("message", &request.message_id)
        .fact("force", request.force)
        .fact("passive", request.passive)
        .fact("level", request.level.map_or("none", domain::level::AssuranceLevel::word))
        .fact("requesters", request.requesters.join(" "));
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok((rp, request))
}

async fn go_on(cx: &Cx, rp: &RelyingParty, request: ServiceRequest) -> Result<Received, RequestRefused> {
    if cx.house.policy.pilot && request.level.is_some() {
        note_refusal(cx, rp, "pilot").await?;
        if request.passive {
            return refuse(cx, rp, &request, Status::NoAuthnContext);
        }
        return Err(RequestRefused::Pilot { service: rp.display_name.clone() });
    }
    if request.level > Some(domain::level::AssuranceLevel::Substantial) {
        note_refusal(cx, rp, "level").await?;
        return refuse(cx, rp, &request, Status::NoAuthnContext);
    }
    let here = who(cx).await?;
    match here.filter(|_| !request.force) {
        Some(Here { session, .. }) => {
            let sign_in = SignIn::with_session(Target::Service(Box::new(request)), session.id);
            Ok(Received::Answer(add(cx, sign_in, Some((session.person, session.epoch))).await?))
        }
        None if request.passive => {
            note_refusal(cx, rp, "passive").await?;
            refuse(cx, rp, &request, Status::NoPassive)
        }
        None => Ok(Received::SignIn(add(cx, SignIn::begin(Target::Service(Box::new(request))), None).await?)),
    }
}

async fn note_refusal(cx: &Cx, rp: &RelyingParty, why: &'static str) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("refuse_request").await?;
    let entry =
        Entry::new(EventKind::RequestRefused, Actor::Unknown).fact("service", &rp.entity_id).fact("why", why);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

fn refuse(
    cx: &Cx,
    rp: &RelyingParty,
    request: &ServiceRequest,
    status: Status,
) -> Result<Received, RequestRefused> {
    let id = crate::issue::message_id(cx)?;
    Ok(Received::Refuse(cx.house.saml.refuse(request, rp, status, id, cx.now)?))
}

async fn add(
    cx: &Cx,
    sign_in: SignIn,
    person: Option<(domain::ids::PersonId, domain::ids::Epoch)>,
) -> Result<FlowId, Fault> {
    let mut tx = cx.house.store.begin("begin_sign_in").await?;
    let id = begin_sign_in::add(cx, tx.as_mut(), sign_in).await?;
    if let (Some(person), Some(mut flow)) = (person, tx.flow_for_update(id).await?) {
        flow.person = Some(person);
        tx.save_flow(&flow).await?;
    }
    tx.commit().await?;
    Ok(id)
}
