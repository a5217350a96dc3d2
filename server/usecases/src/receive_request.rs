//! A service asks: read, believed only when signed, taken once (NSIS 6.1, 6.7).

use crate::begin_sign_in;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::saml::{NotTaken, Outgoing, Status};
use crate::ports::store::{StoreFault, Tx};
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
        Ok((rp, request, decided)) => go_on(cx, &rp, &request, decided),
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
    let mut tx = cx.house.store.look("tell_sender").await?;
    match tx.relying_party(told.request.relying_party).await? {
        Some(rp) => refuse(cx, &rp, &told.request, told.status),
        None => Err(refused),
    }
}

/// What was decided about a request, before anything is signed.
enum Decided {
    SignIn(FlowId),
    Answer(FlowId),
    Refuse(Status),
    Pilot,
}

/// Reads and believes it outside, then takes it once, decides and begins the flow in one transaction.
async fn taken(cx: &Cx, raw_query: &str) -> Result<(RelyingParty, ServiceRequest, Decided), RequestRefused> {
    let claimed = cx.house.saml.claimed(raw_query)?;
    let mut tx = cx.house.store.look("receive_request").await?;
    let rp = tx.relying_party_by_entity(&claimed.entity_id).await?.ok_or(RequestRefused::Unknown)?;
    drop(tx);
    let request = cx.house.saml.read(raw_query, &rp, cx.now)?;
    let here = who(cx).await?;
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
    let decided = decide(cx, tx.as_mut(), &rp, &request, here).await?;
    tx.commit().await?;
    Ok((rp, request, decided))
}

async fn decide(
    cx: &Cx,
    tx: &mut dyn Tx,
    rp: &RelyingParty,
    request: &ServiceRequest,
    here: Option<Here>,
) -> Result<Decided, Fault> {
    if cx.house.policy.pilot && request.level.is_some() {
        note_refusal(cx, tx, rp, "pilot").await?;
        return Ok(if request.passive { Decided::Refuse(Status::NoAuthnContext) } else { Decided::Pilot });
    }
    if request.level > Some(domain::level::AssuranceLevel::Substantial) {
        note_refusal(cx, tx, rp, "level").await?;
        return Ok(Decided::Refuse(Status::NoAuthnContext));
    }
    let target = Target::Service(Box::new(request.clone()));
    match here.filter(|_| !request.force) {
        Some(Here { session, .. }) => {
            let sign_in = SignIn::with_session(target, session.id);
            let of = Some((session.person, session.epoch));
            Ok(Decided::Answer(begin_sign_in::add(cx, tx, sign_in, of).await?))
        }
        None if request.passive => {
            note_refusal(cx, tx, rp, "passive").await?;
            Ok(Decided::Refuse(Status::NoPassive))
        }
        None => Ok(Decided::SignIn(begin_sign_in::add(cx, tx, SignIn::begin(target), None).await?)),
    }
}

fn go_on(
    cx: &Cx,
    rp: &RelyingParty,
    request: &ServiceRequest,
    decided: Decided,
) -> Result<Received, RequestRefused> {
    match decided {
        Decided::SignIn(flow) => Ok(Received::SignIn(flow)),
        Decided::Answer(flow) => Ok(Received::Answer(flow)),
        Decided::Refuse(status) => refuse(cx, rp, request, status),
        Decided::Pilot => Err(RequestRefused::Pilot { service: rp.display_name.clone() }),
    }
}

async fn note_refusal(cx: &Cx, tx: &mut dyn Tx, rp: &RelyingParty, why: &'static str) -> Result<(), Fault> {
    let entry =
        Entry::new(EventKind::RequestRefused, Actor::Unknown).fact("service", &rp.entity_id).fact("why", why);
    record(cx, tx, entry).await
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
