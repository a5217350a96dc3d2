//! Whether each door of a block works, one line a door: for `nsis-id probe`, which asks from outside the process and keeps
//! the answers (NSIS 3.2.3.6).

use crate::edge::Edge;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::sync::Mutex;
use usecases::see_doors::see_doors;

/// So long an answer is given again: a password is compared for it, and anybody may ask.
const GOOD_FOR: SignedDuration = SignedDuration::from_secs(5);

type Last = Arc<Mutex<Option<(Timestamp, StatusCode, String)>>>;

/// The route, with the last answer it remembers.
pub(crate) fn route() -> Router<Edge> {
    let last = Last::default();
    Router::new().route("/spaer/helbred", get(move |State(edge): State<Edge>| answer(edge, last)))
}

async fn answer(edge: Edge, last: Last) -> Response {
    // Whoever asks meanwhile waits for the same answer.
    let mut last = last.lock().await;
    let now = edge.house.clock.now();
    // A clock that was set back makes no answer last.
    let fresh = last.as_ref().filter(|(at, ..)| *at <= now && now.duration_since(*at) < GOOD_FOR);
    let (status, text) = match fresh {
        Some((_, status, text)) => (*status, text.clone()),
        None => {
            let (status, text) = ask(&edge).await;
            *last = Some((now, status, text.clone()));
            (status, text)
        }
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

async fn ask(edge: &Edge) -> (StatusCode, String) {
    let doors = see_doors(&edge.house).await;
    let works = doors.iter().all(|(_, lacks)| lacks.is_none());
    let text = doors
        .iter()
        .map(|(door, lacks)| {
            let name = door.word().trim_start_matches("by-");
            lacks.map_or_else(|| format!("{name} ok\n"), |need| format!("{name} fails: {}\n", need.word()))
        })
        .collect();
    (if works { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, text)
}
