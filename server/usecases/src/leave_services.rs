//! A session of ours is over, or a login is closed: services that can be told without the browser are told, inside the
//! transaction of the use case that ends it (NSIS 6.5; OIDC Back-Channel Logout; SAML logout over SOAP). The queue is
//! worked off by `end_visits`; services that take it through her browser alone are walked through by `walk_out`, and
//! applications shown their address in a frame.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::connection::{Connection, LogoutKind};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId, SessionId};
use domain::leaving::{Asker, Call, Leaving};
use domain::session::Session;
use domain::visit::{Ending, Visit};

/// A way out that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// Its flow.
    pub flow: FlowId,
    /// Somebody is still to be told or asked through her browser.
    pub asks: bool,
}

/// Ends what came of a session of this browser: who can be told without it is told; for the others a way out begins, where
/// there is anybody to ask, or anything to tell her or whoever sent her.
pub(crate) async fn way_out(
    cx: &Cx,
    tx: &mut dyn Tx,
    session: &Session,
    asker: Asker,
) -> Result<Option<WayOut>, Fault> {
    leave_services(cx, tx, session.person, session.id).await?;
    let visits = tx.visits_of(session.person, cx.now).await?;
    let visits: Vec<Visit> = visits.into_iter().filter(|it| it.session == session.id).collect();
    let Calls { framed, asked } = calls(tx, &visits).await?;
    let worth = match &asker {
        Asker::Portal => !visits.is_empty(),
        Asker::Service { .. } => true,
        Asker::Application { .. } => !framed.is_empty() || !asked.is_empty(),
    };
    if !worth {
        return Ok(None);
    }
    let leaving = Leaving::begin(session.id, asker, framed, asked);
    let asks = leaving.is_walking();
    let flow = Flow::start(cx.handle()?, cx.browser, About::Leaving(Box::new(leaving)), cx.now);
    let flow = Flow { person: Some((session.person, session.epoch)), ..flow };
    tx.add_flow(&flow).await?;
    Ok(Some(WayOut { flow: flow.id, asks }))
}

/// Who is to be reached through her browser.
struct Calls {
    /// Applications of OpenID Connect, in frames.
    framed: Vec<Call>,
    /// SAML services, by a message that they answer.
    asked: Vec<Call>,
}

/// Services to be reached through her browser, once for each name they know her by.
async fn calls(tx: &mut dyn Tx, visits: &[Visit]) -> Result<Calls, Fault> {
    let mut calls: Vec<(&str, bool, Call)> = Vec::new();
    for visit in visits.iter().filter(|it| it.ending == Ending::None) {
        let Some(known) = tx.connection(visit.relying_party).await? else { continue };
        if known.logout() != LogoutKind::FrontChannel {
            continue;
        }
        let name = visit.name_id.as_str();
        let same =
            calls.iter_mut().find(|(by, _, call)| *by == name && call.relying_party == visit.relying_party);
        match same {
            Some((.., call)) => call.visits.push(visit.id),
            None => calls.push((
                name,
                matches!(known, Connection::Oidc(_)),
                Call {
                    relying_party: visit.relying_party,
                    service: known.display_name().to_owned(),
                    visits: vec![visit.id],
                },
            )),
        }
    }
    let (framed, asked): (Vec<_>, Vec<_>) = calls.into_iter().partition(|(_, framed, _)| *framed);
    let only = |calls: Vec<(&str, bool, Call)>| calls.into_iter().map(|(.., call)| call).collect();
    Ok(Calls { framed: only(framed), asked: only(asked) })
}

/// Asks those that can be told to end what came of this session; the others keep it until it ends by itself.
pub(crate) async fn leave_services(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    session: SessionId,
) -> Result<(), Fault> {
    let visits = tx.visits_of(person, cx.now).await?;
    for visit in visits.iter().filter(|it| it.session == session && it.ending == Ending::None) {
        if tx.connection(visit.relying_party).await?.is_some_and(|known| known.is_told()) {
            tx.end_visit(visit.id, Ending::Asked, Some(cx.now)).await?;
        }
    }
    Ok(())
}

/// Services that can be told without her browser are told; of the others the receipt says how long they may stay open.
pub(crate) async fn end_visits(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    for service in tx.services_visited(person, cx.now).await? {
        let told = tx.connection(service).await?.is_some_and(|known| known.is_told());
        let (ending, due) = if told { (Ending::Asked, Some(cx.now)) } else { (Ending::NotConfirmed, None) };
        tx.end_visits_at(person, service, ending, due).await?;
    }
    Ok(())
}
