//! The address where services speak of logging out through a browser (SAML profiles 4.4.3), by redirect or by a form.
//!
//! Her browser goes on by redirects alone as long as nothing but redirects led here: Chromium holds what follows a form
//! against the policy of the page the form stood on, and that one does not know the next service. Else she goes by a page.

use crate::edge::Edge;
use crate::protocols::{break_off, carried};
use crate::visit::{self, Visit};
use crate::{paths, problem};
use app::desk::{BrokenKind, Desk as _};
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::ids::FlowId;
use std::sync::Arc;
use usecases::flows::NoFlow;
use usecases::ports::saml::{FrontMessage, Way};
use usecases::receive_logout::{Going, LogoutRefused, bring_logout, receive_logout, take_logout};
use usecases::walk_out::{Next, go_on};
use usecases::{Cx, Fault, Source};

/// Where services send browsers, and forms post to.
const SLO: &str = "/saml/slo";
/// A message in a form is small.
const LARGEST: usize = 64 * 1024;

/// Routes that need to know the browser.
pub(crate) fn with_browser() -> Router<Edge> {
    Router::new().route(SLO, get(redirected)).route(&format!("{SLO}/{{message}}"), get(taken))
}

/// Forms of other sites: no cookie comes with them, and one set here would sign her out of this house.
pub(crate) fn for_machines() -> Router<Edge> {
    Router::new().route(SLO, post(brought))
}

/// The signature covers the query byte by byte, so it is read raw.
async fn redirected(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let going = receive_logout(visit.desk.cx(), request.uri().query().unwrap_or_default()).await;
    go(&visit, going).await
}

/// A form is believed and kept, and asked again as a look, which brings the cookies.
async fn brought(State(edge): State<Edge>, request: Request) -> Response {
    let source = Source { address: visit::address(&edge, &request), agent: visit::agent(request.headers()) };
    let (head, body) = request.into_parts();
    let cx = match Cx::new(Arc::clone(&edge.house), source, uuid::Uuid::nil().into()) {
        Ok(cx) => cx,
        Err(none) => {
            tracing::error!(error = %none, "a service's message could not be taken");
            return problem::fault(&edge, &head.headers, "");
        }
    };
    // What is too large or no text holds no message.
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    match bring_logout(&cx, std::str::from_utf8(&body).unwrap_or_default()).await {
        Ok(message) => Redirect::to(&format!("{SLO}/{message}")).into_response(),
        Err(LogoutRefused::Fault(fault)) => {
            tracing::error!(reference = %cx.reference(), error = ?fault, "a service's message could not be taken");
            problem::fault(&edge, &head.headers, &cx.reference())
        }
        Err(refused) => {
            tracing::warn!(reference = %cx.reference(), why = %refused, "a service's message was refused");
            problem::not_out(&edge, &head.headers, &cx.reference())
        }
    }
}

async fn taken(Extension(visit): Extension<Visit>, Path(message): Path<String>) -> Response {
    let going = match message.parse() {
        Ok(message) => take_logout(visit.desk.cx(), message).await,
        Err(_) => Err(LogoutRefused::NotAsked),
    };
    go(&visit, going).await
}

async fn go(visit: &Visit, going: Result<Going, LogoutRefused>) -> Response {
    match going {
        Ok(Going::Out(way)) => {
            let page = visit.desk.left_by(Some(way)).await;
            // With nobody to ask, whoever sent her hears at once.
            if way.asks { Redirect::to(&page).into_response() } else { on(visit, way.flow).await }
        }
        Ok(Going::On { flow, straight: true }) => on(visit, flow).await,
        Ok(Going::On { flow, straight: false }) => Redirect::to(&paths::leaving(flow)).into_response(),
        Ok(Going::Refuse(message)) => carry(visit, message),
        Err(refused) => broken(visit, refused).await,
    }
}

/// On to whoever is next, without a page between.
async fn on(visit: &Visit, flow: FlowId) -> Response {
    match go_on(visit.desk.cx(), flow).await {
        Ok(Next::Ask(message) | Next::Answer(message)) => carry(visit, message),
        Ok(Next::Back { address, state, .. }) => {
            let to = crate::oidc::with_state(&address, state.as_deref());
            (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
        }
        Ok(Next::Show(_) | Next::Wait(_)) => Redirect::to(&paths::leaving(flow)).into_response(),
        Ok(Next::Receipt) => Redirect::to(&paths::left(flow)).into_response(),
        Err(NoFlow::Gone) => Redirect::to(paths::LEFT).into_response(),
        Err(NoFlow::Fault(fault)) => failed(visit, &fault).await,
    }
}

fn carry(visit: &Visit, message: FrontMessage) -> Response {
    match message.way {
        Way::Address => (StatusCode::SEE_OTHER, [(LOCATION, message.address)]).into_response(),
        Way::Form(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            carried(visit, &message.address, &fields)
        }
    }
}

/// Nothing ended: it is said here, with a reference, and never to an address nobody verified.
async fn broken(visit: &Visit, refused: LogoutRefused) -> Response {
    if let LogoutRefused::Fault(fault) = &refused {
        return failed(visit, fault).await;
    }
    let reference = &visit.desk.asking().reference;
    tracing::warn!(%reference, why = %refused, "a service's message about logging out was refused");
    break_off(visit, BrokenKind::NotOut, None).await
}

async fn failed(visit: &Visit, fault: &Fault) -> Response {
    let reference = &visit.desk.asking().reference;
    tracing::error!(%reference, error = ?fault, "a way out failed");
    break_off(visit, BrokenKind::Fault, None).await
}
