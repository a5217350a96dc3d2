//! While the database may be older than what is kept outside, nobody signs in, reopens or enrols: what is decided on such a
//! database may be decided on what was taken back long ago (security decision 7). Blocking goes on, and so does whatever
//! says the same to everybody.

use crate::edge::Edge;
use crate::protocols::trip_back;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::see_trip::is_block;

/// The page that says so.
const CLOSED: &str = "/venter";

/// What goes on: every door of a block, signing out, the municipality's texts, and what works now. MitID's way back to a block besides.
const OPEN: [&str; 16] = [
    "/spaer",
    "/handling/spaer-",
    "/handling/var-det-dig",
    "/var-det-dig/",
    "/handling/log-af",
    "/log-af",
    "/saml/slo",
    "/oidc/logout",
    "/logget-ud",
    "/hjaelp",
    "/driftsstatus",
    "/tilgaengelighed",
    "/privatliv",
    "/service",
    "/tjenesteudbydere",
    "/vilkaar",
];

/// Lets through what goes on, and sends everybody else to the page that says why.
pub(crate) async fn keep(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if edge.house.outside.is_open() {
        let looks = path == CLOSED && *request.method() == Method::GET;
        return if looks { Redirect::to("/").into_response() } else { next.run(request).await };
    }
    if path == CLOSED {
        let mut response = next.run(request).await;
        if response.status() == StatusCode::OK {
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        }
        return response;
    }
    if OPEN.iter().any(|open| path.starts_with(open)) {
        return next.run(request).await;
    }
    let trip = trip_back(path, request.uri().query());
    // Where nobody can tell, it may be a block: what comes of it is decided again behind this.
    if let Some(trip) = trip
        && is_block(&edge.house, trip).await.unwrap_or(true)
    {
        return next.run(request).await;
    }
    Redirect::to(CLOSED).into_response()
}
