//! The moment an application gets its code: everything is read and decided in the transaction that records it, and the code
//! leaves only after its commit (security decision 6). What the code is exchanged for is decided anew (`mint.rs`).

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::issue::{Due, GIVEN_UP, NotIssued, refuse, refused, weigh};
use crate::ports::oidc::Reply;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use crate::tickets;
use crate::watch_clocks::clocks_to_issue;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId, SessionId, VisitId};
use domain::issue::{Grant, Missing};
use domain::level::AssuranceLevel;
use domain::oidc::authorization::Authorization;
use domain::oidc::client::Client;
use domain::oidc::refusal::ErrorCode;
use domain::oidc::request::{AnswerTo, AuthorizeRequest};
use domain::oidc::ticket::{Ticket, TicketKind, ticket_id};
use domain::sign_in::Target;
use domain::visit::{Ending, Visit};

/// Answers the application of a sign-in: with a code, or with no where she gave up. A flow is answered once; one that leads elsewhere is no
/// flow here.
pub async fn issue_code(cx: &Cx, id: FlowId) -> Result<Reply, NotIssued> {
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("issue_code").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let Target::Application(request) = flows::sign_in(&flow)?.target.clone() else {
        return Err(NoFlow::Gone.into());
    };
    let client = client_of(tx.as_mut(), &request).await?.ok_or(NoFlow::Gone)?;
    let due = Due { flow, kept: true, received: None, clocks };
    answer(cx, tx, due, &client, &request).await
}

/// Whether a sign-in leads to an application; what is done next is looked at by whoever does it.
pub async fn leads_to_application(cx: &Cx, id: FlowId) -> Result<bool, NoFlow> {
    let mut tx = cx.house.store.look("leads_to_application").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    Ok(matches!(&flow.about, About::SignIn(it) if matches!(it.target, Target::Application(_))))
}

/// The client as it is connected now, where its address is still its own.
async fn client_of(tx: &mut dyn Tx, request: &AuthorizeRequest) -> Result<Option<Client>, Fault> {
    let client = match tx.connection(request.relying_party).await? {
        Some(domain::connection::Connection::Oidc(client)) => Some(*client),
        Some(domain::connection::Connection::Saml(_)) | None => None,
    };
    Ok(client.filter(|client| client.redirects_to(&request.answer.redirect_uri)))
}

/// Decides and records in this transaction, commits, and only then answers.
pub(crate) async fn answer(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    due: Due,
    client: &Client,
    request: &AuthorizeRequest,
) -> Result<Reply, NotIssued> {
    cx.house.outside.open()?;
    let sign_in = flows::sign_in(&due.flow)?.clone();
    if sign_in.is_given_up() {
        let entry = refused(&due.flow, GIVEN_UP);
        let no = (entry, ErrorCode::AccessDenied);
        return say_no(cx, tx, (due.flow, due.kept), (client, request), no).await;
    }
    let weighed = weigh(cx, tx.as_mut(), sign_in.session(), &request.demand(client), due.clocks).await?;
    let Due { flow, kept, received, .. } = due;
    if let Some(received) = received {
        record(cx, tx.as_mut(), received).await?;
    }
    let no = match weighed {
        Ok((grant, person)) => {
            let session = sign_in.session().ok_or(NoFlow::Gone)?;
            if kept {
                tx.use_up_flow(flow.id).await?;
            }
            return authorize(cx, tx, (client, request), (grant, person.epoch, session)).await;
        }
        // Nobody reaches it, whatever she does: the application hears so (security decision 3, a clean refusal).
        Err(Missing::Level | Missing::Pilot) => (ErrorCode::UnmetAuthenticationRequirements, Missing::Level),
        // Nothing may be asked of her, so the application hears no, whatever would mend it (OIDC Core 3.1.2.6).
        Err(missing) if request.passive => (unasked(missing), missing),
        Err(missing) => return Err(refuse(cx, tx, (flow, kept), sign_in, missing).await?),
    };
    let (code, missing) = no;
    let no = (refused(&flow, missing), code);
    say_no(cx, tx, (flow, kept), (client, request), no).await
}

/// The application hears no, and the flow is used up with it. The event tells of request and answer (NSIS 6.7).
async fn say_no(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (flow, kept): (Flow, bool),
    (client, request): (&Client, &AuthorizeRequest),
    (entry, code): (Entry, ErrorCode),
) -> Result<Reply, NotIssued> {
    if kept {
        tx.use_up_flow(flow.id).await?;
    }
    let entry = entry.fact("service", &client.client_id).fact("in-response-to", request.id());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refusal(cx, &client.display_name, request.answer.clone(), code))
}

/// What an application is told that may ask nothing of the person.
fn unasked(missing: Missing) -> ErrorCode {
    match missing {
        Missing::SignIn | Missing::FreshSignIn => ErrorCode::LoginRequired,
        Missing::Terms | Missing::Reconfirmation | Missing::Proof => ErrorCode::InteractionRequired,
        Missing::Held | Missing::Association | Missing::Name => ErrorCode::AccessDenied,
        Missing::Level | Missing::Pilot => ErrorCode::UnmetAuthenticationRequirements,
        Missing::Clocks => ErrorCode::TemporarilyUnavailable,
    }
}

/// The visit begins with the code, so that a block ends what comes of it, and knows of it.
async fn authorize(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (client, request): (&Client, &AuthorizeRequest),
    (grant, epoch, session): (Grant, Epoch, SessionId),
) -> Result<Reply, NotIssued> {
    let visit: VisitId = cx.id().map_err(Fault::from)?;
    let authorization = Authorization::begin(
        visit,
        (grant.person, epoch),
        session,
        request.clone(),
        (cx.now, grant.session_ends_at),
    );
    let until = authorization.code_until().unwrap_or(cx.now);
    let code = tickets::write(cx, &Ticket { kind: TicketKind::Code, visit, generation: 0, until });
    let code = code.map_err(Fault::from)?;
    tx.add_visit(&Visit {
        id: visit,
        person: grant.person,
        session,
        relying_party: client.id,
        name_id: subject(cx, client, grant.person)?,
        session_index: visit.to_string(),
        began_at: cx.now,
        until: grant.session_ends_at,
        ending: Ending::None,
    })
    .await?;
    tx.add_authorization(&authorization).await?;
    let entry = Entry::by(EventKind::CodeIssued, grant.person)
        .fact("service", &client.client_id)
        .fact("in-response-to", request.id())
        .fact("response", ticket_id(visit, 0))
        .fact("visit", visit)
        .fact("asked", request.level.map_or("none", AssuranceLevel::word))
        .fact("level", grant.level.map_or("none", AssuranceLevel::word))
        .fact("cause", format!("{:?}", grant.cause))
        .fact("encrypted", false);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(reply(cx, &client.display_name, request.answer.clone(), vec![("code", code.to_string())]))
}

/// The name an application knows her by: the same at every visit, another in every sector (OIDC Core 8.1).
pub(crate) fn subject(cx: &Cx, client: &Client, person: PersonId) -> Result<String, Fault> {
    let mac = cx.house.vault.mac(KeyUse::Names, format!("{person} oidc {}", client.sector).as_bytes())?;
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
    Ok(uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string())
}

/// Says no in the protocol's words.
pub(crate) fn refusal(cx: &Cx, service: &str, to: AnswerTo, code: ErrorCode) -> Reply {
    reply(cx, service, to, vec![("error", code.word().to_owned())])
}

fn reply(cx: &Cx, service: &str, to: AnswerTo, mut fields: Vec<(&'static str, String)>) -> Reply {
    fields.extend(to.state.iter().map(|state| ("state", state.clone())));
    fields.push(("iss", cx.house.policy.public_url.clone()));
    Reply { service: service.to_owned(), to, fields }
}
