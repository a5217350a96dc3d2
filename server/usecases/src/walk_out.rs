//! The way out through services that take it through her browser alone (SAML profiles 4.4.3, OIDC Front-Channel Logout 1.0;
//! security decision 11): first applications in frames of one page, then services one after another, while her own session is
//! over already. Nobody must be waited for.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::issue::message_id;
use crate::ports::saml::{FrontAnswer, FrontAsk, FrontMessage, LogoutOutcome, NotTaken};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::connection::Connection;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::leaving::{Asker, Call, Leaving, NotNow, Step};
use domain::relying_party::RelyingParty;
use domain::visit::{Ending, Visit};

/// Where her browser goes next.
#[derive(Debug)]
pub enum Next {
    /// Nowhere by itself: these addresses are shown to her browser in frames, until she goes on.
    Show(Vec<Framed>),
    /// To a service, which is asked to end her session there.
    Ask(FrontMessage),
    /// Nowhere by itself: this service was asked and has not answered.
    Wait(String),
    /// Back to the service that sent her, with the answer.
    Answer(FrontMessage),
    /// Back to the application that sent her.
    Back {
        /// What people call it.
        name: String,
        /// One of its own addresses.
        address: String,
        /// Given back unchanged.
        state: Option<String>,
    },
    /// To the page that says how it went.
    Receipt,
}

/// An application that is told in a frame of her browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Framed {
    /// What people call it.
    pub service: String,
    /// Its address, with what it must be told.
    pub address: String,
}

impl core::fmt::Debug for Framed {
    /// Never the address: it may name a session.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Framed").field("service", &self.service).finish_non_exhaustive()
    }
}

impl From<NotNow> for NoFlow {
    fn from(_: NotNow) -> Self {
        Self::Gone
    }
}

/// Goes on with a way out: asks the next service, or tells whoever began it. A service that was asked is waited for.
pub async fn go_on(cx: &Cx, id: FlowId) -> Result<Next, NoFlow> {
    let mut tx = cx.house.store.begin("go_on").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let mut leaving = flows::leaving(&flow)?.clone();
    let (person, _) = flow.person.ok_or(NoFlow::Gone)?;
    let visits = tx.visits_of(person, cx.now).await?;
    if let Step::Show { calls, first } = leaving.step() {
        let (frames, entries) = frames(cx, tx.as_mut(), (person, calls), &visits).await?;
        if !frames.is_empty() {
            if first {
                for entry in entries {
                    record(cx, tx.as_mut(), entry).await?;
                }
                keep(tx.as_mut(), flow, leaving.shown(cx.now)?).await?;
                tx.commit().await?;
            }
            return Ok(Next::Show(frames));
        }
        leaving = past_frames(cx, tx.as_mut(), person, leaving, "not-asked").await?;
    }
    while let Step::Ask(call) = leaving.step() {
        let call = call.clone();
        if let Some(ready) = ready(tx.as_mut(), &call, &visits).await? {
            return ask(cx, tx, (flow, leaving, person), ready).await;
        }
        let (rest, call) = leaving.left_out()?;
        settle(cx, tx.as_mut(), person, &call, &Told::not(None, "not-asked")).await?;
        leaving = rest;
    }
    if let Step::Wait(call) = leaving.step() {
        return Ok(Next::Wait(call.service.clone()));
    }
    if let Step::Answer(asker) = leaving.step() {
        let asker = asker.clone();
        return answer(cx, tx, (flow, leaving, person), asker).await;
    }
    keep(tx.as_mut(), flow, leaving).await?;
    tx.commit().await?;
    Ok(Next::Receipt)
}

/// What there is to show, and what the trail says of it. Nothing where the connection takes it no more.
async fn frames(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, calls): (PersonId, &[Call]),
    visits: &[Visit],
) -> Result<(Vec<Framed>, Vec<Entry>), Fault> {
    let (mut frames, mut entries) = (Vec::new(), Vec::new());
    for call in calls {
        let Some(Connection::Oidc(client)) = tx.connection(call.relying_party).await? else { continue };
        let open = visits.iter().filter(|it| call.visits.contains(&it.id) && !is_over(it));
        let sessions: Vec<String> = open.map(|it| it.session_index.clone()).collect();
        if sessions.is_empty() {
            continue;
        }
        let addresses = cx.house.oidc.front_logout(&client, &sessions);
        if !addresses.is_empty() {
            let entry = Entry::by_system(EventKind::LogoutAsked).about(person);
            let entry = entry.fact("service", &client.client_id);
            entries.push(call.visits.iter().take(1).fold(entry, |entry, visit| entry.fact("visit", visit)));
        }
        let shown = |address| Framed { service: client.display_name.clone(), address };
        frames.extend(addresses.into_iter().map(shown));
    }
    Ok((frames, entries))
}

/// Goes past the page with the frames. Whatever an application did there, it did not say so: its session may stay open.
pub(crate) async fn past_frames(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    leaving: Leaving,
    why: &'static str,
) -> Result<Leaving, NoFlow> {
    let (leaving, calls) = leaving.past_frames()?;
    for call in &calls {
        settle(cx, tx, person, call, &Told::not(None, why)).await?;
    }
    Ok(leaving)
}

/// A service that can be asked.
struct Ready {
    rp: RelyingParty,
    name_id: String,
    session_indexes: Vec<String>,
}

/// What there is to ask a service; none where nothing of it is open any more, or the connection takes it no more.
async fn ready(tx: &mut dyn Tx, call: &Call, visits: &[Visit]) -> Result<Option<Ready>, Fault> {
    let rp = tx.relying_party(call.relying_party).await?.filter(|rp| rp.front_logout.is_some());
    let open = |it: &&Visit| call.visits.contains(&it.id) && !is_over(it);
    let open: Vec<&Visit> = visits.iter().filter(open).collect();
    let (Some(rp), Some(first)) = (rp, open.first()) else { return Ok(None) };
    let session_indexes = open.iter().map(|it| it.session_index.clone()).collect();
    Ok(Some(Ready { rp, name_id: first.name_id.clone(), session_indexes }))
}

fn is_over(visit: &Visit) -> bool {
    matches!(visit.ending, Ending::Confirmed(_))
}

async fn ask(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (flow, leaving, person): (Flow, Leaving, PersonId),
    ready: Ready,
) -> Result<Next, NoFlow> {
    let Ready { rp, name_id, session_indexes } = ready;
    let ask = FrontAsk { id: message_id(cx)?, name_id, session_indexes, walk: flow.id, at: cx.now };
    let entry = Entry::by_system(EventKind::LogoutAsked)
        .about(person)
        .fact("service", &rp.entity_id)
        .fact("message", &ask.id);
    record(cx, tx.as_mut(), entry).await?;
    keep(tx.as_mut(), flow, leaving.asked(ask.id.clone(), cx.now)?).await?;
    tx.commit().await?;
    Ok(Next::Ask(written(cx.house.saml.ask_logout(&rp, &ask))?))
}

async fn answer(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (flow, leaving, person): (Flow, Leaving, PersonId),
    asker: Asker,
) -> Result<Next, NoFlow> {
    let (relying_party, message, relay_state) = match asker {
        Asker::Service { relying_party, message, relay_state } => (relying_party, message, relay_state),
        Asker::Application { name, address, state } => {
            keep(tx.as_mut(), flow, leaving).await?;
            tx.commit().await?;
            return Ok(Next::Back { name, address, state });
        }
        Asker::Portal => return Ok(Next::Receipt),
    };
    let rp = tx.relying_party(relying_party).await?.filter(|rp| rp.front_logout.is_some());
    let outcome = outcome(cx, tx.as_mut(), person, &leaving).await?;
    let id = message_id(cx)?;
    keep(tx.as_mut(), flow, leaving.told(id.clone())?).await?;
    // Where it takes no answers its request stays without one, and she reads here how it went.
    let Some(rp) = rp else {
        tx.commit().await?;
        return Ok(Next::Receipt);
    };
    let entry = Entry::by_system(EventKind::LogoutAnswered)
        .about(person)
        .fact("service", &rp.entity_id)
        .fact("in-response-to", &message)
        .fact("response", &id)
        .fact("outcome", outcome.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    let said = FrontAnswer { id, in_response_to: message, relay_state, outcome, at: cx.now };
    Ok(Next::Answer(written(cx.house.saml.answer_logout(&rp, &said))?))
}

/// Everywhere only where every service of the session said so: one that is still being told has not.
async fn outcome(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    leaving: &Leaving,
) -> Result<LogoutOutcome, Fault> {
    let visits = tx.visits_of(person, cx.now).await?;
    let over = visits.iter().filter(|it| it.session == leaving.session).all(is_over);
    Ok(if over { LogoutOutcome::Everywhere } else { LogoutOutcome::Partly })
}

fn written(message: Result<FrontMessage, NotTaken>) -> Result<FrontMessage, Fault> {
    message.map_err(|reason| {
        tracing::error!(%reason, "a message about logging out could not be written");
        Fault::Encoding
    })
}

/// The same flow with what the way out is now; it ends when it would have.
pub(crate) async fn keep(tx: &mut dyn Tx, flow: Flow, leaving: Leaving) -> Result<(), Fault> {
    Ok(tx.save_flow(&Flow { about: About::Leaving(Box::new(leaving)), ..flow }).await?)
}

/// What came of asking a service.
pub(crate) struct Told<'a> {
    /// The service's entity id, where it is known.
    pub(crate) service: Option<&'a str>,
    /// Our request and its answer, where there was one.
    pub(crate) ids: Option<(&'a str, &'a str)>,
    /// Why its session may not be over, as a word; none: it is.
    pub(crate) why: Option<&'a str>,
}

impl<'a> Told<'a> {
    /// It did not say that it is over.
    pub(crate) fn not(service: Option<&'a str>, why: &'a str) -> Self {
        Self { service, ids: None, why: Some(why) }
    }
}

/// Writes down what came of asking a service about her sessions there.
pub(crate) async fn settle(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    call: &Call,
    told: &Told<'_>,
) -> Result<(), Fault> {
    let ending = if told.why.is_some() { Ending::NotConfirmed } else { Ending::Confirmed(cx.now) };
    for visit in &call.visits {
        tx.end_visit(*visit, ending, None).await?;
    }
    let mut entry = Entry::by_system(EventKind::ServiceTold).about(person);
    if let Some(visit) = call.visits.first() {
        entry = entry.fact("visit", visit);
    }
    if let Some(service) = told.service {
        entry = entry.fact("service", service);
    }
    if let Some((request, answer)) = told.ids {
        entry = entry.fact("in-response-to", request).fact("response", answer);
    }
    entry = match told.why {
        Some(why) => entry.fact("outcome", "not-confirmed").fact("why", why),
        None => entry.fact("outcome", "confirmed"),
    };
    record(cx, tx, entry).await
}
