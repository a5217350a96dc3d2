//! What a page asks that waits for a phone, or for the computer: has anything happened? One word, whatever side asks.

use crate::edge::Edge;
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::get};
use domain::ids::FlowId;
use usecases::flows::NoFlow;
use usecases::see_on_phone::watch_phone;

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/fortsaet/{flow}/trin", get(word))
}

async fn word(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    let seen = match flow.parse::<FlowId>() {
        Ok(flow) => watch_phone(visit.desk.cx(), flow).await,
        Err(_) => Err(NoFlow::Gone),
    };
    let (status, word) = match seen {
        Ok(word) => (StatusCode::OK, word),
        Err(NoFlow::Gone) => (StatusCode::GONE, "gone"),
        Err(NoFlow::Fault(_)) => (StatusCode::SERVICE_UNAVAILABLE, ""),
    };
    (status, [(CACHE_CONTROL, "no-store")], word).into_response()
}
