//! A service asks: read, believed only when signed, taken once (NSIS 6.1, 6.7).

use crate::context::Cx;
use crate::doors::a_source_may_send_nonsense;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::issue::{self, Due, NotIssued};
use crate::ports::saml::{Inbound, NotTaken, Outgoing, Status};
use crate::ports::store::{StoreFault, TAKEN_MESSAGE};
use crate::record::{Entry, record};
use crate::watch_clocks::clocks_to_issue;
use crate::who::Here;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::level::AssuranceLevel;
use domain::relying_party::{RelyingParty, ServiceRequest};
use domain::sign_in::{SignIn, Target};

/// A `RelayState` of more bytes is unusual (SAML bindings 3.4.3): taken, and said in the log (security decision 4).
const USUAL_RELAY_STATE: usize = 80;

/// What to do with a request.
#[derive(Debug)]
pub enum Received {
    /// Somebody has to sign in first, or go on in this flow.
    SignIn(FlowId),
    /// The session that is there answered.
    Answered(Outgoing),
    /// It may answer once a step of this flow is done.
    Step(FlowId),
    /// It may not, and nothing she can do here changes that.
    Missing {
        /// What is missing.
        missing: Missing,
        /// What people call the service.
        service: String,
    },
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
pub(crate) const REMEMBERED: SignedDuration = SignedDuration::from_mins(30);

/// Takes a request. `here` is who sits at the browser; what an answer rests on is read again in its transaction.
pub async fn receive_request(
    cx: &Cx,
    here: Option<Here>,
    message: Inbound<'_>,
) -> Result<Received, RequestRefused> {
    match taken(cx, here, message).await.map_err(replayed) {
        Ok(Taken::Received(received)) => Ok(received),
        Ok(Taken::Refused(rp, request, status)) => refuse(cx, &rp, &request, status),
        Ok(Taken::InAPilot(service)) => Err(RequestRefused::Pilot { service }),
        Err(refused) => {
            note_refused(cx, &refused).await?;
            tell_sender(cx, refused).await
        }
    }
}

/// The database says with the next question, or when all is to be kept, that the message was taken before.
fn replayed(refused: RequestRefused) -> RequestRefused {
    match refused {
        RequestRefused::Fault(Fault::Store(StoreFault::Conflict(TAKEN_MESSAGE))) => RequestRefused::Replayed,
        other => other,
    }
}

/// Whatever is refused leaves its event; where no genuine sender stands behind it, or what it sent is sent again, only so
/// many a minute from one source: whoever makes requests up, or copies one, does not fill the trail.
pub(crate) async fn note_refused(cx: &Cx, refused: &RequestRefused) -> Result<(), RequestRefused> {
    let mut tx = cx.house.store.begin("refuse_request").await?;
    let new = match refused {
        RequestRefused::NotTaken(NotTaken { tell: Some(told), .. }) => {
            let until = cx.now.saturating_add(REMEMBERED).unwrap_or(cx.now);
            tx.first_time(told.request.relying_party, &told.request.message_id, until).await?
        }
        RequestRefused::Fault(_) => true,
        _ => false,
    };
    if !new && !a_source_may_send_nonsense(cx, tx.as_mut()).await? {
        return Ok(());
    }
    let entry = Entry::new(EventKind::RequestRefused, Actor::Unknown).fact("why", refused);
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
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

/// A request that was taken, and what came of it.
enum Taken {
    Received(Received),
    Refused(Box<RelyingParty>, Box<ServiceRequest>, Status),
    InAPilot(String),
}

/// Reads and believes it outside; takes it once, decides, and answers or begins a flow, in one transaction.
async fn taken(cx: &Cx, here: Option<Here>, message: Inbound<'_>) -> Result<Taken, RequestRefused> {
    let claimed = cx.house.saml.claimed(message)?;
    let mut tx = cx.house.store.look("receive_request").await?;
    let rp = tx.relying_party_by_entity(&claimed.entity_id).await?.ok_or(RequestRefused::Unknown)?;
    drop(tx);
    if rp.metadata_over(cx.now) {
        return Err(NotTaken { reason: "metadata-over".to_owned(), tell: None }.into());
    }
    let request = cx.house.saml.read(message, &rp, cx.now)?;
    if let Some(length) = request.relay_state.as_ref().map(String::len).filter(|it| *it > USUAL_RELAY_STATE) {
        tracing::info!(service = %rp.entity_id, length, "a RelayState is longer than the 80 bytes of the standard");
    }
    let decided = decide(cx, &request, here)?;
    let clocks = clocks_to_issue(&cx.house).await?;
    let until = cx.now.saturating_add(REMEMBERED).unwrap_or(cx.now);
    let mut tx = cx.house.store.begin("receive_request").await?;
    tx.take_message(rp.id, &request.message_id, until).await?;
    let received = received(&rp, &request);
    match decided {
        Decided::Answer(flow) => {
            let due = Due { flow: *flow, kept: false, received: Some(received), clocks };
            let id = due.flow.id;
            answered(issue::answer(cx, tx, due, &rp, &request).await, id, request.display_name)
        }
        Decided::SignIn(flow) => {
            tx.add_flow(&flow).await?;
            record(cx, tx.as_mut(), received).await?;
            tx.commit().await?;
            Ok(Taken::Received(Received::SignIn(flow.id)))
        }
        Decided::Refuse(why, status) => {
            record(cx, tx.as_mut(), received).await?;
            record(cx, tx.as_mut(), refusal(&rp, why)).await?;
            tx.commit().await?;
            Ok(match status {
                Some(status) => Taken::Refused(Box::new(rp), Box::new(request), status),
                None => Taken::InAPilot(rp.display_name),
            })
        }
    }
}

fn received(rp: &RelyingParty, request: &ServiceRequest) -> Entry {
    Entry::new(EventKind::RequestReceived, Actor::Unknown)
        .fact("service", &rp.entity_id)
        .fact("message", &request.message_id)
        .fact("force", request.force)
        .fact("passive", request.passive)
        .fact("level", request.level.map_or("none", AssuranceLevel::word))
        .fact("requesters", request.requesters.join(" "))
}

/// What is to be done about a request.
enum Decided {
    /// Somebody signs in, in this flow.
    SignIn(Box<Flow>),
    /// The session answers; where a step must mend it first, in this flow.
    Answer(Box<Flow>),
    /// Refused for this reason: in the protocol's words, or here.
    Refuse(&'static str, Option<Status>),
}

fn decide(cx: &Cx, request: &ServiceRequest, here: Option<Here>) -> Result<Decided, Fault> {
    if cx.house.policy.pilot && request.level.is_some() {
        return Ok(Decided::Refuse("pilot", request.passive.then_some(Status::NoAuthnContext)));
    }
    if request.level > Some(AssuranceLevel::Substantial) {
        return Ok(Decided::Refuse("level", Some(Status::NoAuthnContext)));
    }
    let target = Target::Service(Box::new(request.clone()));
    let flow =
        |sign_in| Ok::<_, Fault>(Flow::start(cx.handle()?, cx.browser, About::SignIn(sign_in), cx.now));
    match here.filter(|_| !request.force) {
        Some(Here { session, .. }) => {
            let of = Some((session.person, session.epoch));
            let flow = Flow { person: of, ..flow(SignIn::with_session(target, session.id))? };
            Ok(Decided::Answer(Box::new(flow)))
        }
        None if request.passive => Ok(Decided::Refuse("passive", Some(Status::NoPassive))),
        None => Ok(Decided::SignIn(Box::new(flow(SignIn::begin(target))?))),
    }
}

/// What came of answering at once.
fn answered(
    answer: Result<Outgoing, NotIssued>,
    flow: FlowId,
    service: String,
) -> Result<Taken, RequestRefused> {
    Ok(Taken::Received(match answer {
        Ok(outgoing) => Received::Answered(outgoing),
        Err(NotIssued::Step(_)) => Received::Step(flow),
        Err(NotIssued::Refused(missing)) => Received::Missing { missing, service },
        Err(NotIssued::NotWritten(reason)) => {
            tracing::error!(%reason, "an answer could not be written");
            return Err(Fault::Encoding.into());
        }
        Err(NotIssued::NoFlow(NoFlow::Gone)) => return Err(Fault::Encoding.into()),
        Err(NotIssued::NoFlow(NoFlow::Fault(fault))) => return Err(fault.into()),
    }))
}

fn refusal(rp: &RelyingParty, why: &'static str) -> Entry {
    Entry::new(EventKind::RequestRefused, Actor::Unknown).fact("service", &rp.entity_id).fact("why", why)
}

fn refuse(
    cx: &Cx,
    rp: &RelyingParty,
    request: &ServiceRequest,
    status: Status,
) -> Result<Received, RequestRefused> {
    let id = issue::message_id(cx)?;
    Ok(Received::Refuse(cx.house.saml.refuse(request, rp, status, id, cx.now)?))
}
