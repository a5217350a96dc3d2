//! The files of an auditor's export: read as they are sent, kept nowhere.

use crate::edge::Edge;
use crate::visit::Visit;
use app::desk::Stop;
use axum::body::Body;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Router, routing::get};
use futures_util::stream;
use usecases::evidence::{Form, Reading};

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/revision/udtraek/{flow}/csv", get(csv))
        .route("/revision/udtraek/{flow}/json", get(json))
        .route("/revision/udtraek/{flow}/foelgebrev", get(manifest))
}

async fn csv(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    part(&visit, &flow, (Form::Csv, "text/csv; charset=utf-8")).await
}

async fn json(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    part(&visit, &flow, (Form::Json, "application/json")).await
}

async fn manifest(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    match visit.desk.manifest(&flow).await {
        Ok((name, text)) => {
            file("text/plain; charset=utf-8", &format!("{name}.manifest.txt"), Body::from(text))
        }
        Err(stop) => instead(stop),
    }
}

async fn part(visit: &Visit, flow: &str, (form, kind): (Form, &'static str)) -> Response {
    match visit.desk.open_export(flow, form).await {
        Ok((name, reading)) => file(kind, &format!("{name}.{}", form.word()), streamed(reading)),
        Err(stop) => instead(stop),
    }
}

/// Piece by piece, as the browser takes them. Where the house fails midway the file breaks off, which its digest tells.
fn streamed(reading: Reading) -> Body {
    let pieces = stream::unfold(Some(reading), |reading| async move {
        let mut reading = reading?;
        match reading.next_part().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(reading))),
            Ok(None) => None,
            Err(fault) => {
                tracing::error!(error = ?fault, "an export broke off");
                Some((Err(fault), None))
            }
        }
    });
    Body::from_stream(pieces)
}

/// What is not to be had here is told on the page it is made on.
fn instead(stop: Stop) -> Response {
    match stop {
        Stop::Go(path) => Redirect::to(&path).into_response(),
        _ => Redirect::to("/revision").into_response(),
    }
}

/// Saved, never shown inside the site: what is in it came from outside.
fn file(kind: &'static str, name: &str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    response
}
