//! An application asks for a sign-in (OIDC Core 3.1.2): read, and answered nowhere but at an address proved to be its own.

use crate::context::Cx;
use crate::doors::{a_passive_request_may_fail, an_application_may_be_refused};
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::issue::{Due, NotIssued};
use crate::issue_code::{self, refusal};
use crate::ports::chance::NoEntropy;
use crate::ports::oidc::{NotAsked, Parameters, Reply};
use crate::ports::store::{Pushed, StoreFault};
use crate::push_request::pushed_id;
use crate::receive_request::REMEMBERED;
use crate::record::{Entry, record};
use crate::watch_clocks::clocks_to_issue;
use crate::who::Here;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::issue::Missing;
use domain::level::AssuranceLevel;
use domain::oidc::client::Client;
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::request::AuthorizeRequest;
use domain::sign_in::{SignIn, Target};

/// What to do with a request.
#[derive(Debug)]
pub enum Begun {
    /// Somebody has to sign in first, in this flow.
    SignIn {
        /// The flow.
        flow: FlowId,
        /// What she may type as her user name.
        login_hint: Option<String>,
        /// The languages the application would like, best first.
        languages: Vec<String>,
    },
    /// The application is answered: with a code, or with a refusal.
    Answered(Reply),
    /// It may be answered once a step of this flow is done.
    Step(FlowId),
    /// It may not, and nothing she can do here changes that.
    Missing {
        /// What is missing.
        missing: Missing,
        /// What people call the application.
        service: String,
    },
}

/// Why a request is not taken; shown here, never sent to an address nobody verified.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// No such client, or not its address.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotBegun {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes a request. `here` is who sits at the browser; what an answer rests on is read again in its transaction.
pub async fn receive_authorize(
    cx: &Cx,
    here: Option<Here>,
    parameters: &Parameters,
) -> Result<Begun, NotBegun> {
    let refused = match taken(cx, here, parameters).await {
        Ok(begun) => return Ok(begun),
        Err(NotTaken::Fault(fault)) => return Err(fault.into()),
        Err(NotTaken::Refused(refused, client)) => (refused, client),
    };
    let (NotAsked { refusal: why, answer }, client) = refused;
    note_refused(cx, &why, client.as_deref()).await?;
    match (answer, client) {
        (Some(answer), Some(client)) => {
            Ok(Begun::Answered(refusal(cx, &client.display_name, *answer, why.code)))
        }
        _ => Err(why.into()),
    }
}

/// Whatever is refused leaves its event, so many a minute from one source.
async fn note_refused(cx: &Cx, why: &Refusal, client: Option<&Client>) -> Result<(), NotBegun> {
    let mut tx = cx.house.store.begin("refuse_authorize").await?;
    if !an_application_may_be_refused(cx, tx.as_mut()).await? {
        tracing::info!(at = "authorize", why = why.why, "an application was refused, as often before");
        return Ok(());
    }
    let entry = Entry::new(EventKind::ApplicationRefused, Actor::Unknown)
        .fact("at", "authorize")
        .fact("why", why.why)
        .fact("error", why.code.word());
    let entry = client.iter().fold(entry, |entry, client| entry.fact("service", &client.client_id));
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

enum NotTaken {
    Refused(NotAsked, Option<Box<Client>>),
    Fault(Fault),
}

impl From<Fault> for NotTaken {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
impl From<StoreFault> for NotTaken {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}
impl From<NoEntropy> for NotTaken {
    fn from(fault: NoEntropy) -> Self {
        Self::Fault(fault.into())
    }
}

fn unasked(code: ErrorCode, why: &'static str) -> NotAsked {
    NotAsked { refusal: Refusal::new(code, why), answer: None }
}

async fn taken(cx: &Cx, here: Option<Here>, parameters: &Parameters) -> Result<Begun, NotTaken> {
    let nobody = |why| NotTaken::Refused(unasked(ErrorCode::InvalidClient, why), None);
    let claimed = parameters.get("client_id").ok_or_else(|| nobody("nobody"))?;
    let mut tx = cx.house.store.look("receive_authorize").await?;
    let client = tx.client(claimed).await?.ok_or_else(|| nobody("unknown"))?;
    let pushed = match parameters.get("request_uri") {
        None => None,
        Some(named) => {
            let pushed = match pushed_id(named) {
                Some(id) => tx.pushed(id).await?,
                None => None,
            };
            let own = |it: &Pushed| it.request.relying_party == client.id && cx.now < it.until;
            let Some(pushed) = pushed.filter(own) else {
                let gone = unasked(ErrorCode::InvalidRequestUri, "request-uri");
                return Err(NotTaken::Refused(gone, Some(Box::new(client))));
            };
            Some(pushed)
        }
    };
    drop(tx);
    match read(cx, parameters, &client, pushed.as_ref()) {
        Ok(request) => begin(cx, here, (client, request), pushed).await,
        Err(refused) => Err(NotTaken::Refused(refused, Some(Box::new(client)))),
    }
}

/// A pushed request stands as it was pushed, whatever the browser says besides.
fn read(
    cx: &Cx,
    parameters: &Parameters,
    client: &Client,
    pushed: Option<&Pushed>,
) -> Result<AuthorizeRequest, NotAsked> {
    let request = match pushed {
        Some(pushed) => AuthorizeRequest { at: cx.now, ..pushed.request.clone() },
        None => cx.house.oidc.read(parameters, client, cx.now)?,
    };
    let no = |code, why| {
        let answer = Some(Box::new(request.answer.clone()));
        Err(NotAsked { refusal: Refusal::new(code, why), answer })
    };
    if client.pushed_only && pushed.is_none() {
        return no(ErrorCode::InvalidRequest, "not-pushed");
    }
    if cx.house.policy.pilot && request.level.is_some() {
        return no(ErrorCode::UnmetAuthenticationRequirements, "pilot");
    }
    if request.level > Some(AssuranceLevel::Substantial) {
        return no(ErrorCode::UnmetAuthenticationRequirements, "level");
    }
    Ok(request)
}

async fn begin(
    cx: &Cx,
    here: Option<Here>,
    (client, request): (Client, AuthorizeRequest),
    pushed: Option<Pushed>,
) -> Result<Begun, NotTaken> {
    let again = request.force || !client.single_sign_on;
    let meant = meant(cx, &request).await?;
    let here = here.filter(|here| !again && meant.is_none_or(|person| person == here.person.id));
    let target = Target::Application(Box::new(request.clone()));
    let sign_in = match &here {
        Some(here) => SignIn::with_session(target, here.session.id),
        None => SignIn::begin(target),
    };
    let person = here.as_ref().map(|here| (here.session.person, here.session.epoch));
    let flow = Flow::start(cx.handle()?, cx.browser, About::SignIn(sign_in), cx.now);
    let flow = Flow { person, ..flow };
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("receive_authorize").await?;
    if let Some(pushed) = &pushed
        && !tx.take_pushed(pushed.id).await?
    {
        let gone = unasked(ErrorCode::InvalidRequestUri, "request-uri");
        return Err(NotTaken::Refused(gone, Some(Box::new(client))));
    }
    // A request is made once, like a message of SAML: an address that is asked a second time is somebody's copy of it.
    let until = cx.now.saturating_add(REMEMBERED).unwrap_or(cx.now);
    if let Some(nonce) = &request.nonce
        && !tx.first_time(client.id, &format!("nonce:{nonce}"), until).await?
    {
        let refusal = Refusal::new(ErrorCode::InvalidRequest, "nonce-replayed");
        let replayed = NotAsked { refusal, answer: Some(Box::new(request.answer)) };
        return Err(NotTaken::Refused(replayed, Some(Box::new(client))));
    }
    let asked = asked(&client, &request, pushed.is_some());
    if here.is_some() {
        let id = flow.id;
        let due = Due { flow, kept: false, received: Some(asked), clocks };
        return answered(issue_code::answer(cx, tx, due, &client, &request).await, id, client.display_name);
    }
    record(cx, tx.as_mut(), asked).await?;
    if request.passive {
        if a_passive_request_may_fail(cx, tx.as_mut()).await? {
            let refused = Entry::new(EventKind::ApplicationRefused, Actor::Unknown)
                .fact("service", &client.client_id)
                .fact("in-response-to", request.id())
                .fact("at", "authorize")
                .fact("why", "passive");
            record(cx, tx.as_mut(), refused).await?;
        }
        tx.commit().await?;
        let code = ErrorCode::LoginRequired;
        return Ok(Begun::Answered(refusal(cx, &client.display_name, request.answer, code)));
    }
    tx.add_flow(&flow).await?;
    tx.commit().await?;
    Ok(Begun::SignIn { flow: flow.id, login_hint: request.login_hint, languages: request.languages })
}

/// Whom the application means, where it showed an id token of hers: anybody else who sits here signs in first.
async fn meant(cx: &Cx, request: &AuthorizeRequest) -> Result<Option<PersonId>, Fault> {
    let Some(visit) = request.hint else { return Ok(None) };
    let mut tx = cx.house.store.look("meant").await?;
    Ok(tx.authorization(visit).await?.map(|it| it.person))
}

fn asked(client: &Client, request: &AuthorizeRequest, pushed: bool) -> Entry {
    Entry::new(EventKind::ApplicationAsked, Actor::Unknown)
        .fact("service", &client.client_id)
        .fact("message", request.id())
        .fact("pushed", pushed)
        .fact("force", request.force)
        .fact("passive", request.passive)
        .fact("max-age", request.max_age.map_or_else(|| "none".to_owned(), |age| age.as_secs().to_string()))
        .fact("level", request.level.map_or("none", AssuranceLevel::word))
}

fn answered(answer: Result<Reply, NotIssued>, flow: FlowId, service: String) -> Result<Begun, NotTaken> {
    Ok(match answer {
        Ok(reply) => Begun::Answered(reply),
        Err(NotIssued::Step(_)) => Begun::Step(flow),
        Err(NotIssued::Refused(missing)) => Begun::Missing { missing, service },
        Err(NotIssued::NotWritten(_) | NotIssued::NoFlow(NoFlow::Gone)) => return Err(Fault::Encoding.into()),
        Err(NotIssued::NoFlow(NoFlow::Fault(fault))) => return Err(fault.into()),
    })
}
