//! Answers when not even a page can be made.

use crate::edge::Edge;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use text::html::escaped;
use text::pages::{account, problems as words, sign_in};
use text::{Lang, Say};

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
    plain(edge, lang, StatusCode::INTERNAL_SERVER_ERROR, told, Some(reference))
}

fn language(headers: &HeaderMap) -> Lang {
    Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
}

fn plain(edge: &Edge, lang: Lang, status: StatusCode, told: [Say; 2], reference: Option<&str>) -> Response {
    let [title, body] = told.map(|say| escaped(say.get(lang)));
    let phone = escaped(&edge.house.policy.phone);
    let quote = reference
        .map(|it| {
            format!("<p>{}</p>", escaped(&account::ACTIVITY_REFERENCE.fill(lang, &[("reference", it)])))
        })
        .unwrap_or_default();
    let mark = mark(&edge.about, lang);
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head><body>{mark}<main><h1>{title}</h1><p>{body}</p>{quote}<p>{phone}</p><p><a href=\"/\">NSIS-ID</a></p></main></body></html>",
        lang.html_lang()
    );
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// What every page says of a house that is not the real thing; empty where it is.
pub(crate) fn mark(house: &app::desk::House, lang: Lang) -> String {
    house.mark().map(|say| format!("<p><strong>{}</strong></p>", say.get(lang))).unwrap_or_default()
}
