//! A service speaks of logging out through a browser (SAML profiles 4.4): read and believed as strictly as a request for a
//! sign-in. What it asks ends the session of this browser and no other; what it answers counts for the one request it was
//! asked by.

use crate::context::Cx;
use crate::doors::a_source_may_send_nonsense;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::issue::message_id;
use crate::leave_services::{WayOut, way_out};
use crate::ports::saml::{Brought, FrontAnswer, FrontMessage, LogoutOutcome, NotTaken};
use crate::ports::store::{StoreFault, Tx};
use crate::receive_request::REMEMBERED;
use crate::record::{Entry, record};
use crate::walk_out::{Told, keep, settle};
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::leaving::{Asker, LogoutAnswered, LogoutRequested, LogoutSaid};
use domain::relying_party::{FrontBinding, RelyingParty};
use domain::session::Session;
use domain::visit::{Ending, Visit};

/// How long what was brought by a form waits for the browser's look: the time of a redirect.
const BROUGHT_HOLDS: SignedDuration = SignedDuration::from_mins(5);

/// What to do with the browser.
#[derive(Debug)]
pub enum Going {
    /// Her session here is over: on with the way out.
    Out(WayOut),
    /// A service of a way out answered: on with it. `straight` where nothing but redirects led here.
    On {
        /// Its flow.
        flow: FlowId,
        /// Where redirects alone led here, another may follow.
        straight: bool,
    },
    /// Nothing ended; the service hears so.
    Refuse(FrontMessage),
}

/// Why a message is not acted on; shown here, nothing ended.
#[derive(Debug, thiserror::Error)]
pub enum LogoutRefused {
    /// No connection with this entity id.
    #[error("unknown service")]
    Unknown,
    /// Malformed, unsigned, stale, or meant for somebody else.
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    /// Taken before.
    #[error("replayed")]
    Replayed,
    /// It answers nothing that was asked in this browser and waits.
    #[error("not-asked")]
    NotAsked,
    /// It is about nobody here, and the service has no place to be told so.
    #[error("unknown-principal")]
    Nobody,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for LogoutRefused {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Hears what a service says by redirect; `raw_query` is the query exactly as it stood in the address.
pub async fn receive_logout(cx: &Cx, raw_query: &str) -> Result<Going, LogoutRefused> {
    let heard = Box::pin(received(cx, raw_query)).await;
    noted(cx, heard).await
}

async fn received(cx: &Cx, raw_query: &str) -> Result<Going, LogoutRefused> {
    let (rp, said) = believed(cx, Brought::Query(raw_query)).await?;
    let mut tx = cx.house.store.begin("receive_logout").await?;
    once(cx, tx.as_mut(), &said).await?;
    hear(cx, tx, (&rp, true), said).await
}

/// Takes what a service says by a form of another site, which brings no cookies: believed, taken once, and kept for the
/// look that does; gives where it waits.
pub async fn bring_logout(cx: &Cx, raw_form: &str) -> Result<FlowId, LogoutRefused> {
    let kept = Box::pin(brought(cx, raw_form)).await;
    noted(cx, kept).await
}

async fn brought(cx: &Cx, raw_form: &str) -> Result<FlowId, LogoutRefused> {
    let (rp, said) = believed(cx, Brought::Form(raw_form)).await?;
    let mut tx = cx.house.store.begin("bring_logout").await?;
    once(cx, tx.as_mut(), &said).await?;
    let id: FlowId = cx.handle().map_err(Fault::from)?;
    let until = cx.now.saturating_add(BROUGHT_HOLDS).unwrap_or(cx.now);
    let entry = Entry::new(EventKind::LogoutBrought, Actor::Unknown)
        .fact("service", &rp.entity_id)
        .fact("message", said.message_id());
    record(cx, tx.as_mut(), entry).await?;
    let about = About::Brought(Box::new(said));
    tx.add_flow(&Flow::start(id, cx.browser, about, cx.now).until(until)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Hears what was brought by a form, in the browser that brought it.
pub async fn take_logout(cx: &Cx, id: FlowId) -> Result<Going, LogoutRefused> {
    let heard = Box::pin(taken(cx, id)).await;
    noted(cx, heard).await
}

async fn taken(cx: &Cx, id: FlowId) -> Result<Going, LogoutRefused> {
    let mut tx = cx.house.store.begin("take_logout").await?;
    let flow = tx.flow_for_update(id).await?.filter(|it| cx.now < it.expires_at);
    let Some(Flow { about: About::Brought(said), .. }) = flow else { return Err(LogoutRefused::NotAsked) };
    tx.use_up_flow(id).await?;
    let rp = tx.relying_party(said.relying_party()).await?.ok_or(LogoutRefused::Unknown)?;
    hear(cx, tx, (&rp, false), *said).await
}

/// Who says it, and what, once the signature held.
async fn believed(cx: &Cx, brought: Brought<'_>) -> Result<(RelyingParty, LogoutSaid), LogoutRefused> {
    let claimed = cx.house.saml.claimed_logout(brought)?;
    let mut tx = cx.house.store.look("believe_logout").await?;
    let rp = tx.relying_party_by_entity(&claimed.entity_id).await?.ok_or(LogoutRefused::Unknown)?;
    drop(tx);
    if rp.metadata_over(cx.now) {
        return Err(NotTaken { reason: "metadata-over".to_owned(), tell: None }.into());
    }
    let said = cx.house.saml.read_logout(brought, &rp, cx.now)?;
    Ok((rp, said))
}

/// Each message once, whichever instance takes it.
async fn once(cx: &Cx, tx: &mut dyn Tx, said: &LogoutSaid) -> Result<(), LogoutRefused> {
    let until = cx.now.saturating_add(REMEMBERED).unwrap_or(cx.now);
    if tx.first_time(said.relying_party(), said.message_id(), until).await? {
        Ok(())
    } else {
        Err(LogoutRefused::Replayed)
    }
}

/// Writes down what was refused, so many a minute from one source: whoever makes messages up does not fill the trail.
async fn noted<T>(cx: &Cx, heard: Result<T, LogoutRefused>) -> Result<T, LogoutRefused> {
    // What is about nobody here left its event where that was seen.
    if let Err(refused) = &heard
        && !matches!(refused, LogoutRefused::Fault(_) | LogoutRefused::Nobody)
    {
        let mut tx = cx.house.store.begin("refuse_logout").await?;
        if !a_source_may_send_nonsense(cx, tx.as_mut()).await? {
            return heard;
        }
        let entry = Entry::new(EventKind::LogoutRefused, Actor::Unknown).fact("why", refused);
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    heard
}

async fn hear(
    cx: &Cx,
    tx: Box<dyn Tx>,
    (rp, redirected): (&RelyingParty, bool),
    said: LogoutSaid,
) -> Result<Going, LogoutRefused> {
    match said {
        LogoutSaid::Request(asked) => leave(cx, tx, rp, asked).await,
        LogoutSaid::Answer(answer) => {
            let by_redirect = rp.front_logout.as_ref().is_some_and(|it| it.binding == FrontBinding::Redirect);
            let flow = hear_answer(cx, tx, rp, &answer).await?;
            Ok(Going::On { flow, straight: redirected && by_redirect })
        }
    }
}

/// A service sent her to log out: only whom it knows by that name, in the session of this very browser.
async fn leave(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    rp: &RelyingParty,
    asked: LogoutRequested,
) -> Result<Going, LogoutRefused> {
    let session = tx.session_in(cx.browser).await?;
    let visited = match &session {
        Some(session) => {
            // A token that is being issued out of it is seen from here on, or sees that it is over.
            tx.person_for_update(session.person).await?;
            hers(cx, tx.as_mut(), session, &asked).await?
        }
        None => Vec::new(),
    };
    let Some(session) = session.filter(|_| !visited.is_empty()) else {
        return nobody(cx, tx, rp, asked).await;
    };
    if !tx.end_session(session.id, cx.now).await? {
        return nobody(cx, tx, rp, asked).await;
    }
    for visit in visited {
        tx.end_visit(visit.id, Ending::Confirmed(cx.now), None).await?;
    }
    let entry = Entry::by(EventKind::LogoutReceived, session.person)
        .fact("service", &rp.entity_id)
        .fact("message", &asked.message_id)
        .fact("session", session.id);
    record(cx, tx.as_mut(), entry).await?;
    let entry = Entry::by(EventKind::SignedOut, session.person).fact("session", session.id);
    record(cx, tx.as_mut(), entry.fact("from", "service")).await?;
    let LogoutRequested { relying_party, message_id: message, relay_state, .. } = asked;
    let initiator = Asker::Service { relying_party, message, relay_state };
    let way = way_out(cx, tx.as_mut(), &session, initiator).await?.ok_or(Fault::Encoding)?;
    tx.commit().await?;
    Ok(Going::Out(way))
}

/// The visits of this session that the service speaks of.
async fn hers(
    cx: &Cx,
    tx: &mut dyn Tx,
    session: &Session,
    asked: &LogoutRequested,
) -> Result<Vec<Visit>, Fault> {
    let meant = |visit: &Visit| {
        let index = &visit.session_index;
        visit.session == session.id
            && visit.relying_party == asked.relying_party
            && asked.name_id.as_ref() == Some(&visit.name_id)
            && (asked.session_indexes.is_empty() || asked.session_indexes.contains(index))
    };
    let visits = tx.visits_of(session.person, cx.now).await?;
    Ok(visits.into_iter().filter(meant).collect())
}

/// Nobody by that name has a session in this browser: nothing ends, and the service hears so where it takes answers.
async fn nobody(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    rp: &RelyingParty,
    asked: LogoutRequested,
) -> Result<Going, LogoutRefused> {
    let id = message_id(cx)?;
    let entry = Entry::new(EventKind::LogoutRefused, Actor::Unknown)
        .fact("service", &rp.entity_id)
        .fact("message", &asked.message_id)
        .fact("why", "unknown-principal");
    let told = rp.front_logout.is_some();
    let entry = if told { entry.fact("response", &id) } else { entry };
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    if !told {
        return Err(LogoutRefused::Nobody);
    }
    let said = FrontAnswer {
        id,
        in_response_to: asked.message_id,
        relay_state: asked.relay_state,
        outcome: LogoutOutcome::Nobody,
        at: cx.now,
    };
    Ok(Going::Refuse(cx.house.saml.answer_logout(rp, &said)?))
}

/// A service answers what it was asked on a way out of this browser; gives its flow.
async fn hear_answer(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    rp: &RelyingParty,
    answer: &LogoutAnswered,
) -> Result<FlowId, LogoutRefused> {
    let id = answer.walk.ok_or(LogoutRefused::NotAsked)?;
    let flow = flows::locked(cx, tx.as_mut(), id).await.map_err(not_asked)?;
    let leaving = flows::leaving(&flow).map_err(not_asked)?.clone();
    let (person, _) = flow.person.ok_or(LogoutRefused::NotAsked)?;
    let answered = leaving.answered(rp.id, &answer.in_response_to);
    let (leaving, call) = answered.map_err(|_| LogoutRefused::NotAsked)?;
    let told = Told {
        service: Some(&rp.entity_id),
        ids: Some((&answer.in_response_to, &answer.message_id)),
        why: answer.refused.as_deref(),
    };
    settle(cx, tx.as_mut(), person, &call, &told).await?;
    keep(tx.as_mut(), flow, leaving).await?;
    tx.commit().await?;
    Ok(id)
}

fn not_asked(no_flow: NoFlow) -> LogoutRefused {
    match no_flow {
        NoFlow::Gone => LogoutRefused::NotAsked,
        NoFlow::Fault(fault) => LogoutRefused::Fault(fault),
    }
}
