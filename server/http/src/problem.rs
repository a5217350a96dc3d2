//! Answers when not even a page can be made.

use crate::edge::Edge;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use text::html::escaped;
use text::pages::{account, common, problems as words, sign_in};
use text::{Lang, Say};

/// Where it is said that nothing was blocked.
pub(crate) const NOT_BLOCKED: &str = "/spaer/ikke-spaerret";

/// Whether a form is about a block, or a page: they are there whatever else is not.
pub(crate) fn about_a_block(path: &str) -> bool {
    ["/spaer", "/handling/spaer-", "/var-det-dig/", "/handling/var-det-dig"]
        .iter()
        .any(|start| path.starts_with(start))
}

/// Whether the desk answered that nothing was blocked, for whoever stands around the cookies.
#[derive(Clone, Default)]
pub(crate) struct NothingBlocked(Arc<AtomicBool>);

impl NothingBlocked {
    /// Reads it off the answer.
    pub(crate) fn note(&self, response: &Response) {
        if response.headers().get(LOCATION).is_some_and(|to| to == NOT_BLOCKED) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Where a browser's record cannot be kept, the library answers with an empty page, whatever the desk had said. Whoever was
/// told that nothing was blocked is told so all the same (security decision 9), and everybody else that something failed.
pub(crate) async fn instead_of_nothing(
    State(edge): State<Edge>,
    mut request: Request,
    next: Next,
) -> Response {
    let nothing_blocked = NothingBlocked::default();
    request.extensions_mut().insert(nothing_blocked.clone());
    let asked = request.headers().get(ACCEPT_LANGUAGE).cloned();
    let headers: HeaderMap = asked.into_iter().map(|value| (ACCEPT_LANGUAGE, value)).collect();
    let response = next.run(request).await;
    let empty = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(CONTENT_TYPE);
    if !empty {
        return response;
    }
    if nothing_blocked.0.load(Ordering::Relaxed) {
        return Redirect::to(NOT_BLOCKED).into_response();
    }
    fault(&edge, &headers, "")
}

/// A form from another site.
pub(crate) fn forbidden(edge: &Edge, headers: &HeaderMap) -> Response {
    let lang = language(headers);
    plain(edge, lang, StatusCode::FORBIDDEN, [words::FOREIGN_TITLE, words::FOREIGN_BODY], None)
}

/// A service's message about logging out is not in order; nothing ended.
pub(crate) fn not_out(edge: &Edge, headers: &HeaderMap, reference: &str) -> Response {
    let lang = language(headers);
    let told = [sign_in::NOT_OUT_TITLE, sign_in::NOT_OUT];
    plain(edge, lang, StatusCode::BAD_REQUEST, told, Some(reference))
}

/// Something failed on our side; `reference` is what the person quotes.
pub(crate) fn fault(edge: &Edge, headers: &HeaderMap, reference: &str) -> Response {
    let lang = language(headers);
    let told = [words::FAULT_TITLE, words::FAULT_BODY];
    let reference = Some(reference).filter(|reference| !reference.is_empty());
    plain(edge, lang, StatusCode::INTERNAL_SERVER_ERROR, told, reference)
}

fn language(headers: &HeaderMap) -> Lang {
    Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
}

fn plain(edge: &Edge, lang: Lang, status: StatusCode, told: [Say; 2], reference: Option<&str>) -> Response {
    let [title, body] = told.map(|say| escaped(say.get(lang)));
    let phone = escaped(&edge.house.policy.phone);
    let block = escaped(common::BLOCK.get(lang));
    let quote = reference
        .map(|it| {
            format!("<p>{}</p>", escaped(&account::ACTIVITY_REFERENCE.fill(lang, &[("reference", it)])))
        })
        .unwrap_or_default();
    let mark = mark(&edge.about, lang);
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head><body>{mark}<main><h1>{title}</h1><p>{body}</p>{quote}<p>{phone}</p>\
         <p><a href=\"/spaer\">{block}</a></p><p><a href=\"/\">NSIS-ID</a></p></main></body></html>",
        lang.html_lang()
    );
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// What every page says of a house that is not the real thing; empty where it is.
pub(crate) fn mark(house: &app::desk::House, lang: Lang) -> String {
    house.mark().map(|say| format!("<p><strong>{}</strong></p>", say.get(lang))).unwrap_or_default()
}
