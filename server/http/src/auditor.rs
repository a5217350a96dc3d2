//! The files of an auditor's export: read as they are sent. Those of one that was ordered lie sealed until then.

use crate::edge::Edge;
use crate::own_file::only_get;
use crate::visit::Visit;
use app::desk::Stop;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Router, routing::get};
use futures_util::stream;
use usecases::evidence::{Form, Reading};
use usecases::take_export::Taking;

const CSV: &str = "text/csv; charset=utf-8";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/revision/udtraek/{flow}/csv", get(csv).head(only_get))
        .route("/revision/udtraek/{flow}/json", get(json).head(only_get))
        .route("/revision/udtraek/{flow}/foelgebrev", get(manifest).head(only_get))
        .route("/revision/bestilling/{order}/csv", get(ordered_csv).head(only_get))
        .route("/revision/bestilling/{order}/json", get(ordered_json).head(only_get))
        .route("/revision/bestilling/{order}/foelgebrev", get(ordered_manifest).head(only_get))
        .route("/revision/bestilling/{order}/trin", get(word))
}

async fn csv(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    part(&visit, &flow, (Form::Csv, CSV)).await
}

async fn json(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    part(&visit, &flow, (Form::Json, JSON)).await
}

async fn manifest(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    match visit.desk.manifest(&flow).await {
        Ok((name, text)) => file(TEXT, &format!("{name}.manifest.txt"), Body::from(text)),
        Err(stop) => instead(stop),
    }
}

async fn ordered_csv(Extension(visit): Extension<Visit>, Path(order): Path<String>) -> Response {
    ordered_part(&visit, &order, (Form::Csv, CSV)).await
}

async fn ordered_json(Extension(visit): Extension<Visit>, Path(order): Path<String>) -> Response {
    ordered_part(&visit, &order, (Form::Json, JSON)).await
}

async fn ordered_manifest(Extension(visit): Extension<Visit>, Path(order): Path<String>) -> Response {
    match visit.desk.order_manifest(&order).await {
        Ok((name, text)) => file(TEXT, &format!("{name}.manifest.txt"), Body::from(text)),
        Err(stop) => instead(stop),
    }
}

async fn ordered_part(visit: &Visit, order: &str, (form, kind): (Form, &'static str)) -> Response {
    match visit.desk.take_export(order, form).await {
        Ok((name, taking)) => file(kind, &format!("{name}.{}", form.word()), opened(taking)),
        Err(stop) => instead(stop),
    }
}

/// What a page asks that waits for an order: how far is it? One word.
async fn word(Extension(visit): Extension<Visit>, Path(order): Path<String>) -> Response {
    let (status, word) = match visit.desk.order_word(&order).await {
        Ok(word) => (StatusCode::OK, word),
        Err(Stop::Go(path)) => return Redirect::to(&path).into_response(),
        Err(Stop::NotAuditor) => (StatusCode::FORBIDDEN, ""),
        Err(Stop::Gone(_) | Stop::Missing) => (StatusCode::GONE, "gone"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, ""),
    };
    (status, [(CACHE_CONTROL, "no-store")], word).into_response()
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

/// The same of one that lies in pieces.
fn opened(taking: Taking) -> Body {
    let pieces = stream::unfold(Some(taking), |taking| async move {
        let mut taking = taking?;
        match taking.next_part().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(taking))),
            Ok(None) => None,
            Err(why) => {
                tracing::warn!(error = ?why, "an export that was ordered broke off");
                Some((Err(why), None))
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
