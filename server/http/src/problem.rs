//! Answers when not even a page can be made.

use crate::edge::Edge;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use text::Lang;

/// A form from another site.
pub(crate) fn forbidden(edge: &Edge, headers: &HeaderMap) -> Response {
    let lang = language(headers);
    let (title, body) = match lang {
        Lang::Da => {
            ("Siden kunne ikke bruges", "Formularen kom ikke herfra. Gå til forsiden, og begynd igen.")
        }
        Lang::En => (
            "This page could not be used",
            "The form did not come from here. Go to the front page and start again.",
        ),
    };
    plain(edge, lang, StatusCode::FORBIDDEN, title, body, None)
}

/// Something failed on our side; `reference` is what the person quotes.
pub(crate) fn fault(edge: &Edge, headers: &HeaderMap, reference: &str) -> Response {
    let lang = language(headers);
    let (title, body) = match lang {
        Lang::Da => ("Det virkede ikke", "Fejlen er hos os, og intet er ændret. Prøv igen om lidt."),
        Lang::En => {
            ("That did not work", "The fault is ours and nothing was changed. Try again in a moment.")
        }
    };
    plain(edge, lang, StatusCode::INTERNAL_SERVER_ERROR, title, body, Some(reference))
}

fn language(headers: &HeaderMap) -> Lang {
    Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
}

fn plain(
    edge: &Edge,
    lang: Lang,
    status: StatusCode,
    title: &str,
    body: &str,
    reference: Option<&str>,
) -> Response {
    let phone = escape(&edge.house.policy.phone);
    let quote =
        reference.map(|it| format!("<p>Reference: <strong>{}</strong></p>", escape(it))).unwrap_or_default();
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
