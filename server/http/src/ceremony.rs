//! Where a script asks what the browser is to do with a passkey or security key.
//!
//! Forms like any other, at addresses like any other. A script is answered with the ceremony as JSON; whoever has none, and
//! whoever may not ask, with a 303 to the page that says so.

use crate::edge::Edge;
use crate::visit::Visit;
use app::desk::{Answer, Ask, Desk as _, Destination, KeyAskForm};
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, Json, Router, routing::post};
use serde_json::json;
use usecases::ceremonies::Asking;

/// One address for each thing that may be asked.
pub(crate) fn routes() -> Router<Edge> {
    Ask::ALL.into_iter().fold(Router::new(), |router, what| {
        router.route(what.path(), post(move |visit, headers, form| ask(what, visit, headers, form)))
    })
}

async fn ask(
    what: Ask,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    form: Result<Form<KeyAskForm>, FormRejection>,
) -> Response {
    // A body nobody can read asks for nothing, and is refused as such.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    match visit.desk.ask(what, &form).await {
        Ok(Asking { ceremony, options }) if reads_json(&headers) => {
            Json(json!({ "ceremony": ceremony.to_string(), "options": options })).into_response()
        }
        Ok(_) => sent(&visit, crate::desk::BrowserDesk::without_script(what, &form)).await,
        Err(answer) => sent(&visit, answer).await,
    }
}

fn reads_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kinds| kinds.contains("application/json"))
}

/// Leads the browser where an answer says, which has its words there.
pub(crate) async fn sent(visit: &Visit, Answer { go, flash }: Answer) -> Response {
    let (Destination::Here(to) | Destination::Broker(to)) = go;
    if let Some(flash) = flash {
        visit.desk.keep_flash(&to, flash).await;
    }
    Redirect::to(&to).into_response()
}
